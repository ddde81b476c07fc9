import type { FileProblem, FileRule, ParsedFile } from '@plumbline/core';
import { isFlawless, NOTHING } from '../flawless.ts';
import { untab } from '../untab.ts';

export const rule: FileRule = {
  id: 'yaml/tabs-indent',
  title: 'YAML is indented with spaces',
  why: 'YAML forbids tabs in indentation, because their width is not the same for everybody: the document does not parse.',
  remedy: 'Replace each tab by spaces, as many as the lines around it have, and set the editor to insert spaces in YAML files.',
  severity: 'error',
  class: 'broken',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: shop\n',
  },
  link: 'https://yaml.org/spec/1.2.2/#61-indentation-spaces',
  kinds: ['any/File'],
  checkFile: (file) => (isFlawless(file) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  if (file.role === 'helm-template') return;
  for (const document of file.documents) {
    // The first is enough: a file that has one has many.
    const problem = document.problems.find(({ code }) => code === 'tab-indent');
    if (problem === undefined) continue;
    const fix = untab(file.file, file.text);
    yield { document, range: problem.range, message: problem.message, ...(fix === undefined ? {} : { fix }) };
  }
}
