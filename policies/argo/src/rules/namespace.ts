import {
  isPlain,
  isSlip,
  kindKey,
  type NotEvaluated,
  type Problem,
  type Related,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { APP_PROJECT, APPLICATION } from '../kinds.ts';

/**
 * Argo CD may be installed under any name, and told to look for Applications elsewhere: only a namespace that cannot be
 * meant is reported, or one beside that of the Argo CD which the repository itself holds.
 */
export const rule: ResourceRule = {
  id: 'argo/namespace',
  title: 'Applications and projects are in the namespace of Argo CD',
  why: 'Argo CD looks for projects in its own namespace only, and for Applications there unless it is told of others: what is elsewhere is never synced.',
  remedy: 'Put the object in the namespace of Argo CD ("argocd" by default).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/',
  examples: {
    pass: example('AppProject', ['sourceRepos: []']),
    fail: example('AppProject', ['sourceRepos: []'], 'shop', 'default'),
  },
  kinds: [APPLICATION, APP_PROJECT],
  scope: 'unit',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    const { namespace, gvk } = resource;
    if (namespace === undefined || !isPlain(namespace)) return;
    const path = ['metadata', 'namespace'];
    const home = homeOf(context);
    if (home !== undefined && home.resource.namespace === namespace) return;
    if (namespace === 'default' || isSlip(namespace, 'argocd')) {
      if (namespace === 'argo-cd') return;
      yield { path, message: `${gvk.kind} "${resource.name}" is in namespace "${namespace}"; did you mean "argocd"?` };
      return;
    }
    if (home === undefined || kindKey(gvk) !== APP_PROJECT) return;
    yield {
      path,
      message: `the project is in namespace "${namespace}", Argo CD in "${home.resource.namespace}"`,
      related: [home],
    };
  },
};

/** The settings of the only Argo CD in sight, which lie in its namespace. */
function homeOf({ inventory }: RuleContext): Related | undefined {
  const homes = inventory.byKind('ConfigMap').filter(({ name, namespace }) => name === 'argocd-cm' && namespace !== undefined);
  const [home, ...others] = homes;
  if (home === undefined || others.some(({ namespace }) => namespace !== home.namespace)) return undefined;
  return { resource: home, path: ['metadata', 'namespace'], message: 'the settings of Argo CD are here' };
}
