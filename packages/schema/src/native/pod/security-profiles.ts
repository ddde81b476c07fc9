import type { JsonObject } from '@plumbline/core';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkDescendingPath, checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, textIn } from '../values.ts';

// seccompProfile and appArmorProfile, as the securityContext of a pod and that of a container have them.

const TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const;
/** The longest path, without its end. */
const LONGEST_PATH = 4095;

/** validateSeccompProfileField. `at`: of the profile. */
export function checkSeccompProfile(profile: JsonObject, at: Place, judgement: Judgement): void {
  if (!checkType(profile, at, judgement)) return;
  if (profile.type === 'Localhost') checkDescendingPath(profile, 'localhostProfile', at, judgement);
}

/** ValidateAppArmorProfileField. */
export function checkAppArmorProfile(profile: JsonObject, at: Place, judgement: Judgement): void {
  if (!checkType(profile, at, judgement) || profile.type !== 'Localhost') return;
  const name = textIn(profile, 'localhostProfile');
  if (name !== name.trim())
    invalid(judgement, at.in('localhostProfile'), name, `localhostProfile ${quote(name)} has white space around it`);
  else if (profile.localhostProfile === '')
    missing(judgement, at.in('localhostProfile'), 'localhostProfile is empty, which type Localhost needs');
  else if (byteLength(name) > LONGEST_PATH)
    invalid(judgement, at.in('localhostProfile'), name, `localhostProfile is longer than ${LONGEST_PATH} bytes`);
}

/** The type, and that localhostProfile goes with it. False where there is nothing more to look at. */
function checkType(profile: JsonObject, at: Place, judgement: Judgement): boolean {
  checkThere(profile, 'type', at, judgement, `type is missing: ${TYPES.join(', ')}`);
  checkChoice(profile, 'type', TYPES, at, judgement, 'absent');
  if (profile.type === 'Localhost') {
    if (!has(profile, 'localhostProfile'))
      missing(judgement, at.in('localhostProfile'), 'localhostProfile is missing, which type Localhost needs');
    return has(profile, 'localhostProfile');
  }
  const type = textIn(profile, 'type');
  if (has(profile, 'localhostProfile') && type !== '')
    conflict(judgement, at.in('localhostProfile'), `localhostProfile goes with type Localhost only, not with ${quote(type)}`, type);
  return false;
}
