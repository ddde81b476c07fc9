import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkLabelKey, checkName, conflict } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkAffinity } from './affinity.ts';
import type { PodAround } from './around.ts';
import { checkNodeLabels } from './node-selector.ts';
import { checkTolerations } from './tolerations.ts';
import { checkTopologySpread } from './topology-spread.ts';

/** Where a pod may run: what ValidatePodSpec says of it. `at`: of the spec. */
export function checkScheduling(spec: JsonObject, at: Place, judgement: Judgement, around: PodAround): void {
  const podLabels = objectIn(around.metadata, 'labels');
  const nodeSelector = objectIn(spec, 'nodeSelector');
  if (nodeSelector !== undefined) checkNodeLabels(nodeSelector, at.in('nodeSelector'), judgement);
  const affinity = objectIn(spec, 'affinity');
  if (affinity !== undefined) checkAffinity(affinity, at.in('affinity'), judgement, podLabels);
  if (has(spec, 'tolerations')) checkTolerations(spec, at, judgement);
  if (has(spec, 'topologySpreadConstraints')) checkTopologySpread(spec, at, judgement, podLabels);
  if (has(spec, 'schedulingGates')) checkGates(spec, at, judgement);
  if (has(spec, 'readinessGates')) checkReadinessGates(spec, at, judgement);
  checkName(spec, 'nodeName', 'subdomain', at, judgement);
  checkName(spec, 'priorityClassName', 'subdomain', at, judgement);
  if (around.metadata !== undefined) checkAssignment(spec, at, judgement);
}

/** What admission plugins, on by default, and ValidatePodCreate say of a Pod alone. */
function checkAssignment(spec: JsonObject, at: Place, judgement: Judgement): void {
  const nodeName = textIn(spec, 'nodeName');
  if (nodeName !== '' && listIn(spec, 'schedulingGates').length > 0)
    conflict(judgement, at.in('nodeName'), 'nodeName may not be set before all schedulingGates are gone', nodeName);
  if (has(spec, 'overhead') && !has(spec, 'runtimeClassName'))
    conflict(judgement, at.in('overhead'), 'overhead comes from a RuntimeClass: a Pod without runtimeClassName may not set it');
  const name = textIn(spec, 'priorityClassName');
  const known = name === '' ? 0 : SYSTEM_PRIORITIES.get(name);
  const priority = numberIn(spec, 'priority');
  if (known === undefined) return;
  const by = name === '' ? 'without a priorityClassName' : `of class ${name}`;
  if (priority !== undefined && priority !== known)
    conflict(
      judgement,
      at.in('priority'),
      `priority ${priority} is not what the server computes (${known} ${by}): drop it, name a class`,
      priority,
    );
  if (spec.preemptionPolicy === 'Never')
    conflict(
      judgement,
      at.in('preemptionPolicy'),
      `preemptionPolicy Never is not what the server computes (PreemptLowerPriority ${by})`,
      'Never',
    );
}

const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

function checkGates(spec: JsonObject, at: Place, judgement: Judgement): void {
  for (const [gate, index] of objectsIn(spec, 'schedulingGates')) {
    const name = textIn(gate, 'name');
    const fault = name === '' ? undefined : keyFault(name);
    if (fault !== undefined)
      invalid(judgement, at.in('schedulingGates').in(index).in('name'), name, `scheduling gate ${quote(name)} ${fault}`);
  }
}

function checkReadinessGates(spec: JsonObject, at: Place, judgement: Judgement): void {
  for (const [gate, index] of objectsIn(spec, 'readinessGates')) {
    const type = textIn(gate, 'conditionType');
    if (type !== '' && keyFault(type) !== undefined)
      checkLabelKey(type, at.in('readinessGates').in(index).in('conditionType'), judgement, 'condition type');
  }
}
