import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkIdentity, conflict } from '../forms.ts';
import { duplicate, invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkAppArmorProfile, checkSeccompProfile } from './security-profiles.ts';
import { checkWindowsOptions } from './windows-options.ts';

const CHANGE_POLICIES = ['Always', 'OnRootMismatch'] as const;
const GROUPS_POLICIES = ['Merge', 'Strict'] as const;
const LABEL_POLICIES = ['MountOption', 'Recursive'] as const;
const LABEL_POLICIES_OF_OLD = ['Recursive'] as const;

/** securityContext of a pod: validatePodSpecSecurityContext. `at`: of the spec. */
export function checkPodSecurity(spec: JsonObject, at: Place, judgement: Judgement): void {
  const context = objectIn(spec, 'securityContext');
  if (context === undefined) return;
  const place = at.in('securityContext');
  checkIdentity(context, 'fsGroup', place, judgement);
  checkIdentity(context, 'runAsUser', place, judgement);
  checkIdentity(context, 'runAsGroup', place, judgement);
  const groups = listIn(context, 'supplementalGroups');
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index];
    if ((typeof group === 'number' || typeof group === 'bigint') && (group < 0 || group > 2147483647))
      invalid(judgement, place.in('supplementalGroups').in(index), group, `group ${group} is not between 0 and 2147483647`);
  }
  if (has(context, 'sysctls')) checkSysctls(context, spec, place, judgement);
  checkChoice(context, 'fsGroupChangePolicy', CHANGE_POLICIES, place, judgement);
  if (judgement.minor >= 33) {
    checkChoice(context, 'supplementalGroupsPolicy', GROUPS_POLICIES, place, judgement);
    checkChoice(context, 'seLinuxChangePolicy', judgement.minor >= 37 ? LABEL_POLICIES : LABEL_POLICIES_OF_OLD, place, judgement);
  }
  const seccomp = objectIn(context, 'seccompProfile');
  if (seccomp !== undefined) checkSeccompProfile(seccomp, place.in('seccompProfile'), judgement);
  const windows = objectIn(context, 'windowsOptions');
  if (windows !== undefined) checkWindowsOptions(windows, place.in('windowsOptions'), judgement);
  const appArmor = objectIn(context, 'appArmorProfile');
  if (appArmor !== undefined) checkAppArmorProfile(appArmor, place.in('appArmorProfile'), judgement);
}

const SEGMENTS = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:[./][a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;

/** validateSysctls. `at`: of the context. */
function checkSysctls(context: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  const seen: string[] = [];
  for (const [sysctl, index] of objectsIn(context, 'sysctls')) {
    const name = textIn(sysctl, 'name');
    if (name === '') continue;
    const place = at.in('sysctls').in(index).in('name');
    if (name.length > 253 || !SEGMENTS.test(name)) invalid(judgement, place, name, `${quote(name)} is no name of a sysctl`);
    else if (seen.includes(name)) duplicate(judgement, place, name, `sysctl ${quote(name)} is there twice`, 'schema/invalid');
    seen.push(name);
    const namespace = namespaceOf(name);
    if (namespace === undefined || flagIn(spec, namespace) !== true) continue;
    conflict(judgement, place, `sysctl ${quote(name)} would be one of the host: it may not stand with ${namespace}`, name);
  }
}

const OF_IPC = ['sem', 'shmall', 'shmmax', 'shmmni', 'shm_rmid_forced', 'shm', 'msgmax', 'msgmnb', 'msgmni', 'msg'].map(
  (one) => `kernel.${one}`,
);

/** The flag of the pod that shares with the host the namespace to which a sysctl belongs. */
function namespaceOf(written: string): 'hostNetwork' | 'hostIPC' | undefined {
  // A name with "/" before any "." has the two exchanged.
  const name = /^[^./]*\//.test(written) ? written.replace(/[./]/g, (one) => (one === '.' ? '/' : '.')) : written;
  const star = name.indexOf('*');
  const prefix = star < 0 ? name : name.slice(0, star);
  if (OF_IPC.includes(prefix) || prefix.startsWith('fs.mqueue.')) return 'hostIPC';
  return prefix.startsWith('net.') ? 'hostNetwork' : undefined;
}
