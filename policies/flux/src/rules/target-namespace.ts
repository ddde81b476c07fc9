import { type NotEvaluated, type Problem, type Resource, type ResourceRule, textAt, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE, KUSTOMIZATION } from '../kinds.ts';
import { judgeReferences, type Reference } from '../references.ts';

const KINDS = [KUSTOMIZATION, HELM_RELEASE];
// What each cluster has, or Flux brings.
const ALWAYS = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);
const namespaces = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: payments\n---\n';

export const rule: ResourceRule = {
  id: 'flux/target-namespace',
  title: 'The namespace that Flux applies into exists',
  why: 'Neither Kustomizations nor releases make the namespace that they are sent to: everything in them is refused until somebody does.',
  remedy: 'Correct the name, add the Namespace, or set install.createNamespace in the HelmRelease.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  examples: {
    pass: `${namespaces}${example('Kustomization', ['interval: 10m', 'prune: true', 'targetNamespace: payments'])}`,
    fail: `${namespaces}${example('Kustomization', ['interval: 10m', 'prune: true', 'targetNamespace: paymnets'])}`,
  },
  kinds: KINDS,
  scope: 'repository',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    yield* judgeReferences(references, KINDS, resource, context, 'warning');
  },
};

function* references(resource: Resource): Iterable<Reference> {
  // Those of another cluster.
  if (valueAt(resource.object, ['spec', 'kubeConfig']) !== undefined) return;
  for (const field of ['targetNamespace', 'storageNamespace']) {
    if (field === 'targetNamespace' && valueAt(resource.object, ['spec', 'install', 'createNamespace']) === true) continue;
    const name = textAt(resource, ['spec', field]);
    if (name !== undefined && !ALWAYS.has(name) && name !== resource.namespace)
      yield { key: 'Namespace', name, namespace: undefined, path: ['spec', field] };
  }
}
