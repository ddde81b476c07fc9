import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { conflict, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing, unsupported, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { compareAmounts } from '../pod/amounts.ts';
import { listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkResourceAmount, isCounted, isHugePagesOfQuota, resourceNameFault } from './resources.ts';

const SPEC = ROOT.in('spec');
const HARD = SPEC.in('hard');
const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const MEASURED = [...COMPUTE, ...['', 'requests.', 'limits.'].map((prefix) => `${prefix}ephemeral-storage`), 'requests.storage'];
/** Scopes of a quota and the resources that each may go with. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  Terminating: ['pods', ...COMPUTE],
  NotTerminating: ['pods', ...COMPUTE],
  BestEffort: ['pods'],
  NotBestEffort: ['pods', ...COMPUTE],
  PriorityClass: ['pods', ...COMPUTE],
  CrossNamespacePodAffinity: ['pods', ...COMPUTE],
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};
const NAMED = ['PriorityClass', 'VolumeAttributesClass'];
const PAIRS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** ValidateResourceQuotaSpec and the warnings. The status is dropped. */
export function checkResourceQuota(quota: JsonObject, judgement: Judgement): void {
  const spec = objectIn(quota, 'spec');
  if (spec === undefined) return;
  const hard = objectIn(spec, 'hard');
  if (hard !== undefined) {
    for (const name in hard) {
      const fault = quotaNameFault(name);
      if (fault !== undefined)
        invalid(judgement, HARD.in(name), name, `resource ${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
      checkResourceAmount(hard, name, HARD, judgement);
    }
    warnOfOrder(hard, judgement);
  }
  const scopes = listIn(spec, 'scopes');
  const names: string[] = [];
  for (let index = 0; index < scopes.length; index++) {
    const scope = scopes[index] ?? '';
    if (typeof scope === 'string') names.push(checkScope(scope, hard, SPEC.in('scopes').in(index), judgement));
  }
  if (names.length > 1) checkPairs(names, SPEC.in('scopes'), judgement);
  const selector = objectIn(spec, 'scopeSelector');
  if (selector !== undefined) checkScopeSelector(selector, hard, judgement);
}

function isOfQuota(name: string): boolean {
  return MEASURED.includes(name) || isCounted(name) || isHugePagesOfQuota(name);
}

function quotaNameFault(name: string): string | undefined {
  const fault = resourceNameFault(name);
  if (fault !== undefined || name.includes('/')) return fault;
  return isOfQuota(name) ? undefined : 'is none that a quota can limit';
}

function checkScope(scope: string, hard: JsonObject | undefined, place: Place, judgement: Judgement): string {
  const fitting = Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined;
  if (fitting === undefined) unsupported(judgement, place, scope, Object.keys(SCOPES), 'the scope');
  else
    for (const name in hard)
      if (isOfQuota(name) && !fitting.includes(name)) {
        conflict(judgement, place, `scope ${scope} does not go with resource ${quote(name)}, only with ${fitting.join(', ')}`, scope);
        break;
      }
  return scope;
}

function checkPairs(scopes: readonly string[], place: Place, judgement: Judgement): void {
  for (const [one, other] of PAIRS)
    if (scopes.includes(one) && scopes.includes(other)) conflict(judgement, place, `scopes ${one} and ${other} exclude each other`, one);
}

function checkScopeSelector(selector: JsonObject, hard: JsonObject | undefined, judgement: Judgement): void {
  const list = SPEC.in('scopeSelector').in('matchExpressions');
  const scopes: string[] = [];
  for (const [expression, index] of objectsIn(selector, 'matchExpressions')) {
    const at = list.in(index);
    const scope = textIn(expression, 'scopeName');
    const operator = textIn(expression, 'operator');
    if (scope !== '') scopes.push(checkScope(scope, hard, at.in('scopeName'), judgement));
    if (operator === '') continue;
    if (!OPERATORS.some((one) => one === operator)) unsupported(judgement, at.in('operator'), operator, OPERATORS, 'the operator');
    else if (operator !== 'Exists' && Object.hasOwn(SCOPES, scope) && !NAMED.includes(scope))
      invalid(judgement, at.in('operator'), operator, `scope ${scope} takes operator Exists only`);
    else checkValues(expression, operator, at, judgement);
  }
  checkPairs(scopes, list, judgement);
}

function checkValues(expression: JsonObject, operator: string, at: Place, judgement: Judgement): void {
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && lacks(expression, 'values')) missing(judgement, at.in('values'), `operator ${operator} has no values`);
  if (!takesValues && listIn(expression, 'values').length > 0)
    forbidden(judgement, at.in('values'), `operator ${operator} takes no values`);
}

function warnOfOrder(hard: JsonObject, judgement: Judgement): void {
  for (const name of ['cpu', 'memory', 'storage', 'ephemeral-storage']) {
    const limit = `limits.${name}`;
    if (!Object.hasOwn(hard, limit)) continue;
    const request = Object.hasOwn(hard, `requests.${name}`) ? `requests.${name}` : name === 'cpu' || name === 'memory' ? name : '';
    if (request === '' || !Object.hasOwn(hard, request) || compareAmounts(hard[request], hard[limit]) !== 1) continue;
    warn(judgement, HARD.in(request), `${request} is more than ${limit}, so that it can never be used up`, 'schema/server-warning');
  }
}
