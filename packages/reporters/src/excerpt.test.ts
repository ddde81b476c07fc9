import type { Finding } from '@plumbline/core';
import { expect, test } from 'vitest';
import { REPORT } from '../testdata/handmade-report.ts';
import { columnWidth } from './column-width.ts';
import { createExcerpts } from './excerpt.ts';

/** The excerpt of a finding that stands on `word` in the first line of a text. */
function excerptOf(text: string, word: string, width = 60) {
  const column = text.indexOf(word) + 1;
  const location = { file: 'a.yaml', line: 1, column, endLine: 1, endColumn: column + word.length };
  const finding: Finding = {
    rule: 'a/b',
    class: 'quality',
    severity: 'info',
    message: '',
    resource: null,
    path: '',
    location,
    fingerprint: '',
  };
  return createExcerpts(REPORT, { sources: () => text, width })(finding);
}

/** What stands above the carets. */
function marked({ line, carets }: { readonly line: string; readonly carets: string }): string {
  const from = carets.indexOf('^');
  let at = 0;
  let shown = '';
  for (const char of line) {
    if (at >= from && at < carets.length) shown += char;
    at += columnWidth(char);
  }
  return shown;
}

test.each([20, 40, 60, 80, 120, 200])('the offending word is in sight at %i columns, whatever stands before it', (width) => {
  for (const before of [
    'x: 1, ',
    '"日本語": "🙂🙂", ',
    '\t\t"a":\t',
    `"${'🙂'.repeat(40)}": 1, `,
    `"${'y'.repeat(500)}": 1, `,
    '     '.repeat(20),
  ]) {
    for (const after of ['', `, "${'🙂'.repeat(90)}": 2`, `, z: ${'z'.repeat(300)}`]) {
      const excerpt = excerptOf(`{${before}wrong${after}`, 'wrong', width);
      expect(excerpt === undefined ? '' : marked(excerpt)).toBe('wrong');
      expect(columnWidth(`${excerpt?.line}`)).toBeLessThanOrEqual(width - 8);
      expect(excerpt?.line).not.toMatch(/\\u[0-9a-f]{4}/);
    }
  }
});

test('no line is shown of a file whose lines end otherwise than positions count them', () => {
  expect(excerptOf('kind: Secret\r\ndata: {}\r\n', 'Secret')?.line).toBe('kind: Secret');
  expect(excerptOf('# note\rkind: Secret\rdata:\r  password: abc', 'note')).toBeUndefined();
});
