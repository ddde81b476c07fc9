import type { Finding } from '@plumbline/core';
import { expect, test } from 'vitest';
import { pickFixes } from './pick-fixes.ts';

type Span = readonly [file: string, line: number, column: number, endColumn: number, newText: string];

const finding = (...edits: readonly Span[]): Finding => ({
  rule: 'meta/x',
  class: 'quality',
  severity: 'error',
  message: '',
  resource: null,
  path: '',
  location: null,
  fingerprint: '',
  fix: {
    title: 't',
    safe: true,
    edits: edits.map(([file, line, column, endColumn, newText]) => ({ file, line, column, endLine: line, endColumn, newText })),
  },
});

test.each<[string, readonly Finding[], readonly string[], number]>([
  ['apart', [finding(['a', 1, 1, 3, 'x']), finding(['a', 2, 1, 3, 'y'])], ['a x', 'a y'], 2],
  ['in one another: the first wins', [finding(['a', 1, 1, 9, 'x']), finding(['a', 1, 3, 5, 'y'])], ['a x'], 1],
  ['at one place: the second waits', [finding(['a', 1, 4, 4, 'x']), finding(['a', 1, 4, 4, 'y'])], ['a x'], 1],
  ['the same twice: it is made once', [finding(['a', 1, 1, 3, 'x']), finding(['a', 1, 1, 3, 'x'])], ['a x'], 2],
  ['a fix is made whole or not', [finding(['a', 1, 1, 3, 'x']), finding(['b', 1, 1, 3, 'y'], ['a', 1, 2, 4, 'z'])], ['a x'], 1],
  ['other files do not count', [finding(['a', 1, 1, 3, 'x']), finding(['b', 1, 1, 3, 'y'])], ['a x', 'b y'], 2],
])('%s', (_name, findings, expected, count) => {
  const picked = pickFixes(findings);
  expect([...picked.edits].flatMap(([file, edits]) => edits.map(({ newText }) => `${file} ${newText}`))).toEqual(expected);
  expect(picked.count).toBe(count);
});
