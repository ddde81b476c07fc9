import type { Problem, ResourceRule } from '@plumbline/core';
import { chartOf } from '../chart-of.ts';
import { documentsOf, linesBelow } from '../template-documents.ts';

export const rule: ResourceRule = {
  id: 'helm/namespace-hardcoded',
  title: 'A chart leaves the namespace to whoever installs it',
  why: 'An object with a namespace of its own lands there wherever the release is installed, and a second release takes it from the first.',
  remedy: 'Leave metadata.namespace out, or write {{ .Release.Namespace }}.',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check(resource, context): Iterable<Problem> {
    const chart = chartOf(resource, context);
    if (chart === undefined) return;
    for (const document of documentsOf(chart)) {
      for (const { text, line } of linesBelow(document, 'metadata')) {
        const found = /^( {2}| {4})namespace:\s*(["']?)([a-z0-9][a-z0-9-]*)\2\s*(?:#.*)?$/.exec(text);
        if (found === null) continue;
        const column = text.indexOf(found[3] ?? '', text.indexOf(':')) + 1;
        const at = { file: document.file, line, column, endLine: line, endColumn: column + (found[3] ?? '').length };
        yield { message: `the namespace "${found[3]}" is written into the template`, at };
      }
    }
  },
};
