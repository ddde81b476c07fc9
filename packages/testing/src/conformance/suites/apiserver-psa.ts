import { join } from 'node:path';
import { member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readJsonLines, textOf } from '../json-lines.ts';
import { engineJudge } from '../judge.ts';
import { namespaceAround } from '../namespace-around.ts';
import type { Suite } from '../suite.ts';
import { judgeVerdict, type VerdictCase } from '../verdict-case.ts';
import { verdictCases } from './apiserver-cases.ts';

/** Pods and Deployments in a Namespace with Pod Security labels: refused exactly when the server refused. */
export const suite: Suite = {
  name: 'apiserver/psa',
  data: 'apiserver/psa/psa.jsonl',
  async *run(folder) {
    const judge = engineJudge();
    for (const given of cases(folder)) yield await guarded(given.id, () => judgeVerdict(given, judge));
  },
};

export function* cases(folder: string): Generator<VerdictCase> {
  for (const line of readJsonLines(join(folder, suite.data))) {
    const around = namespaceAround(textOf(line, 'manifest'), member(line, 'namespaceLabels') ?? {});
    yield* verdictCases(line, around);
  }
}
