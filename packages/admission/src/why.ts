import type { Bindings, Program } from '@plumbline/cel';
import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, stringify, valueAt } from '@plumbline/core';

/** A field that an expression looked at. */
export interface Looked {
  readonly path: FieldPath;
  /** `object.spec.replicas is 9` */
  readonly says: string;
}

const MOST = 5;

/** The fields of the object that an expression looked at, as far as they are written as a chain from `object`, in order. */
export function fieldsLookedAt(program: Program, bindings: Bindings, object: JsonObject): readonly Looked[] {
  const chains = new Map<string, FieldPath>();
  for (const { text } of program.explain(bindings).steps) {
    const path = pathOf(text);
    if (path !== undefined && path.length > 0) chains.set(text, path);
  }
  const paths = [...chains.values()];
  // A chain that another one goes on from is only the way there.
  const isWay = (path: FieldPath): boolean =>
    paths.some((other) => other.length > path.length && path.every((step, at) => other[at] === step));
  return [...chains]
    .filter(([, path]) => !isWay(path))
    .slice(0, MOST)
    .map(([text, path]) => ({ path, says: `${text} ${shown(valueAt(object, path))}` }));
}

const CHAIN = /^object((?:\.\??[A-Za-z_][A-Za-z0-9_]*|\[\??(?:\d+|'[^'\\]*'|"[^"\\]*")\])+)$/;
const STEP = /\.\??([A-Za-z_][A-Za-z0-9_]*)|\[\??(?:(\d+)|'([^']*)'|"([^"]*)")\]/g;

function pathOf(text: string): FieldPath | undefined {
  const chain = CHAIN.exec(text)?.[1];
  if (chain === undefined) return undefined;
  return [...chain.matchAll(STEP)].map(([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? '') : Number(index),
  );
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'is not there';
  if (isArray(value)) return `is a list of ${value.length}`;
  if (isObject(value)) return 'is an object';
  const text = stringify(value);
  return `is ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
}
