import type { FileProblem, FileRule, ParsedFile } from '@plumbline/core';
import { isFlawless, NOTHING } from '../flawless.ts';

export const rule: FileRule = {
  id: 'yaml/alias-bomb',
  title: 'Aliases expand to a bounded size',
  why: 'Aliases of aliases grow without limit: a few lines fill the memory of whatever reads them. Kubernetes refuses such a document, and so does this tool.',
  remedy: 'Write the values out, or use far fewer aliases.',
  severity: 'error',
  class: 'broken',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: &name shop\n  labels:\n    app: *name\n',
    fail: 'a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]\nh: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g]\ni: &i [*h, *h, *h, *h, *h, *h, *h, *h, *h]\n',
  },
  link: 'https://en.wikipedia.org/wiki/Billion_laughs_attack',
  kinds: ['any/File'],
  checkFile: (file) => (isFlawless(file) ? NOTHING : judge(file)),
};

function* judge(file: ParsedFile): Iterable<FileProblem> {
  for (const document of file.documents) {
    for (const { code, range, message } of document.problems) {
      if (code === 'bound-alias') yield { document, range, message };
    }
  }
}
