import type { FieldPath, Problem } from '@plumbline/core';

/** What a walk collects: problems under their public ids, and what could not be judged. */
export interface Verdict {
  readonly problems: Problem[];
  /** Rule id → reasons; made when the first comes. */
  skipped: Map<string, Set<string>> | undefined;
  /** Variables (`${NAME}`) in the object are filled in before it is applied. */
  readonly isFilledIn: boolean;
}

export function createVerdict(isFilledIn = false): Verdict {
  return { problems: [], skipped: undefined, isFilledIn };
}

export function skip(verdict: Verdict, rule: string, reason: string): void {
  verdict.skipped ??= new Map();
  const reasons = verdict.skipped.get(rule);
  if (reasons) reasons.add(reason);
  else verdict.skipped.set(rule, new Set([reason]));
}

/** A refusal: an error, whatever the rule says of itself. */
export function refuse(verdict: Verdict, rule: string, path: FieldPath, message: string, more: Partial<Problem> = {}): void {
  verdict.problems.push({ rule, path, message, class: 'refusal', severity: 'error', ...more });
}

export function advise(verdict: Verdict, rule: string, path: FieldPath, message: string, more: Partial<Problem> = {}): void {
  verdict.problems.push({ rule, path, message, class: 'quality', severity: 'warning', ...more });
}

/** A value as a message quotes it: short, one line. */
export function quote(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
