import type { SourceFile } from '@plumbline/core';
import { engineJudge, isRefused, type Judge, sourceFile } from '../conformance/judge.ts';
import type { Ask, Question, ServerVerdict } from './ask.ts';

/** One object about which the server and the engine disagree. */
export interface Difference {
  readonly name: string;
  readonly kind: 'missed' | 'refused wrongly';
  /** The server's message, or our finding. */
  readonly why: string;
}

export interface Comparison {
  readonly agreed: number;
  readonly refused: number;
  readonly differences: readonly Difference[];
  /** Objects of which the server's verdict says nothing: name → reason. */
  readonly uncounted: ReadonlyMap<string, string>;
}

/** Puts each question to the server and to the engine. `around`: definitions that the server has too. */
export async function compare(
  ask: Ask,
  questions: readonly (Question & { readonly name: string })[],
  around: readonly SourceFile[],
  version: string,
): Promise<Comparison> {
  const judge = engineJudge();
  const answers = await inParallel(questions, ask);
  const differences: Difference[] = [];
  const uncounted = new Map<string, string>();
  let agreed = 0;
  let refused = 0;
  for (const [index, question] of questions.entries()) {
    const verdict = answers[index];
    if (verdict === undefined) continue;
    if (verdict.uncounted !== undefined) {
      uncounted.set(question.name, verdict.uncounted);
      continue;
    }
    const difference = await differenceOf(question, verdict, judge, around, version);
    if (!verdict.isAdmitted) refused++;
    if (difference === undefined) agreed++;
    else differences.push(difference);
  }
  return { agreed, refused, differences, uncounted };
}

async function differenceOf(
  question: Question & { readonly name: string },
  verdict: ServerVerdict,
  judge: Judge,
  around: readonly SourceFile[],
  version: string,
): Promise<Difference | undefined> {
  const extension = question.type === 'application/json' ? 'json' : 'yaml';
  const judgement = await judge({ file: sourceFile(`object.${extension}`, question.text), around, version });
  const isOurs = isRefused(judgement);
  if (isOurs !== verdict.isAdmitted) return undefined;
  if (!isOurs) return { name: question.name, kind: 'missed', why: verdict.message };
  const first = judgement.findings.find(({ class: kind }) => kind === 'refusal' || kind === 'broken');
  return { name: question.name, kind: 'refused wrongly', why: `${first?.rule} ${first?.path} ${first?.message}` };
}

const LANES = 8;

async function inParallel(questions: readonly Question[], ask: Ask): Promise<readonly ServerVerdict[]> {
  const answers: ServerVerdict[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < questions.length) {
      const index = next++;
      const question = questions[index];
      if (question !== undefined) answers[index] = await ask(question);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}
