import { type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';

/** How long it has been so is left to `git blame`. */
export const rule: ResourceRule = {
  id: 'flux/suspended',
  title: 'Flux objects in Git are not suspended',
  why: 'Flux leaves a suspended object alone: what Git says of it is not applied, and it is easily forgotten.',
  remedy: 'Delete "suspend: true" when the work is done.',
  severity: 'info',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: example('Kustomization', ['interval: 10m', 'prune: true']),
    fail: example('Kustomization', ['interval: 10m', 'prune: true', 'suspend: true']),
  },
  kinds: ['kustomize', 'helm', 'source', 'image', 'notification'].map((name) => `${name}.toolkit.fluxcd.io/*`),
  *check({ object, gvk, name }): Iterable<Problem> {
    const path = ['spec', 'suspend'];
    if (valueAt(object, path) !== true) return;
    yield {
      path,
      message: `${gvk.kind} "${name}" is suspended`,
      fix: { title: 'delete "suspend"', safe: false, changes: [{ op: 'remove', path }] },
    };
  },
};
