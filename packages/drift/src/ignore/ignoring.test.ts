import { CONFIG_SCHEMA, type Resource } from '@plumbline/core';
import { expect, test } from 'vitest';
import { object, ports, side } from '../../test/ports.ts';
import { type Drift, driftOf } from '../drift.ts';
import { builtInSetNames, type IgnoringOptions, ignoringOf } from './ignoring.ts';

const deployment = (replicas: number, image = 'proxy:1', more = ''): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop${more}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}, {name: proxy, image: "${image}"}]}
`;
const scaler = (kind: string, apiVersion: string, target: string): string =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: scale, namespace: shop}\nspec: {maxReplicas: 9, scaleTargetRef: ${target}}\n`;
const settings = (value: string, metadata = ''): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop${metadata}}\ndata: {a: "${value}", "a*": "${value}"}\n`;

/** Each changed place as `class pointer why`, after `status`. */
function told(drifts: readonly Drift[]): string[] {
  return drifts.flatMap(({ status, changes }) => [
    status,
    ...changes.map(({ class: of, path, why }) => `${of} /${path.join('/')}${of === 'drift' ? '' : ` ${why}`}`),
  ]);
}

function compared(desired: string, actual: string, options: IgnoringOptions = {}): string[] {
  return told(driftOf(side(desired), side(actual), ports, { ignoring: ignoringOf(options) }));
}

/** Of the first objects, with those that both sides have after them out of the way. */
const beside = (desired: string, actual: string, both: string): string[] =>
  told(driftOf(side(desired + both), side(actual + both), ports)).filter((each) => each !== 'in-sync' || desired === actual);

test.each<[string, IgnoringOptions, string[]]>([
  ['no rule', {}, ['changed', 'drift /spec/replicas', 'drift /spec/template/spec/containers/1/image']],
  [
    'one of two changes',
    { rules: [{ pointers: ['/spec/template/spec/containers/[name=proxy]/image'], reason: 'the mesh sets it' }] },
    ['changed', 'drift /spec/replicas', 'ignored /spec/template/spec/containers/1/image ignored: the mesh sets it'],
  ],
  [
    'both, so that it is in sync',
    { rules: [{ target: { kind: 'Deploy*', namespace: 'sh*' }, expressions: ['$.spec'], reason: 'theirs' }] },
    ['in-sync', 'ignored /spec/replicas ignored: theirs', 'ignored /spec/template/spec/containers/1/image ignored: theirs'],
  ],
  [
    'files that the rule is not about',
    { rules: [{ pointers: ['/spec'], paths: ['other/**'], reason: 'x' }] },
    ['changed', 'drift /spec/replicas', 'drift /spec/template/spec/containers/1/image'],
  ],
  [
    'files that it is about',
    { rules: [{ pointers: ['/spec/replicas', '/**/image'], paths: ['apps'], reason: 'x' }] },
    ['in-sync', 'ignored /spec/replicas ignored: x', 'ignored /spec/template/spec/containers/1/image ignored: x'],
  ],
  [
    'another manager than the one that owns it',
    { rules: [{ pointers: ['/spec'], managers: ['nobody'], reason: 'x' }] },
    ['changed', 'drift /spec/replicas', 'drift /spec/template/spec/containers/1/image'],
  ],
])('%s', (_name, options, expected) => {
  expect(compared(deployment(2), deployment(4, 'proxy:2'), options)).toEqual(expected);
});

const custom = (spec: string): string => `apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, uid: u}\nspec: {${spec}}\n`;

test.each<[string, string, string, string, string[]]>([
  [
    'an item more in a list that is one value',
    'l: [{name: a}]',
    'l: [{name: a}, {name: b}]',
    '.spec.l[] | select(.name == "b")',
    ['in-sync', 'ignored /spec/l ignored: x'],
  ],
  [
    'that item and another',
    'l: [{name: a}]',
    'l: [{name: c}, {name: b}]',
    '.spec.l[] | select(.name == "b")',
    ['changed', 'drift /spec/l'],
  ],
  ['all that a member has', 'm: {p: {q: 1}}', '', '$.spec.m.p', ['in-sync', 'ignored /spec/m ignored: x']],
  ['a part of what it has', 'm: {p: 1, r: 2}', '', '$.spec.m.p', ['changed', 'drift /spec/m']],
  ['at any depth', 'l: [{n: {h: 1}}]', 'l: [{n: {h: 2}}, {h: 3}]', '$..h', ['changed', 'drift /spec/l']],
  ['at any depth, of equally many', 'l: [{n: {h: 1}}, 1]', 'l: [{n: {h: 2}}, 1, 2]', '$..l[2]', ['changed', 'drift /spec/l']],
  ['an item by its place', 'l: [1, 2]', 'l: [1, 2, 3]', '$.spec.l[2]', ['in-sync', 'ignored /spec/l ignored: x']],
])('a rule about places inside of what differs: %s', (_name, desired, live, expression, expected) => {
  expect(compared(custom(desired), custom(live), { rules: [{ expressions: [expression], reason: 'x' }] })).toEqual(expected);
});

test('an item that is missing is missing, whatever of it is ignored', () => {
  const port = (more: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: s, uid: u}\nspec: {clusterIP: None, ports: [{port: 80, name: a, protocol: TCP, targetPort: 80}${more}]}\n`;
  const rules = [{ pointers: ['/spec/ports/*/port', '/spec/ports/*/protocol', '/spec/ports/*/name'], reason: 'x' }];
  expect(compared(port(', {port: 81, name: b, protocol: TCP}'), port(''), { rules })).toEqual(['changed', 'drift /spec/ports/1']);
});

