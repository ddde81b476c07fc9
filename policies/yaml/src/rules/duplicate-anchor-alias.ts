import type { FileProblem, FileRule, ParsedFile } from '@plumbline/core';
import { isFlawless, NOTHING } from '../flawless.ts';

export const rule: FileRule = {
  id: 'yaml/duplicate-anchor-alias',
  title: 'Every alias has its anchor before it in the same document',
  why: 'An alias (*name) without an anchor (&name) stops the reader. Anchors end with their document: one from before "---" is not known after it.',
  remedy:
    'Define the anchor before the alias in the same document, or write the value out. Quote a text that only happens to start with "*".',
  severity: 'error',
  class: 'broken',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: &name shop\n  labels:\n    app: *name\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  labels:\n    app: *name\n',
  },
  link: 'https://yaml.org/spec/1.2.2/#71-alias-nodes',
  kinds: ['any/File'],
  checkFile: (file) => (isFlawless(file) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  if (file.role === 'helm-template') return;
  for (const document of file.documents) {
    // An anchor that is set again is legal and people use it on purpose: the next alias means the nearest one above.
    for (const { code, range, message } of document.problems) {
      if (code === 'undefined-alias') yield { document, range, message };
    }
  }
}
