import { expect, test } from 'vitest';
import { differences } from './shop-findings.mjs';

test('findings are compared by rule, file and line, each as often as it is listed', () => {
  const expected = [
    { rule: 'a/b', file: 'x.yaml', line: 3 },
    { rule: 'a/b', file: 'x.yaml', line: 4 },
  ];
  const findings = [
    { rule: 'a/b', location: { file: 'x.yaml', line: 3 } },
    { rule: 'a/b', location: { file: 'x.yaml', line: 3 } },
    { rule: 'c/d', location: null },
  ];
  expect(differences(expected, findings)).toEqual({
    missing: ['a/b x.yaml:4'],
    extra: ['a/b x.yaml:3', 'c/d -:0'],
    count: 2,
  });
});
