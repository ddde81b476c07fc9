import { expect, test } from 'vitest';
import { compareWithList } from './judged-findings.mjs';

const entry = (line: number, judged = true) => ({ repo: 'shop', rule: 'a/b', file: 'x.yaml', line, judged });
const finding = (line: number) => ({ rule: 'a/b', location: { file: 'x.yaml', line } });

test('error findings that are listed and judged true pass', () => {
  const found = compareWithList([entry(1), entry(2)], new Map([['shop', [finding(1), finding(2)]]]));
  expect(found).toEqual({ found: 2, fresh: [], gone: [], judged: 2, wrong: 0, share: 0, isGood: true });
});

test('a finding that nobody has judged fails, one that went away is only told', () => {
  const found = compareWithList([entry(1), entry(2)], new Map([['shop', [finding(1), finding(3)]]]));
  expect(found).toMatchObject({ fresh: ['shop a/b x.yaml:3'], gone: ['shop a/b x.yaml:2'], judged: 1, isGood: false });
  expect(compareWithList([entry(1)], new Map())).toMatchObject({ gone: ['shop a/b x.yaml:1'], judged: 0, isGood: true });
});

test('more than one of twenty judged false fails', () => {
  const lines = Array.from({ length: 20 }, (_, index) => index + 1);
  const errors = new Map([['shop', lines.map(finding)]]);
  const list = (wrong: number) => lines.map((line) => entry(line, line > wrong));
  expect(compareWithList(list(1), errors)).toMatchObject({ wrong: 1, share: 0.05, isGood: true });
  expect(compareWithList(list(2), errors)).toMatchObject({ wrong: 2, share: 0.1, isGood: false });
});
