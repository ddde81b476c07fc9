import { join } from 'node:path';
import { guarded } from '../guarded.ts';
import { readJsonLines } from '../json-lines.ts';
import { engineJudge } from '../judge.ts';
import type { Suite } from '../suite.ts';
import { judgeVerdict, type VerdictCase } from '../verdict-case.ts';
import { installedDefinitions, verdictCases } from './apiserver-cases.ts';

/** Manifests of real repositories: refused exactly when the server refused. */
export const suite: Suite = {
  name: 'apiserver/real',
  data: 'apiserver/real/real.jsonl',
  async *run(folder) {
    const judge = engineJudge();
    for (const given of cases(folder)) yield await guarded(given.id, () => judgeVerdict(given, judge));
  },
};

export function* cases(folder: string): Generator<VerdictCase> {
  const around = installedDefinitions(folder);
  for (const line of readJsonLines(join(folder, suite.data))) yield* verdictCases(line, around);
}
