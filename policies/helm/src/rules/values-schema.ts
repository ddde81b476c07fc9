import { chartFolderOf, coalesceValues, readChart } from '@plumbline/charts';
import type { NotEvaluated, Problem, Resource, ResourceRule, RuleContext } from '@plumbline/core';
import { chartOf } from '../chart-of.ts';
import { faultyValues, hasSchema, schemaAt } from '../faulty-values.ts';
import { fileLayer, type GivenLayer } from '../given-layer.ts';
import { givenTo } from '../given-values.ts';

export const rule: ResourceRule = {
  id: 'helm/values-schema',
  title: 'The values of a chart are such as its schema allows',
  why: 'Helm holds the values against values.schema.json before it renders the chart, and installs and upgrades nothing when they do not fit.',
  remedy: 'Correct the value, or the schema where it is too narrow.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://helm.sh/docs/topics/charts/#schema-files',
  kinds: ['helm/Chart', 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'],
  scope: 'repository',
  *check(resource, context) {
    if (resource.gvk.kind === 'Chart') yield* ofChart(resource, context);
    else yield* ofInstallations(resource, context);
  },
};

function* ofChart(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const chart = chartOf(resource, context);
  if (chart === undefined) return;
  const { inputs } = context.repository;
  if (!hasSchema(chart, inputs)) return;
  const schema = schemaAt(chart.folder, inputs);
  if (schema?.form === 'invalid') yield { message: schema.message, at: schema.at };
  if (schema?.form === 'unclear') yield { notEvaluated: `${schema.file}: ${schema.why}` };
  const alone = coalesceValues(chart, undefined);
  const { defaults } = chart;
  if (alone !== undefined && defaults !== undefined) yield* faultyValues(alone, [fileLayer(defaults)], inputs, { mayBeGiven: true });
  const inside = chart.folder === '' ? '' : `${chart.folder}/`;
  for (const path of inputs.list(chart.folder)) {
    if (!/^ci\/[^/]*-values\.ya?ml$/.test(path.slice(inside.length)) || chartFolderOf(path, inputs) !== chart.folder) continue;
    const layer = fileLayer(path, inputs);
    const tested = layer === undefined ? undefined : coalesceValues(chart, layer.value);
    if (layer !== undefined && tested !== undefined) yield* faultyValues(tested, [layer], inputs);
  }
}

function* ofInstallations(resource: Resource, { repository }: RuleContext): Iterable<Problem | NotEvaluated> {
  // A build that was not run may still change the values.
  if (resource.unit.state !== 'as-applied') return;
  const { inputs } = repository;
  for (const given of givenTo(resource, repository)) {
    const chart = readChart(given.folder, inputs);
    if (chart.metadata === undefined || !hasSchema(chart, inputs)) continue;
    if ('why' in given) {
      yield { notEvaluated: given.why };
      continue;
    }
    const values = coalesceValues(chart, given.values);
    const layers: readonly GivenLayer[] = given.layers;
    if (values !== undefined) yield* faultyValues(values, layers, inputs, { around: given.around });
  }
}
