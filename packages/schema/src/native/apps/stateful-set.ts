import type { FieldPath, JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { createVerdict, quote } from '../../verdict.ts';
import { checkChoice, checkName, conflict } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { checkPodTemplate } from '../pod-kinds.ts';
import { checkClaimSpec } from '../storage/claim-spec.ts';
import { has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkCount, checkCountOrPercent, isZero } from './amounts.ts';
import { RUNNING } from './deployment.ts';
import { checkWorkloadSelector } from './workload-selector.ts';

const SPEC = ROOT.in('spec');
const KEPT = ['Delete', 'Retain'] as const;

/** ValidateStatefulSetSpec and the warnings. */
export function checkStatefulSet(statefulSet: JsonObject, judgement: Judgement): void {
  const spec = objectIn(statefulSet, 'spec');
  if (spec === undefined) return;
  checkCount(spec, 'replicas', SPEC, judgement);
  checkCount(spec, 'minReadySeconds', SPEC, judgement);
  checkChoice(spec, 'podManagementPolicy', ['OrderedReady', 'Parallel'], SPEC, judgement, 'absent');
  if (judgement.minor >= 33) checkName(spec, 'serviceName', 'label', SPEC, judgement);
  const ordinals = objectIn(spec, 'ordinals');
  if (ordinals !== undefined) checkCount(ordinals, 'start', SPEC.in('ordinals'), judgement);
  const history = numberIn(spec, 'revisionHistoryLimit');
  if (history !== undefined && history < 0)
    warn(
      judgement,
      SPEC.in('revisionHistoryLimit'),
      'revisionHistoryLimit is less than 0: every revision is kept',
      'schema/server-warning',
    );
  const strategy = objectIn(spec, 'updateStrategy');
  if (strategy !== undefined) checkStrategy(strategy, SPEC.in('updateStrategy'), judgement);
  const kept = objectIn(spec, 'persistentVolumeClaimRetentionPolicy');
  if (kept !== undefined)
    for (const key of ['whenDeleted', 'whenScaled'])
      checkChoice(kept, key, KEPT, SPEC.in('persistentVolumeClaimRetentionPolicy'), judgement, 'absent');
  checkWorkloadSelector(spec, SPEC, judgement);
  checkTemplate(spec, judgement);
}

/**
 * Servers before 1.34 look at neither the claims nor the pods of the template, but for what each controller asks of them; they
 * warn of them all the same.
 */
function checkTemplate(spec: JsonObject, judgement: Judgement): void {
  const template = objectIn(spec, 'template');
  const at = SPEC.in('template');
  if (judgement.minor >= 34) {
    const claims = checkClaimTemplates(spec, judgement);
    checkPodTemplate(template, at, judgement, { ...RUNNING, setsHostname: true, ...(claims === undefined ? {} : { claims }) });
    return;
  }
  const verdict = createVerdict(judgement.verdict.isFilledIn);
  checkPodTemplate(template, at, { ...judgement, verdict }, { ...RUNNING, setsHostname: true });
  for (const problem of verdict.problems)
    if (problem.class === 'server-warning' || isOfController(problem.path)) judgement.verdict.problems.push(problem);
}

function isOfController(path: FieldPath | undefined): boolean {
  const field = path?.length === 4 ? path[3] : undefined;
  return field === 'restartPolicy' || field === 'activeDeadlineSeconds';
}

function checkStrategy(strategy: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(strategy, 'type', ['OnDelete', 'RollingUpdate'], at, judgement, 'absent');
  const type = textIn(strategy, 'type') || 'RollingUpdate';
  const place = at.in('rollingUpdate');
  if (type === 'OnDelete' && has(strategy, 'rollingUpdate')) conflict(judgement, place, 'updateStrategy OnDelete has no rollingUpdate');
  const rolling = objectIn(strategy, 'rollingUpdate');
  if (type !== 'RollingUpdate' || rolling === undefined) return;
  checkCount(rolling, 'partition', place, judgement);
  // Servers before drop the field while its feature is off.
  if (judgement.minor < 37 || !has(rolling, 'maxUnavailable')) return;
  if (isZero(rolling, 'maxUnavailable'))
    invalid(judgement, place.in('maxUnavailable'), 0, 'maxUnavailable is 0, so that no pod can be replaced', 'ha/strategy');
  else checkCountOrPercent(rolling, 'maxUnavailable', place, judgement, 100);
}

/** Gives the names of the claims, which stand in for volumes of the template. */
function checkClaimTemplates(spec: JsonObject, judgement: Judgement): readonly string[] | undefined {
  let names: string[] | undefined;
  for (const [claim, index] of objectsIn(spec, 'volumeClaimTemplates')) {
    names ??= [];
    const at = SPEC.in('volumeClaimTemplates').in(index);
    names.push(checkClaimName(claim, at.in('metadata').in('name'), judgement));
    const claimSpec = has(claim, 'spec') ? objectIn(claim, 'spec') : {};
    if (claimSpec !== undefined) checkClaimSpec(claimSpec, at.in('spec'), judgement);
  }
  return names;
}

/** Each claim becomes a volume of its name. */
function checkClaimName(claim: JsonObject, place: Place, judgement: Judgement): string {
  const metadata = objectIn(claim, 'metadata');
  const name = textIn(metadata, 'name');
  const fault = name === '' ? undefined : nameFault(name, 'label');
  if (fault !== undefined) invalid(judgement, place, name, `name ${quote(name)} of a claim ${fault}, as the name of a volume`);
  else if (name === '' && (metadata === undefined ? !has(claim, 'metadata') : !has(metadata, 'name') || metadata.name === ''))
    missing(judgement, place, 'name of the claim is missing');
  return name;
}
