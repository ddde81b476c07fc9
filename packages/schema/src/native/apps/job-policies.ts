import type { JsonObject, JsonValue } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import { checkQualified } from '../network/ports.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, listIn, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkCount } from './amounts.ts';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'] as const;
const STATUSES = ['False', 'True', 'Unknown'] as const;
const MOST_RULES = 20;

function isTooLong(object: JsonObject, key: string, most: number, at: Place, judgement: Judgement): void {
  const items = listIn(object, key);
  if (items.length > most) invalid(judgement, at.in(key), items.slice(), `${key} has ${items.length} items, at most ${most} are allowed`);
}

/** validatePodFailurePolicy. `at`: of the spec of the Job. */
export function checkFailurePolicy(policy: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  const place = at.in('podFailurePolicy');
  isTooLong(policy, 'rules', MOST_RULES, place, judgement);
  for (const [rule, index] of objectsIn(policy, 'rules')) checkRule(rule, spec, place.in('rules').in(index), judgement);
}

function checkRule(rule: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(rule, 'action', ACTIONS, at, judgement, 'absent');
  if (rule.action === 'FailIndex' && !has(spec, 'backoffLimitPerIndex'))
    clash(judgement, at.in('action'), rule.action, 'action FailIndex needs backoffLimitPerIndex');
  const codes = objectIn(rule, 'onExitCodes');
  if (codes !== undefined) checkExitCodes(codes, spec, at.in('onExitCodes'), judgement);
  isTooLong(rule, 'onPodConditions', MOST_RULES, at, judgement);
  for (const [pattern, index] of objectsIn(rule, 'onPodConditions')) {
    const place = at.in('onPodConditions').in(index);
    if (!lacks(pattern, 'type')) checkQualified(pattern, 'type', place, judgement);
    checkChoice(pattern, 'status', STATUSES, place, judgement, 'absent');
  }
  const hasConditions = !lacks(rule, 'onPodConditions');
  if (has(rule, 'onExitCodes') && hasConditions)
    clash(judgement, at.in('onPodConditions'), '', 'a rule has onExitCodes or onPodConditions, not both');
  else if (!has(rule, 'onExitCodes') && !hasConditions)
    missing(judgement, at.in('onExitCodes'), 'a rule needs onExitCodes or onPodConditions', 'schema/invalid');
}

function checkExitCodes(codes: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(codes, 'operator', ['In', 'NotIn'], at, judgement, 'absent');
  const { containerName } = codes;
  if (typeof containerName === 'string' && !hasContainer(spec, containerName))
    clash(judgement, at.in('containerName'), containerName, `no container is named ${quote(containerName)}`);
  if (Array.isArray(codes.values) && codes.values.length === 0)
    missing(judgement, at.in('values'), 'values are missing, at least one is needed');
  isTooLong(codes, 'values', 255, at, judgement);
  const values = listIn(codes, 'values');
  const seen: JsonValue[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (typeof value !== 'number') continue;
    const place = at.in('values').in(index);
    if (value === 0 && codes.operator === 'In')
      invalid(judgement, place, value, 'exit code 0 is success, and may not be among those of operator In');
    if (seen.includes(value)) duplicate(judgement, place, value, `exit code ${value} is there twice`);
    else {
      const before = values[index - 1] ?? 0;
      if (index > 0 && typeof before === 'number' && before > value) invalid(judgement, place, value, 'values are not in ascending order');
    }
    seen.push(value);
  }
}

function hasContainer(spec: JsonObject, name: string): boolean {
  const pod = objectIn(objectIn(spec, 'template'), 'spec');
  for (const list of ['containers', 'initContainers'])
    for (const [container] of objectsIn(pod, list)) if (textIn(container, 'name') === name) return true;
  return false;
}

/** validateSuccessPolicy. */
export function checkSuccessPolicy(policy: JsonObject, completions: number | undefined, at: Place, judgement: Judgement): void {
  if (lacks(policy, 'rules')) missing(judgement, at.in('rules'), 'rules are missing, at least one is needed');
  isTooLong(policy, 'rules', MOST_RULES, at, judgement);
  for (const [rule, index] of objectsIn(policy, 'rules')) checkSuccessRule(rule, completions, at.in('rules').in(index), judgement);
}

function checkSuccessRule(rule: JsonObject, completions: number | undefined, at: Place, judgement: Judgement): void {
  if (!has(rule, 'succeededCount') && !has(rule, 'succeededIndexes'))
    missing(judgement, at.in('succeededCount'), 'a rule needs succeededCount or succeededIndexes');
  checkCount(rule, 'succeededCount', at, judgement);
  if (completions === undefined) return;
  const count = numberIn(rule, 'succeededCount');
  const indexes = typeof rule.succeededIndexes === 'string' ? rule.succeededIndexes : undefined;
  const total = indexes === undefined ? undefined : countIndexes(indexes, completions);
  if (typeof total === 'string' && indexes !== undefined)
    invalid(judgement, at.in('succeededIndexes'), indexes, `succeededIndexes ${quote(indexes)}: ${total}`);
  if (count === undefined) return;
  const most = Math.min(completions, typeof total === 'number' ? total : completions);
  if (count > most)
    clash(judgement, at.in('succeededCount'), count, `succeededCount ${count} is more than the ${most} indexes that there are`);
}

const INDEX = /^[+-]?\d+$/;

/** How many indexes a text such as `0,2-4` names, or what is wrong with it: validateIndexesFormat. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  if (text.length > 64 * 1024) return 'it is too long';
  let total = 0;
  let last: number | undefined;
  for (const interval of text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2) return `"${interval}" has more than two ends`;
    for (const limit of limits) {
      if (!INDEX.test(limit)) return `"${limit}" is no number`;
      if (Number(limit) >= completions) return `${limit} is not less than completions, ${completions}`;
    }
    const [first = 0, end = first] = limits.map(Number);
    if ((limits.length === 2 && first >= end) || (last !== undefined && last >= first)) return `"${interval}" is not in ascending order`;
    total += end - first + 1;
    last = end;
  }
  return total;
}
