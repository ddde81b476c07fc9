import type { ExplainedStep } from '@plumbline/cel';
import { toJson } from '@plumbline/cel';
import { type FieldPath, isArray, isEqual, isObject, type JsonObject, valueAt } from '@plumbline/core';

/** The values that chains begin at. */
export interface Roots {
  readonly object: JsonObject | null;
  readonly params: JsonObject | null;
}

/** Where a chain of an expression leads. */
export interface Place {
  readonly root: keyof Roots;
  readonly path: FieldPath;
}

/** What chains begin at in one expression: the roots, and the item of a loop. */
export type Names = ReadonlyMap<string, Place>;

/** The text of a variable of the policy; undefined for one that it does not have. */
export type TextOfVariable = (name: string) => string | undefined;

const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const CHAIN = new RegExp(`^(${NAME})((?:\\.\\??${NAME}|\\[\\??(?:\\d+|'[^'\\\\]*'|"[^"\\\\]*")\\])*)$`);
const STEP = new RegExp(`\\.\\??(${NAME})|\\[\\??(?:(\\d+)|'([^']*)'|"([^"]*)")\\]`, 'g');
const HAS = /^has\((.*)\)$/s;
const ALL = new RegExp(`\\.all\\(\\s*(${NAME})\\s*,(?:\\s*(${NAME})\\s*,)?`);

/** The place that a part of an expression names, `object.spec.replicas` or `has(c.image)`; undefined where it is no chain. */
export function placeOf(text: string, names: Names, textOf: TextOfVariable): Place | undefined {
  const [, name = '', rest = ''] = CHAIN.exec(HAS.exec(text)?.[1] ?? text) ?? [];
  if (name === '') return undefined;
  const steps = [...rest.matchAll(STEP)].map(([, field, index, single, double]) =>
    index === undefined ? (field ?? single ?? double ?? '') : Number(index),
  );
  if (name !== 'variables') return further(names.get(name), steps);
  // A variable that is no more than a chain is one more name of what it leads to; it sees only those before it.
  const body = textOf(String(steps[0]))?.trim();
  const place = body === undefined || body.startsWith('variables') ? undefined : placeOf(body, ROOTS, textOf);
  return further(place, steps.slice(1));
}

function further(place: Place | undefined, steps: FieldPath): Place | undefined {
  return place === undefined ? undefined : { root: place.root, path: [...place.path, ...steps] };
}

const ROOTS: Names = new Map([
  ['object', { root: 'object', path: [] }],
  ['params', { root: 'params', path: [] }],
]);

/** What names stand for in an evaluation: in `all`, the item that decided, which is the last one looked at. */
export function namesIn(steps: readonly ExplainedStep[], textOf: TextOfVariable, roots: Roots): Names {
  const names = new Map(ROOTS);
  // From the outside in: an inner loop may go over a field of the outer item.
  for (const { text, start, end } of steps.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const loop = ALL.exec(text);
    const range = loop === null ? undefined : placeOf(text.slice(0, loop.index), names, textOf);
    if (loop === null || range === undefined) continue;
    const name = loop[2] ?? loop[1] ?? '';
    // Steps stand in the order of their last evaluation: where an item was asked for last is the turn that decided.
    const item = steps.findLast((step) => step.text === name && step.start > start && step.end < end);
    const place = item === undefined ? undefined : placeOfItem(range, item, roots);
    if (place !== undefined) names.set(name, place);
  }
  return names;
}

function placeOfItem({ root, path }: Place, { result }: ExplainedStep, roots: Roots): Place | undefined {
  const over = roots[root] === null ? undefined : valueAt(roots[root], path);
  const value = 'value' in result ? toJson(result.value) : undefined;
  if (value === undefined) return undefined;
  if (isArray(over)) {
    const index = over.findIndex((one) => isEqual(one, value));
    return index < 0 ? undefined : { root, path: [...path, index] };
  }
  return isObject(over) && typeof value === 'string' && Object.hasOwn(over, value) ? { root, path: [...path, value] } : undefined;
}
