import { type JsonObject, parse, toDotted } from '@plumbline/core';
import type { Judgement } from '../src/native/judgement.ts';
import { createVerdict } from '../src/verdict.ts';

export interface Around {
  readonly minor?: number;
  readonly mayGainFields?: boolean;
  /** Variables are filled in later. */
  readonly isFilledIn?: boolean;
}

/** What a check says of an object given as YAML: `rule path` a finding, with its class where it is no refusal, and `rule skipped`. */
export function saidOf(check: (object: JsonObject, judgement: Judgement) => void, text: string, around: Around = {}): string[] {
  const { findings, skipped } = judged(check, text, around);
  return [...findings.map((one) => one.line), ...skipped];
}

/** The messages alone. */
export function messagesOf(check: (object: JsonObject, judgement: Judgement) => void, text: string, around: Around = {}): string[] {
  return judged(check, text, around).findings.map((one) => one.message);
}

function judged(check: (object: JsonObject, judgement: Judgement) => void, text: string, around: Around) {
  const [document] = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) });
  // The tests' own text, which is an object.
  const object = document?.value as JsonObject;
  const verdict = createVerdict(around.isFilledIn);
  check(object, {
    verdict,
    gvk: { group: '', version: 'v1', kind: 'Pod' },
    minor: around.minor ?? 37,
    hidesValues: false,
    mayGainFields: around.mayGainFields ?? false,
  });
  const findings = verdict.problems.map((one) => ({
    line: `${one.rule} ${toDotted(one.path ?? [])}${one.class === 'refusal' ? '' : ` (${one.class})`}`,
    message: one.message,
  }));
  return { findings, skipped: [...(verdict.skipped?.keys() ?? [])].map((rule) => `${rule} skipped`) };
}
