import { join } from 'node:path';
import { createEnvironment } from '@plumbline/cel';
import { isObject, member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { Suite } from '../suite.ts';
import { judge, loadPatterns, outcomeOf, type Verdict } from './cel-value.ts';

/** Kubernetes' libraries: value, class of error, cost. */
export const suite: Suite = {
  name: 'cel/k8s-libraries',
  data: 'cel/k8s-libraries.json',
  async *run(folder) {
    const options = { minor: 36, variables: [], patterns: loadPatterns };
    const environment = createEnvironment(options);
    // Those of the mutating policies' types were asked where these are known.
    const mutating = createEnvironment({ ...options, canMutate: true });
    for (const entry of readEntries(join(folder, suite.data))) {
      const id = textOf(entry, 'id');
      yield await guarded(id, () => {
        const expected = member(entry, 'expect');
        if (!isObject(expected)) return { id, outcome: 'not-evaluated', cause: 'no expectation' };
        const compilation = (/mutation\//.test(textOf(entry, 'file')) ? mutating : environment).compile(textOf(entry, 'expr'));
        const outcome = outcomeOf(compilation, () => {
          if (!compilation.ok) throw new Error('only what compiles is evaluated');
          return compilation.program.evaluate({});
        });
        return judge(id, outcome, textOf(entry, 'verdict') as Verdict, expected); // the suite's own words
      });
    }
  },
};
