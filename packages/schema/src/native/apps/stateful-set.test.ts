import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkStatefulSet } from './stateful-set.ts';

describe('stateful sets', () => {
  const of = (members: string): string[] =>
    saidOf(checkStatefulSet, `{spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}, ${members}}}`);

  test.each([
    'serviceName: a, podManagementPolicy: Parallel, ordinals: {start: 0}',
    'updateStrategy: {type: OnDelete}',
    'updateStrategy: {rollingUpdate: {partition: 0, maxUnavailable: 10%}}',
    'persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}',
    'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['revisionHistoryLimit: -1', 'schema/server-warning spec.revisionHistoryLimit (server-warning)'],
    ['serviceName: a.b', 'schema/invalid spec.serviceName'],
    ['podManagementPolicy: ordered', 'schema/invalid spec.podManagementPolicy'],
    ['replicas: -1', 'schema/invalid spec.replicas'],
    ['ordinals: {start: -1}', 'schema/invalid spec.ordinals.start'],
    ['updateStrategy: {type: Recreate}', 'schema/invalid spec.updateStrategy.type'],
    ['updateStrategy: {type: OnDelete, rollingUpdate: {}}', 'schema/invalid spec.updateStrategy.rollingUpdate'],
    [
      'updateStrategy: {rollingUpdate: {partition: -1, maxUnavailable: 0}}',
      'schema/invalid spec.updateStrategy.rollingUpdate.partition',
      'ha/strategy spec.updateStrategy.rollingUpdate.maxUnavailable',
    ],
    ['updateStrategy: {rollingUpdate: {maxUnavailable: 101%}}', 'schema/invalid spec.updateStrategy.rollingUpdate.maxUnavailable'],
    [
      'persistentVolumeClaimRetentionPolicy: {whenDeleted: delete}',
      'schema/enum-case spec.persistentVolumeClaimRetentionPolicy.whenDeleted',
    ],
    [
      'volumeClaimTemplates: [{spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]',
      'schema/missing-required spec.volumeClaimTemplates[0].metadata.name',
    ],
    [
      'volumeClaimTemplates: [{metadata: {name: a.b}, spec: {resources: {requests: {storage: 1Gi}}}}]',
      'schema/invalid spec.volumeClaimTemplates[0].metadata.name',
      'schema/missing-required spec.volumeClaimTemplates[0].spec.accessModes',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

test('servers before 1.34 look at little of the template', () => {
  const text = `{spec: {selector: {matchLabels: {a: b}}, volumeClaimTemplates: [{spec: {}}], template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, activeDeadlineSeconds: 0, containers: [{name: A, image: b}]}}}}`;
  const REFUSED = ['ha/restart-policy spec.template.spec.restartPolicy', 'schema/invalid spec.template.spec.activeDeadlineSeconds'];
  expect(saidOf(checkStatefulSet, text, { minor: 33 })).toEqual(REFUSED);
  expect(saidOf(checkStatefulSet, text, { minor: 34 }).length).toBeGreaterThan(3);
});
