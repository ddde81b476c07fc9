import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import { placeInScalar } from './place-in-scalar.ts';

test.each([
  ['plain', 'a: one + bad\n', 1, 10],
  ['plain over lines', 'a: one +\n  bad\n', 2, 3],
  ['single quotes', "a: 'it''s bad'\n", 1, 11],
  ['double quotes', 'a: "\\"x\\" \\n \\u0041 bad"\n', 1, 21],
  ['double quotes over lines', 'a: "one \\\n  two bad"\n', 2, 7],
  ['a literal block', 'a:\n  b: |-\n    one\n    && bad\n', 4, 8, 'b'],
  ['a folded block', 'a: >-\n  one\n\n  && bad\n', 4, 6],
  ['a block with an indentation', 'a: |2-\n   one bad\n', 2, 8],
])('%s', (_name, text, line, column, key?: string) => {
  const [document] = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) });
  const path = key === undefined ? ['a'] : ['a', key];
  const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document?.value);
  const at = document?.rangeOf(path);
  if (typeof value !== 'string' || at === undefined) throw new Error('the case has no such text');
  expect(placeInScalar(text, at, value, value.indexOf('bad'))).toEqual({ line, column });
});

test('what the text does not spell stands where the scalar does', () => {
  expect(placeInScalar('a: *other\n', { line: 1, column: 4 }, 'one bad', 4)).toEqual({ line: 1, column: 4 });
});
