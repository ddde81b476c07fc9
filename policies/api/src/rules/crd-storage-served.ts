import {
  isArray,
  type JsonArray,
  kindKey,
  member,
  type Problem,
  type Related,
  type Resource,
  type ResourceRule,
  valueAt,
} from '@plumbline/core';

export const rule: ResourceRule = {
  id: 'api/crd-storage-served',
  title: 'A custom resource definition stores one version, and serves what is used',
  why: 'The API server refuses a definition without exactly one storage version. Objects of a version that is not served cannot be applied any more.',
  remedy: 'Mark one version with storage: true, one that is served. Serve a version until no manifest uses it.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: crd('true'),
    fail: crd('false'),
  },
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/',
  kinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
  scope: 'unit',
  *check(resource, context) {
    const versions = valueAt(resource.object, ['spec', 'versions']);
    if (!isArray(versions) || versions.length === 0) return;
    yield* storageVersions(versions);
    const key = kindOf(resource);
    for (const [index, version] of versions.entries()) {
      const name = member(version, 'name');
      if (member(version, 'served') !== false || typeof name !== 'string') continue;
      const path = ['spec', 'versions', index, 'served'];
      const user = context.inventory.byKind(key).find(({ gvk }) => gvk.version === name);
      if (user !== undefined) {
        const related: Related[] = [{ resource: user, path: ['apiVersion'], message: `used by ${user.gvk.kind} "${user.name}"` }];
        yield { path, message: `version "${name}" is not served, but manifests use it`, related };
      } else if (member(version, 'storage') === true) {
        yield { path, severity: 'warning', message: `the storage version "${name}" is not served` };
      }
    }
  },
};

/** The server keeps objects in one version: it refuses a definition that marks none, or several (validation.go of apiextensions-apiserver). */
function* storageVersions(versions: JsonArray): Iterable<Problem> {
  const marked = versions.flatMap((version, index) => (member(version, 'storage') === true ? [index] : []));
  if (marked.length === 0) {
    yield { path: ['spec', 'versions'], part: 'key', class: 'refusal', message: 'no version is marked as the storage version' };
  }
  for (const index of marked.slice(1)) {
    yield { path: ['spec', 'versions', index, 'storage'], class: 'refusal', message: 'a second version is marked as the storage version' };
  }
}

function kindOf(resource: Resource): string {
  const group = valueAt(resource.object, ['spec', 'group']);
  const kind = valueAt(resource.object, ['spec', 'names', 'kind']);
  return kindKey({ group: String(group ?? ''), version: '', kind: String(kind ?? '') });
}

function crd(served: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: ${served}
      storage: true
      schema:
        openAPIV3Schema: {type: object}
`;
}
