import { isWritten, listAt, mayGainFields, type Problem, type Resource, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE, KUSTOMIZATION } from '../kinds.ts';

/** A matter of policy: it only makes sense where several teams share a cluster. */
export const rule: ResourceRule = {
  id: 'flux/service-account',
  title: 'What a tenant applies, Flux applies with the rights of the tenant',
  why: 'Without an account Flux applies with its own rights, those of a cluster admin: a tenant may then give itself anything.',
  remedy: 'Set spec.serviceAccountName to an account that may change the namespace of the tenant only.',
  severity: 'warning',
  class: 'policy',
  set: 'optional',
  link: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  examples: {
    pass: example('Kustomization', ['interval: 10m', 'prune: true', 'serviceAccountName: shop']),
    fail: example('Kustomization', ['interval: 10m', 'prune: true']),
  },
  kinds: [KUSTOMIZATION, HELM_RELEASE],
  scope: 'unit',
  *check(resource, { inventory }): Iterable<Problem> {
    if (resource.namespace === 'flux-system' || isWritten(resource, ['spec', 'kubeConfig'])) return;
    if (isWritten(resource, ['spec', 'serviceAccountName']) || mayGainFields(resource)) return;
    if (inventory.byKind('apps/Deployment').some(hasDefaultAccount)) return;
    yield { path: ['spec'], part: 'key', message: `${resource.gvk.kind} "${resource.name}" names no service account` };
  },
};

function hasDefaultAccount(resource: Resource): boolean {
  if (!resource.name.endsWith('-controller')) return false;
  return listAt(resource, ['spec', 'template', 'spec', 'containers']).some((container) => {
    const args = valueAt(container, ['args']);
    return Array.isArray(args) && args.some((arg) => typeof arg === 'string' && arg.startsWith('--default-service-account='));
  });
}