test('rules that expired or covered nothing are told; of what was not compared nobody knows', () => {
  const [old, dead, open] = [
    { pointers: ['/data'], reason: 'old', expires: '2026-01-07' },
    { target: { kind: 'ConfigMap' }, pointers: ['/data/b'], reason: 'dead' },
    { target: { kind: 'Secret' }, pointers: ['/data'], reason: 'open' },
  ];
  const ignoring = ignoringOf({ rules: [old, dead, open], today: '2026-01-08' });
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n';
  const unreadOf = ({ gvk }: Resource): string | undefined => (gvk.kind === 'Secret' ? 'forbidden' : undefined);
  const drifts = driftOf(side(`${secret}${settings('1')}`), side(settings('2')), ports, { ignoring, unreadOf });
  expect(told(drifts)).toEqual(['not-evaluated', 'changed', 'drift /data/a', 'drift /data/a*']);
  expect([ignoring.expired, ignoring.unused()]).toEqual([[old], [dead]]);
});

const MANAGED = `, uid: u, managedFields: [{manager: other, operation: Update, fieldsV1: {"f:data": {"f:b": {}, "f:a": {}}}}]`;

test('what others own is of their manager, until a rule is about it', () => {
  const live = settings('1', MANAGED).replace('\ndata: {', '\ndata: {b: "1", ');
  expect(compared(settings('1'), live)).toEqual(['in-sync', 'unmanaged /data/b another manager set it, and the source does not']);
  expect(compared(settings('1'), live, { rules: [{ managers: ['oth*'], reason: 'x' }] })).toEqual([
    'in-sync',
    'ignored /data/b ignored: x',
  ]);
});

test('a rule about managers covers no object as a whole, one about the empty pointer does', () => {
  const gone = (options: IgnoringOptions): string[] =>
    told(driftOf([], side(settings('1', MANAGED)), ports, { prunes: () => true, ignoring: ignoringOf(options) }));
  expect(gone({ rules: [{ managers: ['other'], reason: 'x' }] })).toEqual(['extra', 'drift /']);
  expect(gone({ rules: [{ pointers: [''], reason: 'x' }] })).toEqual(['in-sync', 'ignored / ignored: x']);
});

test.each<[string, string, string[]]>([
  [
    'an autoscaler of the target',
    scaler('HorizontalPodAutoscaler', 'autoscaling/v2', '{apiVersion: apps/v1, kind: Deployment, name: web}'),
    ['ignored /spec/replicas ignored: HorizontalPodAutoscaler "scale" sets the replicas (built-in set "autoscaled-replicas")'],
  ],
  [
    'one of something else',
    scaler('HorizontalPodAutoscaler', 'autoscaling/v2', '{apiVersion: apps/v1, kind: StatefulSet, name: web}'),
    ['changed', 'drift /spec/replicas'],
  ],
  [
    'one of KEDA, which takes a Deployment by default',
    scaler('ScaledObject', 'keda.sh/v1alpha1', '{name: web}'),
    ['ignored /spec/replicas ignored: ScaledObject "scale" sets the replicas (built-in set "autoscaled-replicas")'],
  ],
  ['none', '', ['changed', 'drift /spec/replicas']],
])('replicas, where there is %s', (_name, both, expected) => {
  expect(beside(deployment(2), deployment(4), both)).toEqual(expected);
});

