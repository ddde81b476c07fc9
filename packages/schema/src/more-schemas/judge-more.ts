import { closest, mayGainFields, type NotEvaluated, type Problem, type Resource, valueAt } from '@plumbline/core';
import type { JsonSchemaValidator, SchemaFault } from '../json-schema-validator.ts';
import { hasPlaceholder, isFilledIn } from '../placeholder.ts';
import type { Verdict } from '../verdict.ts';

type Output = Problem | NotEvaluated;

const RULES: Readonly<Record<SchemaFault['what'], string>> = {
  unknown: 'schema/unknown-field',
  missing: 'schema/missing-required',
  type: 'schema/wrong-type',
  other: 'schema/invalid',
};

/**
 * Holds an object against a JSON Schema that the user brings. What it demands is a policy of theirs: it may be stricter than
 * the server, or of another version (docs/decisions/0011-schemas-users-bring.md).
 */
export function* judgeByJsonSchema(resource: Resource, validate: JsonSchemaValidator, from: string): Generator<Output> {
  const { object } = resource;
  for (const { path, part, message, what, properties } of validate(object)) {
    const rule = RULES[what];
    const value = valueAt(object, path);
    if (what === 'missing' && mayGainFields(resource)) yield { notEvaluated: 'a build that was not run may add the field', rule };
    else if (typeof value === 'string' && what !== 'unknown' && isFilledIn(resource) && hasPlaceholder(value))
      yield { notEvaluated: 'the value has a variable that is filled in later', rule };
    else {
      const name = String(path.at(-1));
      const near = what === 'unknown' ? closest(name, properties) : undefined;
      const text = what === 'unknown' ? `unknown field "${name}"${near === undefined ? '' : `, did you mean "${near}"?`}` : message;
      yield { rule, path, part, message: `${text} (by ${from})`, class: 'policy', severity: 'error' };
    }
  }
}

/**
 * What the types of some release of a project say. The installed one may be newer: a field that they do not know is a slip
 * only where another name is one letter away, and is not evaluated otherwise.
 */
export function asAdvice({ problems, skipped }: Verdict, from: string): readonly Output[] {
  const said: Output[] = [{ notEvaluated: `only the types of ${from} are known of the kind`, rule: 'schema/invalid' }];
  for (const [rule, reasons] of skipped ?? []) for (const notEvaluated of reasons) said.push({ notEvaluated, rule });
  for (const problem of problems) {
    if (problem.rule === 'schema/unknown-field' && !isSlip(problem))
      said.push({ notEvaluated: `the types of ${from} do not know a field, which a newer release may have`, rule: 'schema/unknown-field' });
    else said.push({ ...problem, message: `${problem.message} (by ${from})`, class: 'quality', severity: 'warning' });
  }
  return said;
}

function isSlip({ path = [], fix }: Problem): boolean {
  const [change] = fix?.changes ?? [];
  const meant = change?.op === 'rename' ? change.key : undefined;
  return meant !== undefined && isOneLetterAway(String(path.at(-1)).toLowerCase(), meant.toLowerCase());
}

/** Equal, or one letter more, less or different, or two neighbours swapped. */
function isOneLetterAway(typed: string, meant: string): boolean {
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  let end = 0;
  while (end < Math.min(typed.length, meant.length) - start && typed.at(-1 - end) === meant.at(-1 - end)) end++;
  const [a, b] = [typed.slice(start, typed.length - end), meant.slice(start, meant.length - end)];
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}
