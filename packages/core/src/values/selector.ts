import type { Selector } from '../check/inventory.ts';
import { isArray, isObject, type JsonValue, member } from './json.ts';

/**
 * Whether a `metav1.LabelSelector` (`matchLabels`, `matchExpressions`) matches the labels. An empty selector matches
 * everything, none (undefined, null) nothing, as in Kubernetes; an expression that is not valid matches nothing.
 */
export function matchesSelector(selector: Selector | null | undefined, labels: JsonValue | undefined): boolean {
  if (!isObject(selector)) return false;
  const map = member(selector, 'matchLabels');
  if (isObject(map) && !matchesLabels(map, labels)) return false;
  const expressions = member(selector, 'matchExpressions');
  return !isArray(expressions) || expressions.every((expression) => matchesExpression(expression, labels));
}

/** Whether every label of `map` is among `labels` with the same value. An empty map matches everything. */
export function matchesLabels(map: Selector, labels: JsonValue | undefined): boolean {
  for (const key of Object.keys(map)) if (text(member(labels, key)) !== text(map[key])) return false;
  return true;
}

/** `null` is written for the empty string; a value that is no text matches nothing, the API server refuses it. */
function text(value: JsonValue | undefined): string | undefined | symbol {
  if (value === undefined) return undefined;
  if (value === null) return '';
  return typeof value === 'string' ? value : Symbol();
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
function matchesExpression(expression: JsonValue, labels: JsonValue | undefined): boolean {
  const key = member(expression, 'key');
  const values = member(expression, 'values');
  if (typeof key !== 'string') return false;
  const label = text(member(labels, key));
  const isAmong = isArray(values) && label !== undefined && values.some((value) => text(value) === label);
  switch (member(expression, 'operator')) {
    case 'In':
      return isAmong;
    case 'NotIn':
      return !isAmong;
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}
