import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkName, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { resourceNameFault } from '../pod/resource-names.ts';
import { signOfQuantity } from '../quantities.ts';
import { has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkReference } from './autoscaler.ts';

/** The types of metrics and the member that each has, in the order in which the server looks at them. */
const SOURCES = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
} as const;
const TYPES = Object.keys(SOURCES).sort();
const TARGETS = ['Utilization', 'Value', 'AverageValue'] as const;

/** validateMetrics, but for what minReplicas asks of them. Gives the types, `''` for one that cannot be said. */
export function checkMetrics(spec: JsonObject, at: Place, judgement: Judgement): readonly string[] {
  const types: string[] = [];
  for (const [metric, index] of objectsIn(spec, 'metrics')) types.push(checkMetric(metric, at.in('metrics').in(index), judgement));
  return types;
}

function checkMetric(metric: JsonObject, at: Place, judgement: Judgement): string {
  const type = textIn(metric, 'type');
  const expected = Object.entries(SOURCES).find(([name]) => name === type)?.[1];
  if (type !== '' && expected === undefined) unsupported(judgement, at.in('type'), type, TYPES, 'the type of metric');
  else if (lacks(metric, 'type')) missing(judgement, at.in('type'), `type is missing: write ${TYPES.join(', ')}`);
  let isFirst = true;
  for (const source of Object.values(SOURCES)) {
    if (!has(metric, source)) continue;
    const value = objectIn(metric, source);
    if (isFirst && value !== undefined) checkSource(source, value, at.in(source), judgement);
    isFirst = false;
    if (expected !== undefined && source !== expected) clash(judgement, at.in(source), '', `a metric of type ${type} has no ${source}`);
  }
  if (expected !== undefined && !has(metric, expected))
    missing(judgement, at.in(expected), `${expected} is missing, which a metric of type ${type} needs`);
  return expected === undefined ? '' : type;
}

function checkSource(source: string, value: JsonObject, at: Place, judgement: Judgement): void {
  const isOfResource = source === 'resource' || source === 'containerResource';
  if (source === 'object') {
    const described = objectIn(value, 'describedObject');
    if (described !== undefined) checkReference(described, at.in('describedObject'), judgement, true);
  }
  if (isOfResource) checkResource(source, value, at, judgement);
  else {
    const metric = objectIn(value, 'metric');
    if (metric !== undefined) {
      checkThere(metric, 'name', at.in('metric'), judgement, 'name of the metric is missing');
      checkName(metric, 'name', 'path', at.in('metric'), judgement);
    }
  }
  const target = objectIn(value, 'target');
  if (target !== undefined) checkTarget(source, target, at.in('target'), judgement);
}

function checkResource(source: string, value: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(value, 'name', at, judgement, 'name of the resource is missing');
  if (source === 'resource') return;
  const name = textIn(value, 'name');
  const fault = name === '' ? undefined : resourceNameFault(name);
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `resource ${quote(name)} ${fault}`);
  checkThere(value, 'container', at, judgement, 'container is missing');
  checkName(value, 'container', 'label', at, judgement);
}

function checkTarget(source: string, target: JsonObject, at: Place, judgement: Judgement): void {
  const type = textIn(target, 'type');
  if (type !== '' && !TARGETS.some((one) => one === type)) unsupported(judgement, at.in('type'), type, TARGETS, 'the type of target');
  if (type === '' && lacks(target, 'type')) missing(judgement, at.in('type'), `type is missing: write ${TARGETS.join(', ')}`);
  for (const key of ['value', 'averageValue']) {
    const sign = has(target, key) ? signOfQuantity(target[key]) : undefined;
    if (sign === 0 || sign === -1) invalid(judgement, at.in(key), target[key], `${key} ${quote(target[key])} is not more than 0`);
  }
  const percent = numberIn(target, 'averageUtilization');
  if (percent !== undefined && percent < 1)
    invalid(judgement, at.in('averageUtilization'), percent, `averageUtilization ${percent} is less than 1`);
  checkPair(source, target, at, judgement);
}

/** What of a target must be there, and what excludes each other. */
function checkPair(source: string, target: JsonObject, at: Place, judgement: Judgement): void {
  const hasAverage = has(target, 'averageValue');
  if (source === 'pods') {
    if (!hasAverage) missing(judgement, at.in('averageValue'), 'averageValue is missing');
    return;
  }
  const other = source === 'object' || source === 'external' ? 'value' : 'averageUtilization';
  if (!hasAverage && !has(target, other)) missing(judgement, at.in(other), `a target needs ${other} or averageValue`);
  if (source !== 'object' && hasAverage && has(target, other))
    clash(judgement, at.in(other), target[other], `${other} and averageValue exclude each other`);
}
