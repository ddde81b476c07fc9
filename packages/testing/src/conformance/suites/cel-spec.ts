import { join } from 'node:path';
import { createEnvironment } from '@plumbline/cel';
import { isObject, member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { Suite } from '../suite.ts';
import { judge, loadPatterns, outcomeOf, type Verdict } from './cel-value.ts';

/** The language's own cases, as Kubernetes' environment answers them. Costs do not count. */
export const suite: Suite = {
  name: 'cel/cel-spec',
  data: 'cel/cel-spec.json',
  async *run(folder) {
    const environment = createEnvironment({ minor: 36, variables: [], patterns: loadPatterns });
    for (const entry of readEntries(join(folder, suite.data))) {
      const answer = member(entry, 'k8s');
      if (!isObject(answer) || answer.verdict === undefined) continue;
      const id = textOf(entry, 'id');
      yield await guarded(id, () => {
        const compilation = environment.compile(textOf(member(entry, 'original'), 'expr'));
        const outcome = outcomeOf(compilation, () => {
          if (!compilation.ok) throw new Error('only what compiles is evaluated');
          return compilation.program.evaluate({});
        });
        const { cost: _, ...expected } = answer;
        return judge(id, outcome, textOf(answer, 'verdict') as Verdict, expected); // the suite's own words
      });
    }
  },
};
