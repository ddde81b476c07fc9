import type { Check, Violation } from '../check.ts';
import { isWindows, type Pod } from '../pod.ts';
import { chosenBadly, notChosen } from './seccomp-profile.ts';

const overrides = ['seccompProfile_baseline'];

export const seccompRestricted: Check = {
  id: 'seccompProfile_restricted',
  rule: 'pss/seccomp-restricted',
  level: 'restricted',
  versions: [
    { since: 19, overrides, judge },
    { since: 25, overrides, judge: (pod) => (isWindows(pod) ? undefined : judge(pod)) },
  ],
};

function judge(pod: Pod): Violation | undefined {
  return chosenBadly(pod) ?? notChosen(pod);
}
