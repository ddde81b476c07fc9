import { isArray, kindKey, member, type Related, type Resource, type ResourceRule, valueAt } from '@plumbline/core';

export const rule: ResourceRule = {
  id: 'api/crd-storage-served',
  title: 'A custom resource definition serves what it stores and what is used',
  why: 'Objects of a version that is not served cannot be applied any more, and a storage version that nobody can read makes each migration harder.',
  remedy: 'Serve the version until no manifest uses it; mark as storage one version that is served.',
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
  // That exactly one version is marked as storage is decided by the API server, and said with its other checks.
  *check(resource, context) {
    const versions = valueAt(resource.object, ['spec', 'versions']);
    if (!isArray(versions)) return;
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
