import { expect, test } from 'vitest';
import { type Around, messagesOf, saidOf } from '../../../test/native-lines.ts';
import { ROOT } from '../place.ts';
import type { PodAround } from './around.ts';
import { checkScheduling } from './scheduling.ts';

const of = (spec: string, around: Around & PodAround = {}): string[] =>
  saidOf((object, judgement) => checkScheduling(object, ROOT.in('spec'), judgement, around), spec, around).map((line) =>
    line
      .replace('requiredDuringSchedulingIgnoredDuringExecution', 'required')
      .replace('preferredDuringSchedulingIgnoredDuringExecution', 'preferred'),
  );
const POD: PodAround = { metadata: { labels: { app: 'web' } } };
const long = (text: string): string =>
  text
    .replace(/\brequired:/g, 'requiredDuringSchedulingIgnoredDuringExecution:')
    .replace(/\bpreferred:/g, 'preferredDuringSchedulingIgnoredDuringExecution:');
const nodes = (terms: string): string => long(`affinity: {nodeAffinity: {${terms}}}`);
const pods = (terms: string): string => long(`affinity: {podAntiAffinity: {${terms}}}`);
const SELECTOR = 'labelSelector: {matchLabels: {app: web}}';

test.each([
  'nodeSelector: {a/b: "", kubernetes.io/os: linux}',
  'tolerations: [{operator: Exists}, {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}, {key: a, value: b}, {key: a, effect: ""}]',
  nodes(
    'required: {nodeSelectorTerms: [{}, {matchExpressions: [{key: a, operator: Gt, values: ["5"]}, {key: b, operator: Exists}], matchFields: [{key: metadata.name, operator: In, values: [n]}]}]}',
  ),
  nodes('preferred: [{weight: 100, preference: {matchExpressions: [{key: a, operator: In, values: [b]}]}}]'),
  pods(`required: [{topologyKey: a/b, ${SELECTOR}, namespaces: [a], matchLabelKeys: [tier], mismatchLabelKeys: [app]}]`),
  `topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, minDomains: 2, nodeAffinityPolicy: Honor, ${SELECTOR}}]`,
  'schedulingGates: [{name: a}, {name: b/c}]\nreadinessGates: [{conditionType: a/b}]\nnodeName: a.b\npriorityClassName: a.b',
])('%s is good', (spec) => {
  expect(of(spec)).toEqual([]);
});

test.each([
  ['nodeSelector: {a b: c, d: e/f}', 'meta/label-invalid spec.nodeSelector["a b"]', 'meta/label-invalid spec.nodeSelector.d'],
  ['tolerations: [{}]', 'schema/invalid spec.tolerations[0].operator'],
  ['tolerations: [{key: a, operator: Exists, value: b}]', 'schema/invalid spec.tolerations[0].value'],
  ['tolerations: [{key: a, operator: exists}]', 'schema/enum-case spec.tolerations[0].operator'],
  ['tolerations: [{key: a, operator: Gt, value: "5"}]', 'schema/invalid spec.tolerations[0].operator'],
  ['tolerations: [{key: a b, value: c d}]', 'meta/label-invalid spec.tolerations[0].value', 'meta/label-invalid spec.tolerations[0].key'],
  ['tolerations: [{key: a, operator: Exists, tolerationSeconds: 5}]', 'schema/invalid spec.tolerations[0].tolerationSeconds'],
  ['tolerations: [{key: a, operator: Exists, effect: NoStart}]', 'schema/invalid spec.tolerations[0].effect'],
  [nodes('required: {nodeSelectorTerms: []}'), 'schema/missing-required spec.affinity.nodeAffinity.required.nodeSelectorTerms'],
  [
    nodes(
      'required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}, {key: b, operator: Exists, values: [c]}, {key: d, operator: Lt, values: ["1", "2"]}, {key: e, operator: is}]}]}',
    ),
    'schema/missing-required spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[1].values',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[2].values',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[3].operator',
  ],
  [
    nodes(
      'required: {nodeSelectorTerms: [{matchExpressions: [{key: a b, operator: In, values: [c/d]}], matchFields: [{key: x, operator: In, values: [a, b]}, {key: metadata.name, operator: Exists, values: [A]}]}]}',
    ),
    'meta/label-invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].key',
    'meta/label-invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[0].values',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[0].key',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[1].operator',
    'schema/invalid spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[1].values[0]',
  ],
  [
    nodes('preferred: [{weight: 0}, {weight: 101, preference: {}}]'),
    'schema/invalid spec.affinity.nodeAffinity.preferred[0].weight',
    'schema/invalid spec.affinity.nodeAffinity.preferred[1].weight',
  ],
  [
    pods(`preferred: [{weight: 101, podAffinityTerm: {topologyKey: a b, ${SELECTOR}, namespaces: [A]}}]`),
    'schema/invalid spec.affinity.podAntiAffinity.preferred[0].weight',
    'meta/label-invalid spec.affinity.podAntiAffinity.preferred[0].podAffinityTerm.topologyKey',
    'schema/invalid spec.affinity.podAntiAffinity.preferred[0].podAffinityTerm.namespaces[0]',
  ],
  [
    pods(`required: [{topologyKey: a, ${SELECTOR}, matchLabelKeys: [a, b c], mismatchLabelKeys: [a]}]`),
    'meta/label-invalid spec.affinity.podAntiAffinity.required[0].matchLabelKeys[1]',
    'schema/invalid spec.affinity.podAntiAffinity.required[0].matchLabelKeys[0]',
  ],
  [
    `topologySpreadConstraints: [{maxSkew: -1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 0, nodeTaintsPolicy: honor, ${SELECTOR}}]`,
    'schema/invalid spec.topologySpreadConstraints[0].maxSkew',
    'schema/invalid spec.topologySpreadConstraints[0].minDomains',
    'schema/enum-case spec.topologySpreadConstraints[0].nodeTaintsPolicy',
  ],
  ['schedulingGates: [{name: a b}, {name: c}]', 'schema/invalid spec.schedulingGates[0].name'],
  ['readinessGates: [{conditionType: a b}]', 'meta/label-invalid spec.readinessGates[0].conditionType'],
  ['nodeName: A\npriorityClassName: b_c', 'schema/invalid spec.nodeName', 'schema/invalid spec.priorityClassName'],
])('%s', (spec, ...wanted) => {
  expect(of(spec)).toEqual(wanted);
});

