import { type Chart, readChart } from '@plumbline/charts';
import {
  type FieldPath,
  type JsonValue,
  member,
  type Problem,
  parse,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { chartOf } from '../chart-of.ts';
import { readsOfChart } from '../chart-reads.ts';
import { unusedValues } from '../unused-values.ts';

export const rule: ResourceRule = {
  id: 'helm/value-unused',
  title: 'The chart reads each value that it is given',
  why: 'Helm takes any value and says nothing of one that no template looks at: a slip in a name leaves the default in place.',
  remedy: 'Correct the name of the value, or remove it.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://helm.sh/docs/chart_template_guide/values_files',
  kinds: ['helm/Chart', 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'],
  scope: 'repository',
  *check(resource, context) {
    if (resource.gvk.kind === 'Chart') yield* ofChart(resource, context);
    else for (const { chart, value, at } of givenBy(resource, context)) yield* ofField(chart, value, at);
  },
};

/** Its own values, and other files of values beside them. */
function* ofChart(resource: Resource, context: RuleContext): Iterable<Problem> {
  const chart = chartOf(resource, context);
  if (chart === undefined) return;
  const { inputs } = context.repository;
  const inside = chart.folder === '' ? '' : `${chart.folder}/`;
  for (const path of inputs.list(chart.folder)) {
    if (!/^(?:values(?:[-._][^/]*)?|ci\/[^/]*-values)\.ya?ml$/.test(path.slice(inside.length))) continue;
    const file = inputs.read(path);
    const [document, ...others] = file === undefined ? [] : parse(file);
    if (document?.value === undefined || others.length > 0) continue;
    const reads = readsOfChart(chart, [document.value]);
    if (reads === undefined) return;
    for (const { path: at, message } of unusedValues(document.value, reads))
      yield { message, at: { file: path, ...document.rangeOf(at, 'key') } };
  }
}

interface Given {
  readonly chart: Chart;
  readonly value: JsonValue;
  readonly at: FieldPath;
}

function* ofField(chart: Chart, value: JsonValue, at: FieldPath): Iterable<Problem> {
  const reads = readsOfChart(chart, [value]);
  if (reads === undefined) return;
  for (const { path, message } of unusedValues(value, reads)) yield { path: [...at, ...path], part: 'key', message };
}

/** The values that an object gives to a chart of this repository. */
function givenBy({ object, gvk, document }: Resource, { repository }: RuleContext): readonly Given[] {
  const sources: { readonly path: JsonValue | undefined; readonly at: FieldPath }[] = [];
  if (gvk.kind === 'HelmRelease') {
    const spec = valueAt(object, ['spec', 'chart', 'spec']);
    if (valueAt(spec, ['sourceRef', 'kind']) === 'GitRepository') sources.push({ path: member(spec, 'chart'), at: ['spec', 'values'] });
  } else {
    sources.push({ path: valueAt(object, ['spec', 'source', 'path']), at: ['spec', 'source', 'helm', 'valuesObject'] });
    const several = valueAt(object, ['spec', 'sources']);
    for (const index of Array.isArray(several) ? several.keys() : [])
      sources.push({ path: valueAt(several, [index, 'path']), at: ['spec', 'sources', index, 'helm', 'valuesObject'] });
  }
  return sources.flatMap(({ path, at }): readonly Given[] => {
    const value = valueAt(object, at);
    const folder = typeof path === 'string' && value !== undefined ? repository.locate(path, document.file.path) : undefined;
    if (folder === undefined || value === undefined) return [];
    const chart = readChart(folder, repository.inputs);
    return chart.metadata === undefined ? [] : [{ chart, value, at }];
  });
}