test('replicas that the source does not say are unmanaged, autoscaler or not', () => {
  const desired = deployment(2).replace('  replicas: 2\n', '');
  const both = scaler('HorizontalPodAutoscaler', 'autoscaling/v2', '{apiVersion: apps/v1, kind: Deployment, name: web}');
  const why = 'unmanaged /spec/replicas the source does not set it; who did is not recorded';
  expect([beside(desired, deployment(4), both), beside(desired, deployment(4), '')]).toEqual([[why], [why]]);
});

test('a built-in set can be turned off; the configuration knows the names', () => {
  const both = scaler('HorizontalPodAutoscaler', 'autoscaling/v2', '{apiVersion: apps/v1, kind: Deployment, name: web}');
  const ignoring = ignoringOf({ withoutSets: ['autoscaled-replicas'] });
  const drifts = driftOf(side(deployment(2) + both), side(deployment(4) + both), ports, { ignoring });
  expect(told(drifts)).toEqual(['changed', 'drift /spec/replicas', 'in-sync']);
  expect(CONFIG_SCHEMA.properties?.drift?.properties?.withoutBuiltInSets?.items?.enum).toEqual(builtInSetNames());
});

const hook = (bundle: string, annotation = ''): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w${annotation}}\nwebhooks: [{name: a.b.c, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: "https://x", caBundle: ${bundle}}}]\n`;
const BUNDLE = 'ignored /webhooks/0/clientConfig/caBundle ignored: the CA bundle is injected (built-in set "injected-ca-bundles")';

test.each([
  ['asked for by an annotation', 'QQ==', ', annotations: {cert-manager.io/inject-ca-from: a/b}', ['in-sync', BUNDLE]],
  ['where a placeholder is written', 'Cg==', '', ['in-sync', BUNDLE]],
  ['of nobody', 'QQ==', '', ['changed', 'drift /webhooks/0/clientConfig/caBundle']],
])('a CA bundle %s', (_name, bundle, annotation, expected) => {
  expect(compared(hook(bundle, annotation), hook('TElWRQ==', annotation))).toEqual(expected);
});

test('rules of an aggregated role', () => {
  const role = (verb: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\nrules: [{apiGroups: [""], resources: [pods], verbs: [${verb}]}]\n`;
  expect(compared(role('get'), role('list'))).toEqual([
    'in-sync',
    'ignored /rules/0/verbs/0 ignored: the rules are aggregated of other roles (built-in set "aggregated-roles")',
  ]);
});

const application = (source: string, ignore: string, name = 'shop'): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {source: ${source}, ignoreDifferences: [${ignore}]}\n`;
const tracked = (app: string): string => `, annotations: {argocd.argoproj.io/tracking-id: "${app}:/ConfigMap:shop/settings"}`;
const A = 'ignored /data/a ignored: ignoreDifferences of the Application "shop"';
const DATA_A = '{kind: ConfigMap, jsonPointers: [/data/a]}';

test.each<[string, string, string, string[]]>([
  ['by its folder', application('{path: ./apps/}', DATA_A), '', ['changed', A, 'drift /data/a*']],
  ['not by another folder', application('{path: apps/web}', DATA_A), '', ['changed', 'drift /data/a', 'drift /data/a*']],
  ['not by the folder above', application('{path: .}', DATA_A), '', ['changed', 'drift /data/a', 'drift /data/a*']],
  [
    'by a folder above, all the way down',
    application('{path: ., directory: {recurse: true}}', DATA_A),
    '',
    ['changed', A, 'drift /data/a*'],
  ],
  ['by what tracks the live object', application('{path: x}', DATA_A), tracked('shop'), ['changed', A, 'drift /data/a*']],
  ['in any namespace', application('{path: x}', DATA_A), tracked('argocd_shop'), ['changed', A, 'drift /data/a*']],
  ['not where another one tracks it', application('{path: apps}', DATA_A), tracked('b'), ['changed', 'drift /data/a', 'drift /data/a*']],
  ['by its label', application('{path: x}', DATA_A), ', labels: {app.kubernetes.io/instance: shop}', ['changed', A, 'drift /data/a*']],
  [
    'a star of a pointer is a star',
    application('{path: apps}', '{kind: "*", jsonPointers: ["/data/a*"]}'),
    '',
    ['changed', 'drift /data/a', 'ignored /data/a* ignored: ignoreDifferences of the Application "shop"'],
  ],
  [
    'of managers',
    application('{path: apps}', '{kind: ConfigMap, managedFieldsManagers: [other]}'),
    MANAGED,
    ['changed', A, 'drift /data/a*'],
  ],
  [
    'of other groups',
    application('{path: apps}', '{group: apps, kind: ConfigMap, jsonPointers: [/data]}'),
    '',
    ['changed', 'drift /data/a', 'drift /data/a*'],
  ],
])('ignoreDifferences hold for what the Application applies: %s', (_name, app, metadata, expected) => {
  expect(compared(settings('1', metadata), settings('2', metadata), { deployers: [object(app)] })).toEqual(expected);
});

test.each([
  ['"{{path}}"', '[{git: {directories: [{path: "ap*"}]}}]', true],
  ['"{{.path.path}}"', '[{matrix: {generators: [{git: {directories: [{path: apps}]}}, {list: {elements: []}}]}}]', true],
  ['"{{path}}/live"', '[{git: {directories: [{path: apps}]}}]', false],
  ['"{{name}}"', '[]', true],
  ['"x/{{name}}"', '[]', false],
])('an ApplicationSet that applies %s of %s', (path, generators, isOwned) => {
  const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators: ${generators}\n  template: {metadata: {name: "{{name}}"}, spec: {source: {path: ${path}}, ignoreDifferences: [{kind: ConfigMap, jsonPointers: [/data]}]}}\n`;
  const why = 'ignored: ignoreDifferences of the ApplicationSet "all"';
  const expected = isOwned
    ? ['in-sync', `ignored /data/a ${why}`, `ignored /data/a* ${why}`]
    : ['changed', 'drift /data/a', 'drift /data/a*'];
  expect(compared(settings('1'), settings('2'), { deployers: [object(set)] })).toEqual(expected);
});

