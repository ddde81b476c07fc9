import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../test/ports.ts';
import { gitPatch } from './git-patch.ts';
import { lineChanges } from './line-changes.ts';
import { HIDDEN, unifiedDiff } from './unified-diff.ts';

/** The other text, made by a reader of hunks that trusts nothing but their numbers and checks every line. */
function applied(before: string, hunks: string): string {
  const lines = before === '' ? [] : before.split(/(?<=\n)/);
  const out: string[] = [];
  let at = 0;
  let behind = '';
  for (const line of hunks.split(/(?<=\n)/)) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
    if (head !== null) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      out.push(...lines.slice(at, start));
      at = start;
    } else if (line.startsWith('\\')) {
      if (behind !== '-') out.push((out.pop() ?? '').slice(0, -1));
    } else if (line !== '') {
      behind = line[0] ?? '';
      const text = line.slice(1);
      if (behind !== '+')
        expect(lines[at++]).toBe(hunks.includes(`${line}\\`) && !lines[at - 1]?.endsWith('\n') ? text.slice(0, -1) : text);
      if (behind !== '-') out.push(text);
    }
  }
  return [...out, ...lines.slice(at)].join('');
}

test('hunks applied give the other text, and change no more lines than they must', () => {
  const random = randomFrom(11);
  const textOf = (length: number): string[] => Array.from({ length }, () => `${'abcdefgh'[random(8)]}\n`);
  for (let round = 0; round < 600; round++) {
    const before = textOf(random(40));
    const after = before.flatMap((line) => (random(9) === 0 ? [] : random(9) === 0 ? [`x${random(3)}\n`, line] : [line]));
    const [a, b] = [before.join(''), after.join('').replace(/\n$/, random(4) === 0 ? '' : '\n')];
    const hunks = unifiedDiff(a, b);
    expect(hunks === '').toBe(a === b);
    expect(applied(a, hunks)).toBe(b);
    const changed = lineChanges(before, after).reduce((sum, { fromCount, toCount }) => sum + fromCount + toCount, 0);
    expect(changed).toBe(before.length + after.length - 2 * longestCommon(before, after));
  }
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    for (const [j, other] of b.entries()) next.push(one === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

const numbers = (to: number): string => Array.from({ length: to }, (_, at) => `${at + 1}\n`).join('');

test('three lines around a change, and near changes in one hunk', () => {
  const after = numbers(20).replace('\n5\n', '\nfive\n').replace('\n12\n', '\n').replace('\n19\n', '\n19\nnew\n');
  expect(unifiedDiff(numbers(20), after)).toBe(
    '@@ -2,14 +2,13 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n 13\n 14\n 15\n@@ -17,4 +16,5 @@\n 17\n 18\n 19\n+new\n 20\n',
  );
});

test('many lines that all differ are one change', () => {
  const many = (sign: string): string[] => Array.from({ length: 5000 }, (_, at) => `${sign}${at}`);
  expect(lineChanges(many('a'), many('b'))).toEqual([{ from: 0, fromCount: 5000, to: 0, toCount: 5000 }]);
});

describe('hidden lines', () => {
  const isHidden = (line: string): boolean => line.startsWith('secret');
  test.each<[string, string, string, string]>([
    ['are no context', 'secret\na\nb\nc\n', 'secret\na\nB\nc\n', '@@ -2,3 +2,3 @@\n a\n-b\n+B\n c\n'],
    ['part hunks', 'a\nb\nsecret\nc\nd\n', 'A\nb\nsecret\nc\nD\n', '@@ -1,2 +1,2 @@\n-a\n+A\n b\n@@ -4,2 +4,2 @@\n c\n-d\n+D\n'],
    ['are not changed', 'a\nsecret 1\n', 'a\nsecret 2\n', HIDDEN],
    ['do not stand right behind', 'a\nsecret\nb\n', 'A\nsecret\nb\n', HIDDEN],
  ])('%s', (_name, before, after, expected) => {
    expect(unifiedDiff(before, after, { isHidden })).toBe(expected);
  });
});

describe('a file', () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ['a b.yaml', 'x: 1\n', 'x: 2\n', 'diff --git a/a b.yaml b/a b.yaml\n--- a/a b.yaml\t\n+++ b/a b.yaml\t\n@@ -1 +1 @@\n-x: 1\n+x: 2\n'],
    [
      'new.yaml',
      undefined,
      'x\n',
      'diff --git a/new.yaml b/new.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/new.yaml\n@@ -0,0 +1 @@\n+x\n',
    ],
    [
      'old.yaml',
      'x\n',
      undefined,
      'diff --git a/old.yaml b/old.yaml\ndeleted file mode 100644\n--- a/old.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n',
    ],
    [
      'ü".yaml',
      'x',
      'y',
      'diff --git "a/\\303\\274\\".yaml" "b/\\303\\274\\".yaml"\n--- "a/\\303\\274\\".yaml"\n+++ "b/\\303\\274\\".yaml"\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n',
    ],
    ['same.yaml', 'x\n', 'x\n', ''],
  ])('%s', (path, before, after, expected) => {
    expect(gitPatch({ path, before, after })).toBe(expected);
  });
});
