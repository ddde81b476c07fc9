import { closest, type JsonObject, type Problem } from '@plumbline/core';
import type { JsonSchemaValidator, SchemaFault } from '../json-schema-validator.ts';
import type { Verdict } from '../verdict.ts';

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
export function* judgeByJsonSchema(object: JsonObject, validate: JsonSchemaValidator, from: string): Generator<Problem> {
  for (const { path, part, message, what, properties } of validate(object)) {
    const name = String(path.at(-1));
    const near = what === 'unknown' ? closest(name, properties) : undefined;
    const text = what === 'unknown' ? `unknown field "${name}"${near === undefined ? '' : `, did you mean "${near}"?`}` : message;
    yield { rule: RULES[what], path, part, message: `${text} (by ${from})`, class: 'policy', severity: 'error' };
  }
}

/** What types of another release say: it may have fields that the installed one lacks, or lack some that it has. */
export function asAdvice({ problems }: Verdict, from: string): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, message: `${problem.message} (by ${from})`, class: 'quality', severity: 'warning' }));
}