test.each([
  ['ConfigMap', tracked('any'), true],
  ['all', tracked('any'), true],
  ['ConfigMap', '', false],
  ['apps_ConfigMap', tracked('any'), false],
])('the settings of Argo CD, of %s, for what it tracks (%s)', (key, metadata, isIgnored) => {
  const name = `resource.customizations.ignoreDifferences.${key}`;
  const own = object(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n  ${name}: |\n    jqPathExpressions: [.data.a]\n`,
  );
  const first = isIgnored ? `ignored /data/a ignored: "${name}" of argocd-cm` : 'drift /data/a';
  expect(compared(settings('1', metadata), settings('2', metadata), { deployers: [own] })).toEqual(['changed', first, 'drift /data/a*']);
});

const RELEASED = ', labels: {helm.toolkit.fluxcd.io/name: web, helm.toolkit.fluxcd.io/namespace: flux, tier: a}';
const release = (ignore: string, namespace = 'flux'): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: ${namespace}}\nspec: {driftDetection: {mode: enabled, ignore: [${ignore}]}}\n`;

test.each<[string, string, boolean]>([
  ['without a target', release('{paths: [/data]}'), true],
  ['of another release', release('{paths: [/data]}', 'other'), false],
  ['of a whole object', release('{paths: [""]}'), true],
  ['by a pattern', release('{paths: [/data], target: {kind: "Config.*|Secret", version: v1, name: "(a|settings)"}}'), true],
  ['by a pattern for the whole of a name', release('{paths: [/data], target: {kind: ConfigMap, name: setting}}'), false],
  ['by labels', release('{paths: [/data], target: {labelSelector: "tier in (a, b),!x"}}'), true],
  ['by other labels', release('{paths: [/data], target: {labelSelector: "tier=b"}}'), false],
  ['by annotations', release('{paths: [/data], target: {annotationSelector: tier}}'), false],
])('driftDetection of a HelmRelease %s', (_name, own, isIgnored) => {
  const why = 'ignored: driftDetection of the HelmRelease "web"';
  const expected = isIgnored
    ? ['in-sync', `ignored /data/a ${why}`, `ignored /data/a* ${why}`]
    : ['changed', 'drift /data/a', 'drift /data/a*'];
  expect(compared(settings('1', RELEASED), settings('2', RELEASED), { deployers: [object(own)] })).toEqual(expected);
});

const byKustomization = (name: string): string =>
  `, labels: {kustomize.toolkit.fluxcd.io/name: ${name}, kustomize.toolkit.fluxcd.io/namespace: flux}`;

test.each([
  ['./apps', '', true],
  ['./apps', byKustomization('other'), false],
  ['./x', byKustomization('web'), true],
  ['./x', '', false],
])('ignore of a Flux Kustomization of %s, labels "%s"', (path, labels, isIgnored) => {
  const own = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: web, namespace: flux}\nspec: {path: ${path}, ignore: [{paths: [/data/a], target: {kind: ConfigMap}}]}\n`;
  const first = isIgnored ? 'ignored /data/a ignored: ignore of the Kustomization "web"' : 'drift /data/a';
  expect(compared(settings('1', labels), settings('2', labels), { deployers: [object(own)] })).toEqual([
    'changed',
    first,
    'drift /data/a*',
  ]);
});

test('what is not understood is told, and covers nothing', () => {
  const { problems, classified } = ignoringOf({
    deployers: [
      object(application('{path: apps}', '{kind: ConfigMap, jqPathExpressions: [".data | keys"]}')),
      object(release('{paths: [/data], target: {name: "("}}, {paths: [/data], target: {labelSelector: "a ~ b"}}')),
    ],
  });
  expect(problems.map(({ rule, problem }) => `${rule.reason}: ${problem}`)).toEqual([
    'ignoreDifferences of the Application "shop": ".data | keys": "| keys" is not understood',
    'driftDetection of the HelmRelease "web": "(": this regular expression is not understood',
    'driftDetection of the HelmRelease "web": "a ~ b": this selector is not understood',
  ]);
  const [desired] = side(settings('1', RELEASED));
  const [actual] = side(settings('2', RELEASED));
  const change = { path: ['data', 'a'], live: ['data', 'a'], op: 'replace', class: 'drift' } as const;
  expect(classified({ desired, actual }, [change])).toEqual([change]);
});

const marked = (key: string, value: string, part = 'annotations'): string => `, ${part}: {${key}: ${value}}`;
const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';

test.each<[string, string, string, string | undefined]>([
  ['Git', marked(`${KUSTOMIZE}/reconcile`, 'disabled'), '', 'Flux leaves it alone: reconcile is disabled'],
  ['a label', marked(`${KUSTOMIZE}/reconcile`, 'Disabled', 'labels'), '', 'Flux leaves it alone: reconcile is disabled'],
  ['the cluster', '', marked(`${KUSTOMIZE}/ssa`, 'Ignore'), 'Flux leaves it alone: ssa is Ignore'],
  ['a release', '', marked('helm.toolkit.fluxcd.io/driftDetection', 'disabled'), 'Flux leaves it alone: driftDetection is disabled'],
  ['create only', marked(`${KUSTOMIZE}/ssa`, 'IfNotPresent'), '', 'Flux only creates it: ssa is IfNotPresent'],
  ['nothing', marked(`${KUSTOMIZE}/reconcile`, 'enabled'), '', undefined],
])('objects that Flux leaves alone, as %s says', (_name, desired, actual, why) => {
  const data = compared(settings('1', desired), settings('2', actual)).filter((each) => each.includes('/data/a '));
  expect(data).toEqual(why === undefined ? [] : [`ignored /data/a ignored: ${why}`]);
});

test('a missing object that Flux does not apply is not missing; one that it only creates is', () => {
  expect(compared(settings('1', marked(`${KUSTOMIZE}/reconcile`, 'disabled')), '')).toEqual([
    'in-sync',
    'ignored / ignored: Flux leaves it alone: reconcile is disabled',
  ]);
  expect(compared(settings('1', marked(`${KUSTOMIZE}/ssa`, 'IfNotPresent')), '')).toEqual(['missing', 'drift /']);
});

test('what kubectl added stays where Flux merges', () => {
  const fields = ', uid: u, managedFields: [{manager: kubectl, operation: Update, fieldsV1: {"f:data": {"f:b": {}}}}]';
  const merge = `annotations: {${KUSTOMIZE}/ssa: Merge}`;
  const live = settings('1', `, ${merge}${fields}`).replace('\ndata: {', '\ndata: {b: "1", ');
  expect(compared(settings('1', `, ${merge}`), live)).toEqual([
    'in-sync',
    'ignored /data/b ignored: Flux keeps what others added: ssa is Merge',
  ]);
  expect(compared(settings('1'), settings('1', fields).replace('\ndata: {', '\ndata: {b: "1", '))).toEqual(['changed', 'drift /data/b']);
});

test('an extra object that Argo CD passes over does not count', () => {
  const passed = settings('1', marked('argocd.argoproj.io/compare-options', 'IgnoreExtraneous'));
  expect(told(driftOf([], side(passed), ports, { prunes: () => true }))).toEqual([
    'in-sync',
    'ignored / ignored: Argo CD passes it over: its compare options say IgnoreExtraneous',
  ]);
});
