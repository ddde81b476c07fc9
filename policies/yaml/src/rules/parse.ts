import type { FileProblem, FileRule, ParsedFile, ReadProblem } from '@plumbline/core';
import { isCommentJson } from '../comment-json.ts';
import { conflictsIn } from '../conflict.ts';
import { isFlawless, NOTHING } from '../flawless.ts';

/** What other rules of this pack report under their own names. */
const OTHERS: ReadonlySet<ReadProblem['code']> = new Set([
  'tab-indent',
  'merge-conflict',
  'undefined-alias',
  'bound-alias',
  'duplicate-key',
]);

export const rule: FileRule = {
  id: 'yaml/parse',
  title: 'Files are readable YAML or JSON',
  why: 'A document that does not parse cannot be applied, and one broken document stops the whole file: nothing after it is applied either.',
  remedy:
    'Mend the text at the place shown. Look at the line above too: a missing quote, colon or bracket is noticed only where the reader stumbles.',
  severity: 'error',
  class: 'broken',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  greeting: "hello"\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  greeting: "hello\n',
  },
  link: 'https://yaml.org/spec/1.2.2/',
  kinds: ['any/File'],
  checkFile: (file) => (isFlawless(file) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  if (file.role === 'helm-template') return;
  for (const document of file.documents) {
    const problem = document.problems.find(({ code, level }) => level !== 'note' && !OTHERS.has(code));
    if (problem === undefined) continue;
    if (problem.code === 'syntax' && explained(file, problem)) continue;
    yield { document, range: problem.range, message: problem.message };
  }
}

/** Whether the syntax error is no error (JSON with comments) or is said better by the rule for merge conflicts. */
function explained(file: ParsedFile, problem: ReadProblem): boolean {
  if (isCommentJson(file.file.path, file.text)) return true;
  return conflictsIn(file.text).some(({ marker, endLine }) => problem.range.line >= marker.line - 1 && problem.range.line <= endLine + 1);
}
