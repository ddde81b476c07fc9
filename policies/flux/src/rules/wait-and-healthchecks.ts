import { listAt, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { KUSTOMIZATION } from '../kinds.ts';

const checks = ['healthChecks:', '  - apiVersion: apps/v1', '    kind: Deployment', '    name: cart', '    namespace: shop'];

/** That something depends on a Kustomization which does not wait is no fault by itself: many want the order of apply only. */
export const rule: ResourceRule = {
  id: 'flux/wait-and-healthchecks',
  title: 'Health checks are not ignored',
  why: 'With "wait: true" Flux waits for everything that it applies, and ignores the list of health checks: what else was on it is not waited for.',
  remedy: 'Delete "healthChecks", or set "wait" to false where only those objects should be waited for.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',
  examples: {
    pass: example('Kustomization', ['interval: 10m', 'prune: true', ...checks]),
    fail: example('Kustomization', ['interval: 10m', 'prune: true', 'wait: true', ...checks]),
  },
  kinds: [KUSTOMIZATION],
  *check(resource): Iterable<Problem> {
    if (valueAt(resource.object, ['spec', 'wait']) !== true || listAt(resource, ['spec', 'healthChecks']).length === 0) return;
    yield { path: ['spec', 'healthChecks'], part: 'key', message: '"healthChecks" is ignored, since "wait" is true' };
  },
};
