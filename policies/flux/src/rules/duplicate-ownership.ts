import {
  type Inventory,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type ResourceRule,
  textAt,
  valueAt,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE, KUSTOMIZATION } from '../kinds.ts';
import { otherRelease } from '../release.ts';
import { otherOwner } from '../two-owners.ts';

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
  const found = otherOwner(resource, inventory, repository);
  if (found === undefined) return;
  const { other, shared } = found;
  yield {
    path: valueAt(resource.object, ['spec', 'path']) === undefined ? ['spec'] : ['spec', 'path'],
    message: `${shared.gvk.kind} "${shared.name}" is applied by Kustomization "${other.name}" too`,
    related: [
      { resource: other, path: ['metadata', 'name'], message: 'this Kustomization applies it as well' },
      { resource: shared, path: ['metadata', 'name'], message: 'the object' },
    ],
  };
}

function* sameRelease(resource: Resource, inventory: Inventory): Iterable<Problem> {
  const found = otherRelease(resource, inventory);
  if (found === undefined) return;
  const { other, release } = found;
  const path = ['spec', 'releaseName'];
  yield {
    path: textAt(resource, path) === undefined ? ['metadata', 'name'] : path,
    message: `the Helm release "${release.name}" in namespace "${release.namespace}" belongs to HelmRelease "${other.name}" too`,
    related: [{ resource: other, path: ['metadata', 'name'], message: 'this HelmRelease has the same release' }],
  };
}
