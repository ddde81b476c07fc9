import type { JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { checkName, checkThere } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, numberIn, objectIn, textIn } from '../values.ts';
import { checkAnnotations, type FromAnnotations } from './autoscaler-annotations.ts';
import { checkBehavior } from './autoscaler-behavior.ts';
import { checkMetrics } from './autoscaler-metrics.ts';

const SPEC = ROOT.in('spec');
const RULE = 'ha/hpa-max';

/** validateHorizontalPodAutoscalerSpec, of autoscaling/v2 and of v1, which has metrics and behavior in annotations. */
export function checkAutoscaler(autoscaler: JsonObject, judgement: Judgement): void {
  const spec = objectIn(autoscaler, 'spec');
  if (spec === undefined) return;
  checkReplicas(spec, judgement);
  const target = objectIn(spec, 'scaleTargetRef');
  if (target !== undefined) checkReference(target, SPEC.in('scaleTargetRef'), judgement, mayBeCore(textIn(target, 'kind'), judgement));
  let types: readonly string[];
  if (judgement.gvk.version === 'v1') types = checkOfOld(autoscaler, spec, judgement).types;
  else {
    types = checkMetrics(spec, SPEC, judgement);
    const behavior = objectIn(spec, 'behavior');
    if (behavior !== undefined) checkBehavior(behavior, SPEC.in('behavior'), judgement);
  }
  if (
    numberIn(spec, 'minReplicas') !== 0 ||
    judgement.minor < 37 ||
    types.includes('Object') ||
    types.includes('External') ||
    types.includes('')
  )
    return;
  clash(judgement, SPEC.in('minReplicas'), 0, 'minReplicas 0 needs a metric of type Object or External, which can be seen without pods');
}

/** The only kind of the core group that has a scale. */
function mayBeCore(kind: string, judgement: Judgement): boolean {
  return kind === 'ReplicationController' || isLeftToLater(kind, judgement.verdict);
}

function checkOfOld(autoscaler: JsonObject, spec: JsonObject, judgement: Judgement): FromAnnotations {
  const percent = numberIn(spec, 'targetCPUUtilizationPercentage');
  if (percent !== undefined && percent < 1)
    invalid(judgement, SPEC.in('targetCPUUtilizationPercentage'), percent, `targetCPUUtilizationPercentage ${percent} is less than 1`);
  return checkAnnotations(autoscaler, judgement);
}

function checkReplicas(spec: JsonObject, judgement: Judgement): void {
  const most = numberIn(spec, 'maxReplicas');
  const least = numberIn(spec, 'minReplicas');
  // 0 is what the schema calls missing.
  if (most !== undefined && most < 0) invalid(judgement, SPEC.in('maxReplicas'), most, `maxReplicas ${most} is less than 1`, RULE);
  if (least === undefined) return;
  const lowest = judgement.minor >= 37 ? 0 : 1;
  if (least < lowest) invalid(judgement, SPEC.in('minReplicas'), least, `minReplicas ${least} is less than ${lowest}`);
  if (most !== undefined && most > 0 && most < least)
    clash(judgement, SPEC.in('maxReplicas'), most, `maxReplicas ${most} is less than minReplicas ${least}`, RULE);
}

/** ValidateCrossVersionObjectReference. `mayBeCore`: the kind may be of the core group. */
export function checkReference(reference: JsonObject, at: Place, judgement: Judgement, mayBeCore: boolean): void {
  for (const key of ['kind', 'name']) {
    checkThere(reference, key, at, judgement, `${key} is missing`);
    checkName(reference, key, 'path', at, judgement);
  }
  const version = textIn(reference, 'apiVersion');
  if (version === '') {
    if (!mayBeCore && (!has(reference, 'apiVersion') || reference.apiVersion === ''))
      missing(judgement, at.in('apiVersion'), 'apiVersion is missing, such as apps/v1', 'schema/invalid');
    return;
  }
  const parts = version.split('/');
  const isCore = parts.length === 1 || version === '/' || parts[0] === '';
  if (parts.length > 2) invalid(judgement, at.in('apiVersion'), version, `apiVersion ${quote(version)} is no group and version`);
  else if (isCore && !mayBeCore)
    invalid(judgement, at.in('apiVersion'), version, `apiVersion ${quote(version)} names no group, such as apps/v1`);
}
