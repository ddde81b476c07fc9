import { type JsonObject, member } from '@plumbline/core';
import { textOf } from './json-lines.ts';
import { isRefused, type Judge, type JudgeInput } from './judge.ts';
import type { CaseResult } from './suite.ts';

/** A manifest with the verdict of a real API server. */
export interface VerdictCase {
  readonly id: string;
  readonly input: JudgeInput;
  readonly isRefused: boolean;
  /** The server's own reason, for the list of causes. */
  readonly reason: string;
  readonly part?: string;
}

/** Judges one case and compares: refused exactly when the server refused. */
export async function judgeVerdict(given: VerdictCase, judge: Judge): Promise<CaseResult> {
  const judgement = await judge(given.input);
  const refused = isRefused(judgement);
  const expected = given.isRefused ? 'refused' : 'admitted';
  const part = given.part === undefined ? {} : { part: given.part };
  if (judgement.isBroken) return { id: given.id, outcome: 'failed', expected, got: 'a rule threw', cause: 'a rule threw', ...part };
  if (refused === given.isRefused) return { id: given.id, outcome: 'passed', ...part };
  if (!refused) return { id: given.id, outcome: 'failed', expected, got: 'admitted', cause: `missed: ${given.reason}`, ...part };
  const first = judgement.findings.find(({ class: kind }) => kind === 'refusal' || kind === 'broken');
  const got = `refused: ${first?.rule} ${first?.path} ${first?.message}`;
  return { id: given.id, outcome: 'failed', expected, got, cause: `refused wrongly: ${first?.rule}`, ...part };
}

/** The server's reason in a form that many cases share: the kind of cause and the field without indexes and keys. */
export function reasonOf(verdict: JsonObject): string {
  const causes = member(verdict, 'causes');
  const first = Array.isArray(causes) ? causes[0] : undefined;
  const reason = textOf(verdict, 'reason');
  if (first === undefined)
    return `${reason} ${textOf(verdict, 'message')
      .replace(/"[^"]*"/g, '"…"')
      .slice(0, 60)}`.trim();
  const field = textOf(first, 'field').replace(/\[[^\]]*\]/g, '[]');
  return `${textOf(first, 'reason') || reason} ${field}`.trim();
}
