import type { FileProblem, FileRule, ParsedFile } from '@plumbline/core';
import { conflictsIn } from '../conflict.ts';
import { isFlawless, NOTHING } from '../flawless.ts';

export const rule: FileRule = {
  id: 'yaml/merge-conflict-marker',
  title: 'No merge conflict is left in a file',
  why: 'The lines between the markers are two versions of the same text: the file means neither of them, and mostly does not parse.',
  remedy: 'Choose one side or join both, and delete the lines with <<<<<<<, ======= and >>>>>>>.',
  severity: 'error',
  class: 'broken',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n<<<<<<< HEAD\n  name: shop\n=======\n  name: store\n>>>>>>> main\n',
  },
  kinds: ['any/File'],
  checkFile(file) {
    const isSuspect = file.documents.some(({ text }) => text.includes('<<<<<<<'));
    return isSuspect || !isFlawless(file) ? judge(file, isSuspect) : NOTHING;
  },
};

function* judge(file: ParsedFile, isSuspect: boolean): Iterable<FileProblem> {
  const conflicts = isSuspect ? conflictsIn(file.text) : [];
  for (const { marker } of conflicts) {
    yield { range: marker, message: 'a merge conflict was left in the file' };
  }
  if (conflicts.length > 0) return;
  for (const document of file.documents) {
    const problem = document.problems.find(({ code }) => code === 'merge-conflict');
    if (problem !== undefined) yield { document, range: problem.range, message: problem.message };
  }
}
