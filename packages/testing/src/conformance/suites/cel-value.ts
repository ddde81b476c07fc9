import { createRequire } from 'node:module';
import type { Compilation, Evaluation, PatternLibrary, Value } from '@plumbline/cel';
import { describeValue } from '@plumbline/cel';
import { isArray, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { CaseResult } from '../suite.ts';

/** RE2, as the command has it. */
export function loadPatterns(): PatternLibrary {
  const require = createRequire(new URL('../../../../cli/package.json', import.meta.url));
  const { RE2JS } = require('re2js') as { readonly RE2JS: PatternLibrary }; // the library's own class has this form
  return RE2JS;
}

export type Verdict = 'value' | 'runtime-error' | 'compile-error';

/** What became of an expression: the same words as the suites'. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The value, or the error. */
  readonly text: string;
  readonly cost: number | undefined;
}

export function outcomeOf(compilation: Compilation, evaluate: () => Evaluation): Outcome {
  if (!compilation.ok) {
    // The suites count a program that cannot be made as an error of its run.
    const verdict = compilation.stage === 'program' ? 'runtime-error' : 'compile-error';
    return { verdict, text: compilation.issues.map(({ message }) => message).join('; '), cost: undefined };
  }
  const evaluation = evaluate();
  if (evaluation.ok) return { verdict: 'value', text: canonical(describe(evaluation.value)), cost: evaluation.cost };
  return { verdict: 'runtime-error', text: evaluation.error.message, cost: evaluation.cost };
}

export function judge(id: string, outcome: Outcome, verdict: Verdict, expected: JsonObject): CaseResult {
  if (outcome.verdict !== verdict) {
    return {
      id,
      outcome: 'failed',
      expected: `${verdict} ${brief(expected)}`,
      got: `${outcome.verdict} ${outcome.text}`,
      cause: 'verdict',
    };
  }
  if (verdict !== 'value') return { id, outcome: 'passed' };
  const wanted = canonical(normal(member(expected, 'result')));
  if (outcome.text !== wanted) return { id, outcome: 'failed', expected: wanted, got: outcome.text, cause: 'value' };
  const cost = member(expected, 'cost');
  if (cost !== undefined && outcome.cost !== undefined && Number(cost) !== outcome.cost)
    return { id, outcome: 'failed', expected: `cost ${Number(cost)}`, got: `cost ${outcome.cost}`, cause: 'cost' };
  return { id, outcome: 'passed' };
}

function brief(expected: JsonObject): string {
  return JSON.stringify(expected.compileErrors ?? expected.runtimeError ?? expected.programError ?? expected.result ?? '');
}

/** A value as the suites write it. */
export function describe(value: Value): JsonValue {
  const described = describeValue(value);
  switch (described.kind) {
    case 'list':
      return { type: 'list', items: described.items.map(describe) };
    case 'map':
      return { type: 'map', entries: described.entries.map(([key, item]) => [describe(key), describe(item)]) };
    case 'optional':
      return described.value === undefined
        ? { type: 'optional_type', none: true }
        : { type: 'optional_type', value: describe(described.value) };
    case 'type':
      return { type: 'type', go: described.name };
    case 'plain':
      return { type: described.type, value: described.value };
  }
}

/** The suite writes empty bytes as null now and then. */
function normal(value: JsonValue | undefined): JsonValue | undefined {
  if (isArray(value)) return value.map((item) => normal(item) ?? null);
  if (value === null || typeof value !== 'object' || value === undefined) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item) ?? null]));
  return copy.type === 'bytes' && copy.value === null ? { ...copy, value: '' } : copy;
}

/** Text by which two values compare: members in order, map entries by their text. */
export function canonical(value: JsonValue | undefined): string {
  if (value === undefined) return 'undefined';
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, item]) => {
    const text = key === 'entries' && isArray(item) ? item.map(canonical).sort().join(',') : canonical(item);
    return `${key}:${text}`;
  });
  return `{${parts.sort().join(',')}}`;
}
