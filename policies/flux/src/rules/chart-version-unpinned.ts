import { type FieldPath, mayGainFields, type Problem, type Resource, type ResourceRule, textAt, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_CHART, HELM_RELEASE } from '../kinds.ts';
import { isUnbounded } from '../version-range.ts';

const release = (version: readonly string[]): string =>
  example('HelmRelease', [
    'interval: 1h',
    'chart:',
    '  spec:',
    '    chart: cart',
    ...version,
    '    sourceRef:',
    '      kind: HelmRepository',
    '      name: charts',
  ]);

/** Ranges with an upper end are left alone: that upgrades of one series come by themselves is what people write them for. */
export const rule: ResourceRule = {
  id: 'flux/chart-version-unpinned',
  title: 'The version of a chart has an upper end',
  why: 'Flux takes whatever is newest: a major release of the chart goes live unseen, and Git does not show what runs.',
  remedy: 'Write the version (1.2.3), or a range that ends before the next breaking release (1.2.x, ^1.2.3).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/source/helmcharts/#version',
  examples: { pass: release(['    version: 1.2.3']), fail: release([]) },
  kinds: [HELM_RELEASE, HELM_CHART],
  *check(resource): Iterable<Problem> {
    const spec: FieldPath = resource.gvk.kind === 'HelmRelease' ? ['spec', 'chart', 'spec'] : ['spec'];
    // A chart that lies in Git or in a bucket has the version that lies there.
    if (valueAt(resource.object, [...spec, 'sourceRef', 'kind']) !== 'HelmRepository') return;
    yield* judge(resource, spec);
  },
};

function* judge(resource: Resource, spec: FieldPath): Iterable<Problem> {
  const path = [...spec, 'version'];
  const written = valueAt(resource.object, path);
  if (written === undefined || written === null || written === '') {
    if (!mayGainFields(resource)) yield { path: [...spec, 'chart'], part: 'key', message: 'the chart has no version: the newest is taken' };
    return;
  }
  const version = textAt(resource, path);
  if (version !== undefined && isUnbounded(version)) yield { path, message: `version "${version}" has no upper end` };
}
