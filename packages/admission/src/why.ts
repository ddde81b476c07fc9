import type { ExplainedStep } from '@plumbline/cel';
import { isArray, isObject, type JsonValue, stringify, toDotted, valueAt } from '@plumbline/core';
import { namesIn, type Place, placeOf, type Roots } from './chain.ts';
import type { Expression } from './expression.ts';

/** A field that an expression looked at. */
export interface Looked extends Place {
  /** `object.spec.replicas is 9` */
  readonly says: string;
}

/** What an expression is explained with. */
export interface Explainer {
  /** The parts that were evaluated, innermost first. */
  steps(expression: Expression): readonly ExplainedStep[];
  variable(name: string): Expression | undefined;
}

const MOST = 5;

/**
 * The fields that an expression looked at, as far as they are written as chains (`object.spec.replicas`), and those of the variables that it
 * asks for. Those of the part that failed come first.
 */
export function fieldsLookedAt(expression: Expression, explainer: Explainer, roots: Roots): readonly Looked[] {
  const found = new Map<string, Place>();
  const decisive = new Set<string>();
  const visited = new Set<string>();
  const textOf = (name: string): string | undefined => explainer.variable(name)?.text;
  const visit = (at: Expression): void => {
    const steps = explainer.steps(at).filter(isOwn);
    const names = namesIn(steps, textOf, roots);
    const culprit = at === expression ? culpritOf(steps) : undefined;
    for (const step of steps) {
      const place = placeOf(step.text, names, textOf);
      if (place !== undefined && place.path.length > 0) {
        const key = JSON.stringify([place.root, ...place.path]);
        found.set(key, place);
        if (culprit !== undefined && isWithin(step, culprit)) decisive.add(key);
        continue;
      }
      const name = place === undefined ? VARIABLE.exec(step.text)?.[1] : undefined;
      const variable = name === undefined || visited.has(name) ? undefined : explainer.variable(name);
      if (name === undefined || variable === undefined) continue;
      visited.add(name);
      visit(variable);
    }
  };
  visit(expression);
  const all = [...found.values()];
  const ends = [...found].filter(([, place]) => !all.some((other) => goesOn(place, other)));
  const inOrder = [...ends.filter(([key]) => decisive.has(key)), ...ends.filter(([key]) => !decisive.has(key))];
  return inOrder.slice(0, MOST).map(([, place]) => ({ ...place, says: says(place, roots) }));
}

const VARIABLE = /^variables\.([A-Za-z_][A-Za-z0-9_]*)$/;

/** A chain that another one goes on from is only the way there. */
function goesOn(place: Place, other: Place): boolean {
  return (
    other.root === place.root && other.path.length > place.path.length && place.path.every((step, index) => other.path[index] === step)
  );
}

/** Not what only passes on the error of a part. */
function isOwn({ start, end, result }: ExplainedStep): boolean {
  if (!('error' in result) || result.error.range === undefined) return true;
  return result.error.range.start === start && result.error.range.end === end;
}

/** The part that is false or fails and has no such part within it; of several the last, which decided. */
function culpritOf(steps: readonly ExplainedStep[]): ExplainedStep | undefined {
  const failing = steps.filter(({ result }) => 'error' in result || result.value === false);
  return failing
    .filter((step) => !failing.some((other) => other !== step && isWithin(other, step)))
    .sort((a, b) => a.start - b.start)
    .at(-1);
}

function isWithin(inner: ExplainedStep, outer: ExplainedStep): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function says({ root, path }: Place, roots: Roots): string {
  const dotted = toDotted(path);
  return `${root}${dotted.startsWith('[') ? '' : '.'}${dotted} ${shown(roots[root] === null ? undefined : valueAt(roots[root], path))}`;
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'is not there';
  if (isArray(value)) return `is a list of ${value.length}`;
  if (isObject(value)) return 'is an object';
  const text = stringify(value);
  return `is ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
}
