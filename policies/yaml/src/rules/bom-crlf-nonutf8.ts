import type { FileProblem, FileRule, ParsedFile } from '@plumbline/core';
import { isFlawless, NOTHING } from '../flawless.ts';
import { lineRange, linesOf } from '../text-lines.ts';

/** They turn the order of the text around, so that people read another text than the program does (CVE-2021-42574). */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
/** Characters of no width, with no use in a manifest. Joiners (U+200C, U+200D) are not here: scripts and emoji need them. */
const INVISIBLE = /[\u200b\u2060\ufeff]/;
/** Any of them, or CR. */
const SUSPECT = /[\r\u00a0\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
/** A no-break space where YAML wants white space: in the indentation, or after a dash or colon. */
const NO_BREAK = /^[ \t]*\u00a0|^[ \t]*-\u00a0|:\u00a0/;

export const rule: FileRule = {
  id: 'yaml/bom-crlf-nonutf8',
  title: 'Files are plain UTF-8 text without hidden characters',
  why: 'A reader of the change cannot see these characters, yet they become part of names and values, or make the text read otherwise than it works.',
  remedy: 'Delete the character, or retype the line. Save the file as UTF-8 without a byte order mark and with one kind of line end.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "shop\u200b"\n',
  },
  link: 'https://www.unicode.org/reports/tr9/',
  kinds: ['any/File'],
  checkFile: (file) => (file.role === 'unknown' || (isPlain(file) && isFlawless(file)) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  for (const document of file.documents) {
    // One that a reader of Kubernetes refuses is said by yaml/parse.
    for (const { code, level, range, message } of document.problems) {
      if (code === 'encoding' && level === 'note') yield { document, range, message };
    }
  }
  const { bytes } = file.file;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    yield { range: lineRange(0, 0, 0), message: 'the file begins with a byte order mark', severity: 'info' };
  }
  if (isPlain(file) || !SUSPECT.test(file.text)) return;
  yield* hiddenCharacters(file);
  yield* mixedLineEnds(file);
}

/** ASCII and no CR: as many characters as bytes. True of nearly every file, and quick to tell. */
function isPlain(file: ParsedFile): boolean {
  const [only, ...others] = file.documents;
  const text = only !== undefined && others.length === 0 ? only.text : file.text;
  return text.length === file.file.bytes.length && !text.includes('\r');
}

function* hiddenCharacters(file: ParsedFile): Iterable<FileProblem> {
  for (const [index, line] of linesOf(file.text).entries()) {
    const isComment = /^\s*#/.test(line);
    const at = line.search(BIDI);
    if (at >= 0) yield hidden(index, at, `the text direction character ${nameOf(line, at)}`, '');
    if (isComment) continue;
    const start = index === 0 && line.startsWith('\ufeff') ? 1 : 0;
    const invisible = line.slice(start).search(INVISIBLE);
    if (invisible >= 0) yield hidden(index, invisible + start, `the invisible character ${nameOf(line, invisible + start)}`, '');
    const space = NO_BREAK.exec(line);
    if (space === null) continue;
    const column = space.index + space[0].length - 1;
    yield hidden(index, column, `a no-break space (${nameOf(line, column)}) in place of a space`, ' ');
  }
}

/** Suggested only: a text may need the character, rare as that is. */
function hidden(line: number, column: number, what: string, newText: string): FileProblem {
  const range = lineRange(line, column, column + 1);
  const title = newText === '' ? 'delete the character' : 'write a space';
  return { range, message: `the line holds ${what}`, fix: { title, safe: false, edits: [{ ...range, newText }] } };
}

function nameOf(line: string, at: number): string {
  return `U+${line.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A whole file with CRLF is how Git checks out on Windows, and no fault; a mixture comes from an editor. */
function* mixedLineEnds(file: ParsedFile): Iterable<FileProblem> {
  const first = file.text.indexOf('\r\n');
  if (first < 0 || !/(?<!\r)\n/.test(file.text)) return;
  const line = file.text.slice(0, first).split('\n').length;
  const length = first - (file.text.lastIndexOf('\n', first - 1) + 1);
  yield { range: lineRange(line - 1, length, length), message: 'some lines end with CRLF, others with LF', severity: 'info' };
}
