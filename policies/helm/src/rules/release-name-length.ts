import type { Problem, ResourceRule } from '@plumbline/core';
import { chartOf } from '../chart-of.ts';
import { documentsOf, linesBelow } from '../template-documents.ts';

/** Helm takes names of releases of up to so many characters; that of a Service has at most 63. */
const RELEASE = 53;
const LIMIT = 63;

export const rule: ResourceRule = {
  id: 'helm/release-name-length',
  title: 'The name of a Service has room for any name of a release',
  why: 'A release may be called by 53 characters. The API server refuses a Service whose name is longer than 63, and the release fails with it.',
  remedy: 'Cut the name: {{ printf "%s-NAME" .Release.Name | trunc 63 | trimSuffix "-" }}.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check(resource, context): Iterable<Problem> {
    const chart = chartOf(resource, context);
    if (chart === undefined) return;
    for (const document of documentsOf(chart)) {
      if (document.kind !== 'Service' || document.apiVersion !== 'v1') continue;
      for (const { text, line } of linesBelow(document, 'metadata')) {
        const found = /^ {2}name:\s*(["']?)([a-z0-9-]*)\{\{-?\s*\$?\.Release\.Name\s*-?\}\}([a-z0-9-]*)\1\s*(?:#.*)?$/.exec(text);
        const own = `${found?.[2] ?? ''}${found?.[3] ?? ''}`.length;
        if (found === null || RELEASE + own <= LIMIT) continue;
        const column = text.indexOf(':') + 2 + (/^\s*/.exec(text.slice(text.indexOf(':') + 1))?.[0].length ?? 0);
        const at = { file: document.file, line, column, endLine: line, endColumn: text.replace(/\s+(?:#.*)?$/, '').length + 1 };
        yield { message: `with a release of ${RELEASE} characters the name has ${RELEASE + own}; a Service has at most ${LIMIT}`, at };
      }
    }
  },
};
