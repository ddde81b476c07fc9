import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkRange, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, objectIn, objectsIn } from '../values.ts';
import { checkHostProcess, checkHostUsers } from './host-process.ts';
import { checkOverhead } from './overhead.ts';
import { checkPodDns } from './pod-dns.ts';
import { checkOs } from './pod-os.ts';
import { checkPodSecurity } from './pod-security.ts';
import { checkResourceClaims } from './resource-claims.ts';

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'] as const;
const PREEMPTION_POLICIES = ['Never', 'PreemptLowerPriority'] as const;

/** What a pod says of itself as a whole: the rest of ValidatePodSpec. `at`: of the spec. */
export function checkPodLevel(spec: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(spec, 'restartPolicy', RESTART_POLICIES, at, judgement, 'absent');
  checkChoice(spec, 'preemptionPolicy', PREEMPTION_POLICIES, at, judgement);
  checkRange(spec, 'activeDeadlineSeconds', 1, 2147483647, at, judgement);
  checkName(spec, 'hostname', 'label', at, judgement);
  checkName(spec, 'subdomain', 'label', at, judgement);
  checkName(spec, 'serviceAccountName', 'subdomain', at, judgement);
  if (!has(spec, 'serviceAccountName')) checkName(spec, 'serviceAccount', 'subdomain', at, judgement);
  if (has(spec, 'runtimeClassName')) checkNameEvenEmpty(spec, 'runtimeClassName', at, judgement);
  if (has(spec, 'hostnameOverride') && judgement.minor >= 35) checkHostnameOverride(spec, at, judgement);
  if (flagIn(spec, 'shareProcessNamespace') && flagIn(spec, 'hostPID'))
    conflict(judgement, at.in('shareProcessNamespace'), 'shareProcessNamespace and hostPID exclude each other', true);
  if (has(spec, 'imagePullSecrets')) warnOfPullSecrets(spec, at, judgement);
  checkPodDns(spec, at, judgement);
  checkPodSecurity(spec, at, judgement);
  if (has(spec, 'os')) checkOs(spec, at, judgement);
  checkHostProcess(spec, at, judgement);
  if (has(spec, 'hostUsers')) checkHostUsers(spec, at, judgement);
  if (has(spec, 'resourceClaims')) checkResourceClaims(spec, at, judgement);
  const overhead = objectIn(spec, 'overhead');
  if (overhead !== undefined) checkOverhead(overhead, at.in('overhead'), judgement);
}

function checkNameEvenEmpty(spec: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const name = spec[key];
  const fault = typeof name === 'string' ? nameFault(name, 'subdomain') : undefined;
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

/** Two that have one name the schema warns of. */
function warnOfPullSecrets(spec: JsonObject, at: Place, judgement: Judgement): void {
  for (const [secret, index] of objectsIn(spec, 'imagePullSecrets')) {
    if (lacks(secret, 'name'))
      warn(judgement, at.in('imagePullSecrets').in(index).in('name'), 'the secret has no name, and is ignored', 'schema/server-warning', {
        part: 'key',
      });
  }
}

/** validatePodHostName. */
function checkHostnameOverride(spec: JsonObject, at: Place, judgement: Judgement): void {
  const name = spec.hostnameOverride;
  const fault = typeof name === 'string' ? nameFault(name, 'subdomain', 64) : undefined;
  if (fault !== undefined) invalid(judgement, at.in('hostnameOverride'), name, `hostnameOverride ${quote(name)} ${fault}`);
  for (const key of ['setHostnameAsFQDN', 'hostNetwork'])
    if (flagIn(spec, key)) conflict(judgement, at.in('hostnameOverride'), `hostnameOverride may not stand with ${key}: true`);
}
