import { has, textIn } from '../../native/values.ts';
import { type Check, plural, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';
import { chosenBadly } from './seccomp-profile.ts';

export const seccompBaseline: Check = {
  id: 'seccompProfile_baseline',
  rule: 'pss/seccomp-baseline',
  level: 'baseline',
  versions: [
    { since: 0, judge: judgeAnnotations },
    { since: 19, judge: chosenBadly },
  ],
};

/** Profiles were annotations before 1.19. */
function judgeAnnotations({ annotations, annotationsPath, containers }: Pod): Violation | undefined {
  const keys = [
    'seccomp.security.alpha.kubernetes.io/pod',
    ...containers.map(({ container }) => `container.seccomp.security.alpha.kubernetes.io/${textIn(container, 'name')}`),
  ];
  const bad = sorted(keys.filter((key) => has(annotations, key) && !isAllowed(textIn(annotations, key))));
  if (bad.length === 0) return undefined;
  const shown = bad.map((key) => `${key}=${JSON.stringify(textIn(annotations, key))}`);
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural('annotation', 'annotations', bad.length)} ${shown.join(', ')}`,
    spots: bad.map((key) => ({ path: [...annotationsPath, key] })),
  };
}

function isAllowed(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}
