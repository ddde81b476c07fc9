import { expect, test } from 'vitest';
import { object, ports, side } from '../../test/ports.ts';
import { driftOf } from '../drift.ts';
import { ignoringOf } from './ignoring.ts';

const application = (ignore: string, more = 'source: {path: apps}', kind = 'Application', name = 'shop'): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  ${more}\n  ignoreDifferences: [${ignore}]\n`;
const TRACKED = ', annotations: {argocd.argoproj.io/tracking-id: "shop:/ConfigMap:shop/settings"}';
const FIELDS = ', managedFields: [{manager: operator, operation: Update, fieldsV1: {"f:data": {"f:b": {}}}}]';
const map = (metadata = '', data = '{a: "1"}', name = 'settings'): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop${metadata}}\ndata: ${data}\n`;

/** Where the entries stand that name nothing. */
function idle(deployers: readonly string[], desired: string, actual: string): string[] {
  const ignoring = ignoringOf({ deployers: deployers.map(object) });
  const drifts = driftOf(side(desired), side(actual), ports, { ignoring });
  return ignoring.idle(drifts).map(({ path }) => path.join('/'));
}

const FIRST = ['spec/ignoreDifferences/0'];
const B = '{kind: ConfigMap, jsonPointers: [/data/b]}';

test.each<[string, string, string, string, string[]]>([
  ['a field that neither side has', application(B), map(), map(TRACKED), FIRST],
  [
    'one of two entries',
    application(`{kind: ConfigMap, jsonPointers: [/data/a]}, ${B}`),
    map(),
    map(TRACKED),
    ['spec/ignoreDifferences/1'],
  ],
  ['a field that is the same today', application('{kind: ConfigMap, jsonPointers: [/data/a]}'), map(), map(TRACKED), []],
  ['a field that only Git has', application(B), map('', '{b: "1"}'), map(TRACKED), []],
  ['a field that only the cluster has', application(B), map(), map(TRACKED, '{b: "1"}'), []],
  ['one of two pointers is of use', application('{kind: ConfigMap, jsonPointers: [/data/b, /data/a]}'), map(), map(TRACKED), []],
  ['a path at any depth', application('{kind: ConfigMap, jqPathExpressions: ["..b"]}'), map(), map(TRACKED), FIRST],
  ['a path at any depth that is there', application('{kind: ConfigMap, jqPathExpressions: ["..a"]}'), map(), map(TRACKED), []],
  ['a path that is not understood', application('{kind: ConfigMap, jqPathExpressions: [".data | keys"]}'), map(), map(TRACKED), []],
  ['objects of another kind', application('{kind: Secret, jsonPointers: [/data/b]}'), map(), map(TRACKED), []],
  ['a missing object', application(B), map() + map('', '{a: "1"}', 'other'), map(TRACKED), []],
  ['a live object that does not say who applies it', application(B), map(), map(), []],
  ['a live object of another Application', application(B), map(), map(TRACKED.replace('shop:', 'other:')), []],
  ['a chart beside the folder', application(B, 'sources: [{path: apps}, {chart: c}]'), map(), map(TRACKED), []],
  ['values beside the folder', application(B, 'sources: [{path: apps}, {ref: values}]'), map(), map(TRACKED), FIRST],
  ['a folder that was not compared', application(B, 'sources: [{path: apps}, {path: more}]'), map(), map(TRACKED), []],
  ['an ApplicationSet', application(B, 'template: {spec: {source: {path: apps}}}', 'ApplicationSet'), map(), map(TRACKED), []],
  ['a manager that writes nothing', application('{kind: ConfigMap, managedFieldsManagers: [nobody]}'), map(), map(TRACKED + FIELDS), FIRST],
  ['a manager that writes', application('{kind: ConfigMap, managedFieldsManagers: [operator]}'), map(), map(TRACKED + FIELDS), []],
  ['nothing is known of managers', application('{kind: ConfigMap, managedFieldsManagers: [nobody]}'), map(), map(TRACKED), []],
  [
    'a manager of use, in an entry with a field that is not there',
    application('{kind: ConfigMap, jsonPointers: [/data/b], managedFieldsManagers: [operator]}'),
    map(),
    map(TRACKED + FIELDS),
    [],
  ],
])('entries that name nothing: %s', (_name, deployer, desired, actual, expected) => {
  expect(idle([deployer], desired, actual)).toEqual(expected);
});

test('of two Applications of one name nothing is told', () => {
  expect(idle([application(B), application(B)], map(), map(TRACKED))).toEqual([]);
});

const kustomization = (path: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: web, namespace: flux}\nspec: {path: ${path}, ignore: [{paths: [/data/b], target: {kind: Config.*}}]}\n`;
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: flux}\nspec: {driftDetection: {ignore: [{paths: [/data/b]}]}}\n`;
const labelled = (by: string): string => `, labels: {${by}.toolkit.fluxcd.io/name: web, ${by}.toolkit.fluxcd.io/namespace: flux}`;

test.each([
  ['a Kustomization', kustomization('./apps'), labelled('kustomize'), ['spec/ignore/0']],
  ['a Kustomization of another folder', kustomization('./other'), labelled('kustomize'), []],
  ['a HelmRelease', RELEASE, labelled('helm'), ['spec/driftDetection/ignore/0']],
  ['another applier', RELEASE, labelled('kustomize'), []],
])('entries of Flux that name nothing: %s', (_name, deployer, labels, expected) => {
  expect(idle([deployer], map(), map(labels))).toEqual(expected);
});
