import type { JsonObject } from '@plumbline/core';
import { checkChoice, checkIdentity } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn } from '../values.ts';
import { clash } from './clash.ts';
import { checkAppArmorProfile, checkSeccompProfile } from './security-profiles.ts';
import { checkWindowsOptions } from './windows-options.ts';

const CONTRADICTION = 'k8s/privilege-contradiction';

/** securityContext of a container: ValidateSecurityContext. `at`: of the container. */
export function checkContainerSecurity(container: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  const context = objectIn(container, 'securityContext');
  if (context === undefined) return;
  const place = at.in('securityContext');
  checkIdentity(context, 'runAsUser', place, judgement);
  checkIdentity(context, 'runAsGroup', place, judgement);
  // The feature came on in 1.33; until then the server writes Default.
  if (has(context, 'procMount') && judgement.minor >= 33) {
    checkChoice(context, 'procMount', ['Default', 'Unmasked'], place, judgement);
    if (context.procMount === 'Unmasked' && spec.hostUsers !== false && typeof spec.hostUsers !== 'string')
      clash(judgement, place.in('procMount'), 'Unmasked', 'procMount Unmasked needs hostUsers: false in the pod');
  }
  if (context.allowPrivilegeEscalation === false) checkContradiction(context, place, judgement);
  const seccomp = objectIn(context, 'seccompProfile');
  if (seccomp !== undefined) checkSeccompProfile(seccomp, place.in('seccompProfile'), judgement);
  const windows = objectIn(context, 'windowsOptions');
  if (windows !== undefined) checkWindowsOptions(windows, place.in('windowsOptions'), judgement);
  const appArmor = objectIn(context, 'appArmorProfile');
  if (appArmor !== undefined) checkAppArmorProfile(appArmor, place.in('appArmorProfile'), judgement);
}

function checkContradiction(context: JsonObject, at: Place, judgement: Judgement): void {
  const place = at.in('allowPrivilegeEscalation');
  if (context.privileged === true)
    clash(judgement, place, false, 'allowPrivilegeEscalation: false and privileged: true exclude each other', CONTRADICTION);
  else if (listIn(objectIn(context, 'capabilities'), 'add').includes('CAP_SYS_ADMIN'))
    clash(judgement, place, false, 'allowPrivilegeEscalation: false and the capability CAP_SYS_ADMIN exclude each other', CONTRADICTION);
}
