import { type FieldPath, isArray, isObject, type JsonValue } from '@plumbline/core';
import type { Walk } from './judge.ts';
import { isGoodLabel, keyFault, labelValueFault } from './names.ts';
import { isLeftToLater } from './placeholder.ts';
import { quote, refuse, skip } from './verdict.ts';

/** The name of the built-in type that every label selector has. */
export const SELECTOR_TYPE = 'meta.v1.LabelSelector';
const WITH_VALUES = ['In', 'NotIn'];
const WITHOUT_VALUES = ['Exists', 'DoesNotExist'];

/** Whether a label selector, of the right shape, is one that the server takes. */
export function isGoodSelector(value: unknown): boolean {
  const { matchLabels, matchExpressions } = value as { matchLabels?: unknown; matchExpressions?: unknown };
  if (isObject(matchLabels)) for (const key in matchLabels) if (!isGoodLabel(key, textOf(matchLabels[key]))) return false;
  return !isArray(matchExpressions) || matchExpressions.every((one) => expressionFaults(one).length === 0);
}

/** Says what `isGoodSelector` found. */
export function judgeSelector(value: JsonValue, path: FieldPath, walk: Walk): void {
  if (!isObject(value)) return;
  judgeLabelMap(value.matchLabels, [...path, 'matchLabels'], walk);
  if (!isArray(value.matchExpressions)) return;
  value.matchExpressions.forEach((one, index) => {
    for (const fault of expressionFaults(one))
      report(walk, fault.rule, [...path, 'matchExpressions', index, ...fault.at], fault.message, fault.text);
  });
}

/** Labels, or a selector that is a plain map of labels. */
export function judgeLabelMap(labels: JsonValue | undefined, path: FieldPath, walk: Pick<Walk, 'verdict'>): void {
  if (!isObject(labels)) return;
  for (const key in labels) {
    const text = textOf(labels[key]);
    if (isGoodLabel(key, text)) continue;
    const ofKey = keyFault(key);
    const ofValue = labelValueFault(text);
    if (ofKey !== undefined) report(walk, 'meta/label-invalid', [...path, key], `label key ${quote(key)} ${ofKey}`, key, 'key');
    if (ofValue !== undefined)
      report(walk, 'meta/label-invalid', [...path, key], `value ${quote(text)} of label "${key}" ${ofValue}`, text);
  }
}

function report(
  walk: Pick<Walk, 'verdict'>,
  rule: string,
  path: FieldPath,
  message: string,
  text: string,
  part: 'key' | 'value' = 'value',
): void {
  if (isLeftToLater(text, walk.verdict)) skip(walk.verdict, rule, 'a label has a variable that is filled in later');
  else refuse(walk.verdict, rule, path, message, { part });
}

interface Fault {
  readonly rule: string;
  readonly at: FieldPath;
  readonly message: string;
  /** The offending text, which may have a variable in it. */
  readonly text: string;
}

function expressionFaults(expression: unknown): Fault[] {
  if (!isObject(expression)) return [];
  const { key, operator, values } = expression;
  const faults: Fault[] = [];
  const add = (rule: string, at: FieldPath, message: string, text = ''): void => {
    faults.push({ rule, at, message, text });
  };
  if (typeof key === 'string' && key !== '') {
    const fault = keyFault(key);
    if (fault !== undefined) add('meta/label-invalid', ['key'], `label key ${quote(key)} ${fault}`, key);
  }
  if (typeof operator !== 'string' || operator === '') return faults;
  const count = isArray(values) ? values.length : 0;
  if (WITH_VALUES.includes(operator)) {
    if (count === 0) add('schema/missing-required', ['values'], `operator ${operator} has no values`);
  } else if (WITHOUT_VALUES.includes(operator)) {
    if (count > 0) add('schema/invalid', ['values'], `operator ${operator} takes no values`);
  } else {
    const near = [...WITH_VALUES, ...WITHOUT_VALUES].find((one) => one.toLowerCase() === operator.toLowerCase());
    const hint = near === undefined ? '' : `, did you mean "${near}"?`;
    const message = `${quote(operator)} is none of In, NotIn, Exists, DoesNotExist${hint}`;
    add(near === undefined ? 'schema/invalid' : 'schema/enum-case', ['operator'], message, operator);
  }
  if (isArray(values))
    values.forEach((value, index) => {
      const fault = labelValueFault(textOf(value));
      if (fault !== undefined) add('meta/label-invalid', ['values', index], `value ${quote(value)} of a selector ${fault}`, textOf(value));
    });
  return faults;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
