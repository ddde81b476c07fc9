import { isPlain, mayGainFields, type NotEvaluated, type Problem, type ResourceRule, textAt, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE } from '../kinds.ts';

const release = (upgrade: readonly string[]): string =>
  example('HelmRelease', [
    'interval: 1h',
    'chart:',
    '  spec:',
    '    chart: ./charts/cart',
    '    sourceRef:',
    '      kind: GitRepository',
    '      name: shop',
    ...upgrade,
  ]);

/** Of a chart that is not in sight it is not known whether it has definitions in "crds": most have none, or make them by a template. */
export const rule: ResourceRule = {
  id: 'flux/crds-policy',
  title: 'A release upgrades the definitions of its chart',
  why: 'By default Flux installs what lies in the folder "crds" of a chart once, and never again: after an upgrade the program meets definitions of the old release.',
  remedy: 'Set upgrade.crds to CreateReplace, or apply the definitions by themselves.',
  severity: 'info',
  class: 'quality',
  set: 'strict',
  link: 'https://fluxcd.io/flux/components/helm/helmreleases/#controlling-the-lifecycle-of-custom-resource-definitions',
  examples: { pass: release(['upgrade:', '  crds: CreateReplace']), fail: release([]), path: 'charts/cart/crds/case.yaml' },
  kinds: [HELM_RELEASE],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    if (valueAt(resource.object, ['spec', 'chart', 'spec', 'sourceRef', 'kind']) !== 'GitRepository' || mayGainFields(resource)) return;
    const path = textAt(resource, ['spec', 'chart', 'spec', 'chart']);
    const policy = valueAt(resource.object, ['spec', 'upgrade', 'crds']);
    if (path === undefined || !isPlain(path) || (policy !== undefined && policy !== 'Skip')) return;
    const file = resource.document.file.path;
    const chart = repository.unseenFrom(file) === undefined ? repository.locate(path, file) : undefined;
    if (chart === undefined || repository.kindOf(chart === '' ? 'crds' : `${chart}/crds`) !== 'folder') return;
    const message = 'the chart has a folder "crds", which no upgrade applies';
    if (policy === 'Skip') yield { path: ['spec', 'upgrade', 'crds'], message };
    else yield { path: ['spec', 'chart', 'spec', 'chart'], message };
  },
};
