import { type FileProblem, type FileRule, isArray, member } from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

export const rule: FileRule = {
  id: 'meta/bare-list-kind',
  title: 'Objects are written one by one, not in a List',
  why: 'A List is what "kubectl get -o yaml" prints. Kustomize patches and reviews see one long document, and tools differ in whether they look inside.',
  remedy: 'Write each item as a document of its own, with "---" between them.',
  severity: 'info',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n',
    fail: 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: a\n',
  },
  kinds: ['any/File'],
  checkFile(file) {
    if (file.role !== 'manifest') return NOTHING;
    let problems: FileProblem[] | undefined;
    for (const document of file.documents) {
      const kind = member(document.value, 'kind');
      if (typeof kind !== 'string' || !kind.endsWith('List')) continue;
      const items = member(document.value, 'items');
      if (!isArray(items) || member(document.value, 'apiVersion') === undefined) continue;
      const count = items.length === 1 ? '1 object' : `${items.length} objects`;
      problems ??= [];
      problems.push({ document, path: ['kind'], message: `the kind "${kind}" wraps ${count}` });
    }
    return problems ?? NOTHING;
  },
};
