import type { FieldPath, Problem } from '@plumbline/core';
import type { BuiltinKind, SchemaSet } from './schema-set.ts';
import * as T from './type.ts';
import type { Verdict } from './verdict.ts';

/** The type at a path below a type: list indexes and map keys lead to the item. */
export function typeAtPath(root: T.Type, path: FieldPath): T.Type | undefined {
  let type: T.Type | undefined = root;
  for (const step of path) {
    if (type === undefined) return undefined;
    const field: T.Field | undefined = typeof step === 'number' ? type.item : (type.fields?.get(step) ?? type.item);
    type = field === undefined ? undefined : T.typeOf(field);
  }
  return type;
}

/** Turns "unknown field" into "not yet" or "no longer" where another version of Kubernetes has the field. */
export function judgeFieldLife(verdict: Verdict, kind: BuiltinKind, minor: number, schemas: SchemaSet): void {
  verdict.problems.forEach((problem, index) => {
    if (problem.rule !== 'schema/unknown-field' || problem.class !== 'refusal') return;
    const changed = lifeOf(problem, kind, minor, schemas);
    if (changed !== undefined) verdict.problems[index] = changed;
  });
}

function lifeOf(problem: Problem, kind: BuiltinKind, minor: number, schemas: SchemaSet): Problem | undefined {
  const path = problem.path ?? [];
  const name = String(path.at(-1));
  const base = { path, part: 'key' as const, class: 'refusal' as const, severity: 'error' as const };
  let last: number | undefined;
  for (const [from, line] of kind.types) {
    if (line < 0 || typeAtPath(schemas.typeAt(line), path) === undefined) continue;
    if (from > minor) return { ...base, rule: 'api/not-yet-available', message: `field "${name}" exists from Kubernetes 1.${from} on` };
    last = kind.types.find(([next]) => next > from)?.[0];
  }
  return last === undefined
    ? undefined
    : { ...base, rule: 'api/removed-field', message: `field "${name}" was removed in Kubernetes 1.${last}` };
}
