import { isObject, listAt, member, type Problem, type ResourceRule } from '@plumbline/core';
import { example } from '../examples.ts';
import { ROLLOUT } from '../kinds.ts';

const steps = ['spec', 'strategy', 'canary', 'steps'];
const canary = (pause: string): string =>
  example('Rollout', ['strategy:', '  canary:', '    steps:', '      - setWeight: 20', `      - pause: ${pause}`], 'shop', 'shop');

/** A pause that waits for a person is what many want: by name only. */
export const rule: ResourceRule = {
  id: 'argo/rollout-pause',
  title: 'A pause of a rollout ends by itself',
  why: 'A pause without a duration lasts until somebody promotes the rollout: it is easily forgotten half-way.',
  remedy: 'Write pause.duration (10m).',
  severity: 'info',
  class: 'policy',
  set: 'optional',
  link: 'https://argoproj.github.io/argo-rollouts/features/canary/#pause-duration',
  examples: { pass: canary('{duration: 10m}'), fail: canary('{}') },
  kinds: [ROLLOUT],
  *check(resource): Iterable<Problem> {
    for (const [index, step] of listAt(resource, steps).entries()) {
      const pause = member(step, 'pause');
      if (isObject(pause) && member(pause, 'duration') === undefined)
        yield { path: [...steps, index, 'pause'], part: 'key', message: 'the pause has no duration: somebody has to end it' };
    }
  },
};
