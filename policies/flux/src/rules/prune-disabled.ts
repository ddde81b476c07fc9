import { type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { KUSTOMIZATION } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'flux/prune-disabled',
  title: 'A Kustomization deletes what Git no longer holds',
  why: 'Without it, what was taken out of Git keeps running, and nobody sees it there.',
  remedy: 'Set spec.prune to true. Objects that must stay get the annotation kustomize.toolkit.fluxcd.io/prune: disabled.',
  severity: 'info',
  class: 'quality',
  set: 'strict',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  examples: {
    pass: example('Kustomization', ['interval: 10m', 'prune: true']),
    fail: example('Kustomization', ['interval: 10m', 'prune: false']),
  },
  kinds: [KUSTOMIZATION],
  *check({ object }): Iterable<Problem> {
    const path = ['spec', 'prune'];
    if (valueAt(object, path) !== false) return;
    yield {
      path,
      message: 'what leaves Git is not deleted from the cluster',
      // Objects may have left Git before: they would be deleted now.
      fix: { title: 'set prune to true', safe: false, changes: [{ op: 'replace', path, after: true }] },
    };
  },
};
