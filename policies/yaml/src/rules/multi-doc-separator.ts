import type { FileProblem, FileRule } from '@plumbline/core';
import { NOTHING } from '../flawless.ts';
import { isKubernetesObject } from '../kubernetes-object.ts';
import { lineRange, linesOf } from '../text-lines.ts';

export const rule: FileRule = {
  id: 'yaml/multi-doc-separator',
  title: 'Documents of a file are parted by one line "---"',
  why: 'Kubernetes splits a file at lines that start with "---" and nowhere else: what follows a line "..." is never read, although YAML has a new document there.',
  remedy: 'Put one line "---" between two documents, and nothing at the end of the last.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: store\n',
    fail: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n...\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: store\n',
  },
  link: 'https://github.com/kubernetes/apimachinery/blob/master/pkg/util/yaml/decoder.go',
  kinds: ['any/File'],
  checkFile(file) {
    if (file.role !== 'manifest' || (file.documents.length === 1 && !file.documents[0]?.text.includes('...'))) return NOTHING;
    if (!file.documents.some(isKubernetesObject) || !SUSPECT.test(file.text)) return NOTHING;
    const lines = linesOf(file.text);
    return [...lostDocuments(lines), ...emptyDocuments(lines)];
  },
};

/** A line `...`, or two separators in a row: without a match no line is looked at. */
const SUSPECT = /^\.\.\.\s*$|^---[ \t]*\r?\n(?:[ \t]*\r?\n)*---[ \t]*\r?$/m;

/** `...` ends a document for YAML, but Kubernetes does not split there: what comes next, up to `---`, is never read. */
function* lostDocuments(lines: readonly string[]): Iterable<FileProblem> {
  for (const [index, line] of lines.entries()) {
    if (!/^\.\.\.\s*$/.test(line)) continue;
    const next = lines.slice(index + 1).find((after) => !/^\s*(#.*)?$/.test(after) && !/^(\.\.\.|%)/.test(after));
    if (next === undefined || next.startsWith('---')) continue;
    yield {
      range: lineRange(index, 0, 3),
      message: 'what follows "..." is lost',
      fix: { title: 'part the documents with "---"', safe: true, edits: [{ ...lineRange(index, 0, line.length), newText: '---' }] },
    };
  }
}

/** Two separators with nothing between them, not even a comment. Harmless, so one word for the file. */
function* emptyDocuments(lines: readonly string[]): Iterable<FileProblem> {
  for (const [index, line] of lines.entries()) {
    if (!/^---\s*$/.test(line)) continue;
    const next = lines.findIndex((after, at) => at > index && after.trim() !== '');
    if (next < 0 || !/^---\s*$/.test(lines[next] ?? '')) continue;
    yield {
      range: lineRange(index, 0, 3),
      message: 'nothing stands between two separators',
      severity: 'info',
      fix: {
        title: 'remove the empty document',
        safe: true,
        edits: [{ line: index + 1, column: 1, endLine: next + 1, endColumn: 1, newText: '' }],
      },
    };
    return;
  }
}
