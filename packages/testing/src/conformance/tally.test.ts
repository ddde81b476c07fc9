import { expect, test } from 'vitest';
import type { CaseResult } from './suite.ts';
import { resultText, tally } from './tally.ts';

async function* cases(): AsyncGenerator<CaseResult> {
  yield { id: 'a', outcome: 'passed', part: 'enum' };
  yield { id: 'b', outcome: 'failed', expected: 'refused', got: 'admitted', cause: 'missed: port', part: 'enum' };
  yield { id: 'c', outcome: 'failed', expected: 'refused', got: 'admitted', cause: 'missed: port', part: 'port' };
  yield { id: 'd', outcome: 'not-evaluated', cause: 'not built yet: CEL' };
}

test('cases are counted, and those that fall short are grouped by cause', async () => {
  const result = await tally('x/y', cases(), () => undefined);
  expect(result).toMatchObject({ suite: 'x/y', total: 4, passed: 1, failed: 2, notEvaluated: 1 });
  expect(result.failures[0]).toEqual({ id: 'b', expected: 'refused', got: 'admitted', cause: 'missed: port' });
  expect(resultText(result, { causes: 1, isShownByPart: true })).toMatchInlineSnapshot(`
    "x/y                              1/4 25.0 %, 1 not evaluated
          2  missed: port  (b)
             and 1 more causes
        port                               0/1
        enum                               1/2
    "
  `);
});