test.each([
  [
    nodes('preferred: [{weight: 1, preference: {matchExpressions: [{key: a, operator: In, values: [a/b]}]}}]'),
    'schema/server-warning spec.affinity.nodeAffinity.preferred[0].preference.matchExpressions[0].values[0] (server-warning)',
  ],
  [
    'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]',
    'schema/server-warning spec.topologySpreadConstraints[0].labelSelector (server-warning)',
  ],
  [pods('required: [{topologyKey: a}]'), 'schema/server-warning spec.affinity.podAntiAffinity.required[0].labelSelector (server-warning)'],
])('%s is warned of', (spec, ...wanted) => {
  expect(of(spec)).toEqual(wanted);
});

test('matchLabelKeys of a Pod are added to its selector, those of a template are not; before 1.34 the selector of a spread may not have them at all', () => {
  const spread = `topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, ${SELECTOR}, matchLabelKeys: [app]}]`;
  const wanted = ['schema/invalid spec.topologySpreadConstraints[0].matchLabelKeys[0]'];
  expect(of(spread)).toEqual([]);
  expect(of(spread, POD)).toEqual(wanted);
  expect(of(spread, { metadata: { labels: {} } })).toEqual([]);
  expect(of(spread, { minor: 33 })).toEqual(wanted);
  expect(of(spread.replace(SELECTOR, 'labelSelector: null'))).toContain('schema/invalid spec.topologySpreadConstraints[0].matchLabelKeys');
});

test('what admission computes for a Pod may stand only as it computes it', () => {
  expect(of('priority: 0', POD)).toEqual([]);
  expect(of('priority: 5', POD)).toEqual(['schema/invalid spec.priority']);
  expect(of('priority: 5')).toEqual([]);
  expect(of('priority: 5\npriorityClassName: mine', POD)).toEqual([]);
  expect(of('priority: 2000000000\npriorityClassName: system-cluster-critical', POD)).toEqual([]);
  expect(of('priority: 2000000000\npriorityClassName: system-node-critical', POD)).toEqual(['schema/invalid spec.priority']);
  expect(of('preemptionPolicy: Never', POD)).toEqual(['schema/invalid spec.preemptionPolicy']);
  expect(of('overhead: {cpu: 1}', POD)).toEqual(['schema/invalid spec.overhead']);
  expect(of('nodeName: a\nschedulingGates: [{name: b}]', POD)).toEqual(['schema/invalid spec.nodeName']);
});

test('variables are left alone, and pairs of fields that a build may still change', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux.
  expect(of('tolerations: [{key: a, operator: "${OP}"}, {operator: "${OP}"}]\nnodeSelector: {a: "${B}"}', { isFilledIn: true })).toEqual([
    'meta/label-invalid skipped',
    'schema/invalid skipped',
  ]);
  expect(of('tolerations: [{effect: NoSchedule}, {key: a, operator: Exists, value: b}]', { mayGainFields: true })).toEqual([
    'schema/invalid skipped',
  ]);
});

test('the message says what to do', () => {
  const check = (spec: string): string[] => messagesOf((object, judgement) => checkScheduling(object, ROOT, judgement, {}), spec);
  expect(check('tolerations: [{effect: NoSchedule}]')).toEqual([
    'a toleration without a key tolerates every taint, which wants operator Exists',
  ]);
  expect(check('tolerations: [{key: a, operator: Exist}]')).toEqual(['"Exist" is none of Equal, Exists, did you mean "Exists"?']);
});
