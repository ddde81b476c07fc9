import { describe, expect, test } from 'vitest';
import { object, ports, randomFrom, side } from '../../test/ports.ts';
import { driftOf } from '../drift.ts';
import { applyOrder } from './apply-order.ts';
import { inApplyOrder } from './drift-order.ts';
import { whatIsLost, whyKept } from './prune.ts';

const one = (kind: string, name: string, more = ''): string =>
  `---\napiVersion: ${API[kind] ?? 'v1'}\nkind: ${kind}\nmetadata: {name: ${name}${more}}\n`;
const API: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  Shop: 'example.com/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
};
const note = (key: string, value: string): string => `, annotations: {argocd.argoproj.io/${key}: "${value}"}`;

test('what others need comes first, what judges them last, whatever order they come in', () => {
  const sorted = side(
    one('Namespace', 'n') +
      one('CustomResourceDefinition', 'shops') +
      one('ConfigMap', 'a') +
      one('ConfigMap', 'b') +
      one('Service', 's') +
      one('Deployment', 'd') +
      one('Shop', 'x') +
      one('ValidatingWebhookConfiguration', 'w'),
  );
  const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);
  const random = randomFrom(7);
  for (let round = 0; round < 50; round++) {
    const shuffled = [...sorted].sort(() => random(2) - 0.5);
    expect(names(applyOrder(shuffled))).toEqual(names(sorted));
  }
});

test('what is to be deleted comes last, the other way round', () => {
  const desired = side(one('Deployment', 'd') + one('Namespace', 'n'));
  const actual = side(one('Namespace', 'old') + one('Deployment', 'old'));
  const drifts = inApplyOrder(driftOf(desired, actual, ports, { prunes: () => true }));
  expect(drifts.map((each) => `${each.status} ${(each.desired ?? each.actual)?.gvk.kind}`)).toEqual([
    'missing Namespace',
    'missing Deployment',
    'extra Deployment',
    'extra Namespace',
  ]);
});

test('phases and waves of Argo CD come before kinds', () => {
  const given = side(
    one('ConfigMap', 'late', note('sync-wave', '2')) +
      one('Deployment', 'early', note('sync-wave', '-1')) +
      one('Deployment', 'before', note('hook', 'PreSync')) +
      one('Namespace', 'plain') +
      one('ConfigMap', 'after', note('hook', 'PostSync')),
  );
  expect(applyOrder(given).map(({ name }) => name)).toEqual(['before', 'early', 'plain', 'late', 'after']);
});

describe('what is pruned', () => {
  test.each<[string, string | undefined]>([
    [note('sync-options', 'Validate=false,Prune=false'), 'Argo CD keeps it: its sync options say Prune=false'],
    [', labels: {kustomize.toolkit.fluxcd.io/prune: disabled}', 'Flux keeps it: prune is disabled'],
    [', annotations: {helm.sh/resource-policy: keep}', 'Helm keeps it: its resource policy says so'],
    [note('sync-options', 'Prune=true'), undefined],
  ])('%s', (more, expected) => {
    expect(whyKept(object(one('ConfigMap', 'a', more)))).toBe(expected);
  });

  test('what goes with it, and what keeps it, is said with the drift', () => {
    const claim = (name: string, more = ''): string => one('PersistentVolumeClaim', name, more);
    const options = { prunes: () => true };
    const drifts = driftOf(
      side(one('ConfigMap', 'a')),
      side(claim('gone') + claim('kept', note('sync-options', 'Prune=false'))),
      ports,
      options,
    );
    expect(drifts.map(({ status, changes }) => [status, changes[0]?.why])).toEqual([
      ['missing', 'the source has it, the actual side does not'],
      ['extra', 'the source applied it before, and does not have it any more; the data of the claim may be lost with it'],
      ['extra', 'the source applied it before, and does not have it any more; Argo CD keeps it: its sync options say Prune=false'],
    ]);
  });

  test('volumes, and claims of sets, by their policy', () => {
    expect(whatIsLost(object(`${one('PersistentVolume', 'v')}spec: {persistentVolumeReclaimPolicy: Retain}\n`))).toBeUndefined();
    expect(whatIsLost(object(`${one('PersistentVolume', 'v')}spec: {persistentVolumeReclaimPolicy: Delete}\n`))).toBe(
      'the data of the volume is lost with it',
    );
    expect(whatIsLost(object(`${one('StatefulSet', 'v')}spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}\n`))).toBe(
      'the data of its claims is lost with it',
    );
    expect(whatIsLost(object(one('ConfigMap', 'c')))).toBeUndefined();
  });
});
