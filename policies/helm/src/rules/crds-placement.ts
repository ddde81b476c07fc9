import type { Problem, ResourceRule } from '@plumbline/core';
import { chartOf } from '../chart-of.ts';
import { documentsOf, linesBelow, type TemplateDocument } from '../template-documents.ts';

// Definitions in templates are what many charts choose, since Helm never upgrades what lies in crds/: only what cannot be installed is said.
export const rule: ResourceRule = {
  id: 'helm/crds-placement',
  title: 'A chart does not template a definition together with objects of its kind',
  why: 'Helm asks the cluster for the kind of every object of a release before it creates the first, so that the first installation fails where the definition is in the release itself.',
  remedy: 'Move the definition to crds/, which Helm installs first, or the objects to a chart of their own.',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  link: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check(resource, context): Iterable<Problem> {
    const chart = chartOf(resource, context);
    if (chart === undefined) return;
    const documents = documentsOf(chart);
    const defined = new Map<string, TemplateDocument>();
    for (const document of documents) {
      const kind = document.kind === 'CustomResourceDefinition' ? definedKind(document) : undefined;
      if (kind !== undefined) defined.set(kind, document);
    }
    if (defined.size === 0) return;
    for (const document of documents) {
      const group = document.apiVersion?.includes('/') === true ? document.apiVersion.split('/')[0] : undefined;
      const definition = defined.get(`${group}/${document.kind}`);
      // A hook is created after the release, which brings the definition.
      if (definition === undefined || document.lines.some((line) => line.includes('helm.sh/hook'))) continue;
      const index = document.lines.findIndex((line) => line.startsWith('kind:'));
      const line = document.line + index;
      const text = document.lines[index] ?? '';
      yield {
        message: `the definition of ${document.kind} is a template too (${definition.file}): Helm knows the kind only after it is installed`,
        at: { file: document.file, line, column: 1, endLine: line, endColumn: text.trimEnd().length + 1 },
      };
    }
  },
};

/** Group and kind, where both are written out. */
function definedKind(document: TemplateDocument): string | undefined {
  const lines = linesBelow(document, 'spec').map(({ text }) => text);
  const indent = /^ +(?=\S)/.exec(lines.find((line) => /^ +[^\s{#]/.test(line)) ?? '')?.[0];
  if (indent === undefined) return undefined;
  const group = valueIn(lines, new RegExp(`^${indent}group:`));
  const from = lines.findIndex((line) => new RegExp(`^${indent}names:`).test(line));
  if (group === undefined || from < 0) return undefined;
  const after = lines.slice(from + 1);
  const end = after.findIndex((line) => new RegExp(`^${indent}[^\\s{#]`).test(line));
  const kind = valueIn(end < 0 ? after : after.slice(0, end), /^ +kind:/);
  return kind === undefined ? undefined : `${group}/${kind}`;
}

function valueIn(lines: readonly string[], key: RegExp): string | undefined {
  const line = lines.find((each) => key.test(each));
  return line === undefined ? undefined : /^[^:]*:\s*["']?([\w.-]+)["']?\s*(?:#.*)?$/.exec(line)?.[1];
}
