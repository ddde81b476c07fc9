import {
  type Inventory,
  isPlain,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type ResourceRule,
  textAt,
  valueAt,
} from '@plumbline/core';
import { type AppliedFiles, appliedBy, keepsNames, namingOf } from '../applied-files.ts';
import { example } from '../examples.ts';
import { HELM_RELEASE, KUSTOMIZATION } from '../kinds.ts';

const apps = (name: string, path: string): string =>
  example('Kustomization', ['interval: 10m', 'prune: true', `path: ${path}`, 'sourceRef:', '  kind: GitRepository', '  name: shop'], name);
const map = '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cart\n  namespace: shop\n';

/**
 * Only what surely goes to one cluster: Kustomizations that are applied together, or of which one applies the other. What
 * other builds may rename is left alone.
 */
export const rule: ResourceRule = {
  id: 'flux/duplicate-ownership',
  title: 'An object is applied by one Kustomization, and a Helm release belongs to one HelmRelease',
  why: 'Two owners overwrite each other at every interval; when one of them is deleted, or no longer holds the object, it prunes what the other needs.',
  remedy: 'Take the folder or the file out of one of them. Releases get names that differ (spec.releaseName).',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  examples: {
    pass: `${apps('cart', './apps/cart')}---\n${apps('web', './apps/web')}${map}`,
    fail: `${apps('cart', './apps')}---\n${apps('all', './apps')}${map}`,
    path: 'apps/case.yaml',
  },
  kinds: [KUSTOMIZATION, HELM_RELEASE],
  scope: 'repository',
  *check(resource, { repository, inventory }): Iterable<Problem | NotEvaluated> {
    if (resource.gvk.kind === 'HelmRelease') yield* sameRelease(resource, inventory);
    else yield* sameObjects(resource, inventory, repository);
  },
};

function* sameObjects(resource: Resource, inventory: Inventory, repository: Repository): Iterable<Problem> {
  for (const other of inventory.byKind(KUSTOMIZATION)) {
    // One finding for two of them, on the second.
    if (other === resource) return;
    if (!isOther(resource, other)) continue;
    const [own, others] = [appliedBy(resource, repository), appliedBy(other, repository)];
    if (own === undefined || others === undefined || !isOneCluster(resource, own, other, others)) continue;
    const shared = sharedObject(resource, own, other, others, repository);
    if (shared === undefined) continue;
    yield {
      path: valueAt(resource.object, ['spec', 'path']) === undefined ? ['spec'] : ['spec', 'path'],
      message: `${shared.gvk.kind} "${shared.name}" is applied by Kustomization "${other.name}" too`,
      related: [
        { resource: other, path: ['metadata', 'name'], message: 'this Kustomization applies it as well' },
        { resource: shared, path: ['metadata', 'name'], message: 'the object' },
      ],
    };
    return;
  }
}

/** In one cluster there is only one of a name. */
function isOther(a: Resource, b: Resource): boolean {
  return a.name !== b.name || (a.namespace !== undefined && b.namespace !== undefined && a.namespace !== b.namespace);
}

function isOneCluster(a: Resource, ofA: AppliedFiles, b: Resource, ofB: AppliedFiles): boolean {
  return a.unit === b.unit || ofA.paths.has(b.document.file.path) || ofB.paths.has(a.document.file.path);
}

/** An object that both apply under the same name. */
function sharedObject(a: Resource, ofA: AppliedFiles, b: Resource, ofB: AppliedFiles, repository: Repository): Resource | undefined {
  const isSameBuild = ofA.target === ofB.target && namingOf(a) === namingOf(b);
  if (!isSameBuild && (ofA.isRenamed || ofB.isRenamed || !keepsNames(a) || !keepsNames(b))) return undefined;
  const [few, many] = ofA.paths.size < ofB.paths.size ? [ofA.paths, ofB.paths] : [ofB.paths, ofA.paths];
  for (const path of few) {
    if (!many.has(path)) continue;
    const found = objectsOf(path, repository).find(
      ({ name, namespace }) => isPlain(name) && (namespace === undefined || isPlain(namespace)),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const written = new WeakMap<Repository, Map<string, readonly Resource[]>>();

/** The objects of a file, as they are written or built. */
function objectsOf(path: string, repository: Repository): readonly Resource[] {
  let byPath = written.get(repository);
  if (byPath === undefined) {
    byPath = new Map();
    written.set(repository, byPath);
  }
  let objects = byPath.get(path);
  if (objects === undefined) {
    const file = repository.filesBelow('').find((each) => each.file.path === path);
    const keys = new Set((file?.documents ?? []).flatMap(({ value }) => keyOf(value) ?? []));
    objects = [...keys]
      .flatMap((key) => repository.byKind(key))
      .filter((each) => (each.locate?.(['kind']).file ?? each.document.file.path) === path);
    byPath.set(path, objects);
  }
  return objects;
}

function keyOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value) || !('kind' in value)) return undefined;
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return group === '' ? kind : `${group}/${kind}`;
}

function* sameRelease(resource: Resource, inventory: Inventory): Iterable<Problem> {
  const own = releaseOf(resource);
  if (own === undefined) return;
  for (const other of inventory.byKind(HELM_RELEASE)) {
    if (other === resource) return;
    if (other.unit !== resource.unit || !isOther(resource, other)) continue;
    const others = releaseOf(other);
    if (others?.name !== own.name || others.namespace !== own.namespace) continue;
    const path = ['spec', 'releaseName'];
    yield {
      path: textAt(resource, path) === undefined ? ['metadata', 'name'] : path,
      message: `the Helm release "${own.name}" in namespace "${own.namespace}" belongs to HelmRelease "${other.name}" too`,
      related: [{ resource: other, path: ['metadata', 'name'], message: 'this HelmRelease has the same release' }],
    };
    return;
  }
}

/** Name and storage of the release as the controller works them out; undefined where they are filled in later, or lie in another cluster. */
function releaseOf(resource: Resource): { readonly name: string; readonly namespace: string } | undefined {
  const { object, namespace, name, unit } = resource;
  if (unit.state !== 'as-applied' || namespace === undefined || !isPlain(namespace) || !isPlain(name)) return undefined;
  if (valueAt(object, ['spec', 'kubeConfig']) !== undefined) return undefined;
  const fields = ['releaseName', 'targetNamespace', 'storageNamespace'].map((field) => {
    const value = valueAt(object, ['spec', field]);
    return typeof value === 'string' ? value : '';
  });
  const [releaseName = '', target = '', storage = ''] = fields;
  if (fields.some((field) => field !== '' && !isPlain(field))) return undefined;
  return {
    name: releaseName !== '' ? releaseName : target !== '' ? `${target}-${name}` : name,
    namespace: storage !== '' ? storage : namespace,
  };
}
