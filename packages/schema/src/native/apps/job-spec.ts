import type { JsonObject } from '@plumbline/core';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { prefixedPathFault } from '../network/prefixed-path.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { checkPodTemplate } from '../pod-kinds.ts';
import { has, numberIn, objectIn, textIn } from '../values.ts';
import { checkCount } from './amounts.ts';
import { checkFailurePolicy, checkSuccessPolicy } from './job-policies.ts';

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;
const MOST = 100_000;
const MOST_OF_MANY = 10_000;
const ENDING = { restartPolicies: ['Never', 'OnFailure'] } as const;

/** validateJobSpec. `isJob`: of a Job, for which the server fills in defaults; a template of a CronJob is taken as it is written. */
export function checkJobSpec(spec: JsonObject, at: Place, judgement: Judgement, isJob: boolean): void {
  for (const key of COUNTS) checkCount(spec, key, at, judgement);
  checkManager(spec, at, judgement);
  checkChoice(spec, 'completionMode', ['Indexed', 'NonIndexed'], at, judgement);
  const completions = numberIn(spec, 'completions') ?? (isJob && !has(spec, 'completions') && !has(spec, 'parallelism') ? 1 : undefined);
  const mode = has(spec, 'completionMode') ? textIn(spec, 'completionMode') : 'NonIndexed';
  if (mode === 'Indexed') checkIndexed(spec, completions, at, judgement);
  else if (mode === 'NonIndexed') checkUnindexed(spec, at, judgement);
  const policy = objectIn(spec, 'podFailurePolicy');
  if (policy !== undefined) checkFailurePolicy(policy, spec, at, judgement);
  const success = objectIn(spec, 'successPolicy');
  if (success !== undefined && mode === 'Indexed') checkSuccessPolicy(success, completions, at.in('successPolicy'), judgement);
  const replacements = has(spec, 'podFailurePolicy') ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  checkChoice(spec, 'podReplacementPolicy', replacements, at, judgement);
  const template = objectIn(spec, 'template');
  checkPodTemplate(template, at.in('template'), judgement, ENDING);
  const pod = objectIn(template, 'spec');
  if (has(spec, 'podFailurePolicy') && pod !== undefined && textIn(pod, 'restartPolicy') === 'OnFailure')
    clash(
      judgement,
      at.in('template').in('spec').in('restartPolicy'),
      'OnFailure',
      'podFailurePolicy needs restartPolicy Never',
      'ha/restart-policy',
    );
}

function checkManager(spec: JsonObject, at: Place, judgement: Judgement): void {
  const { managedBy } = spec;
  if (typeof managedBy !== 'string' || judgement.minor < 32) return;
  const fault = prefixedPathFault(managedBy) ?? (byteLength(managedBy) > 63 ? 'is longer than 63 bytes' : undefined);
  if (fault !== undefined) invalid(judgement, at.in('managedBy'), managedBy, `managedBy ${quote(managedBy)} ${fault}`);
}

function checkUnindexed(spec: JsonObject, at: Place, judgement: Judgement): void {
  for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'])
    if (has(spec, key)) clash(judgement, at.in(key), spec[key], `${key} needs completionMode Indexed`);
}

function checkIndexed(spec: JsonObject, completions: number | undefined, at: Place, judgement: Judgement): void {
  if (!has(spec, 'completions') && completions === undefined)
    missing(judgement, at.in('completions'), 'completions are missing, which completionMode Indexed needs');
  const parallelism = numberIn(spec, 'parallelism') ?? 0;
  const failed = numberIn(spec, 'maxFailedIndexes');
  const isMany = completions !== undefined && completions > MOST && has(spec, 'backoffLimitPerIndex');
  const most = isMany ? MOST_OF_MANY : MOST;
  const why = isMany ? `with more than ${MOST} completions and backoffLimitPerIndex` : 'with completionMode Indexed';
  if (parallelism > most) clash(judgement, at.in('parallelism'), parallelism, `parallelism ${parallelism} is more than ${most} ${why}`);
  if (completions !== undefined && completions > MOST && parallelism > MOST_OF_MANY && !isMany)
    warn(
      judgement,
      at,
      `more than ${MOST} completions and ${MOST_OF_MANY} pods at a time are more than the server keeps track of`,
      'schema/server-warning',
    );
  if (failed === undefined) {
    if (isMany && !has(spec, 'maxFailedIndexes')) missing(judgement, at.in('maxFailedIndexes'), `maxFailedIndexes is missing ${why}`);
    return;
  }
  const place = at.in('maxFailedIndexes');
  if (!has(spec, 'backoffLimitPerIndex'))
    missing(judgement, at.in('backoffLimitPerIndex'), 'backoffLimitPerIndex is missing, which maxFailedIndexes needs');
  if (completions !== undefined && failed > completions)
    clash(judgement, place, failed, `maxFailedIndexes ${failed} is more than completions, ${completions}`);
  else if (failed > most) clash(judgement, place, failed, `maxFailedIndexes ${failed} is more than ${most} ${why}`);
}
