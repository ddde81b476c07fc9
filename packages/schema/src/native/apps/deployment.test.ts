import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkDeployment } from './deployment.ts';

describe('deployments', () => {
  const of = (members: string): string[] =>
    saidOf(checkDeployment, `{spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}, ${members}}}`);

  test.each([
    'replicas: 0, minReadySeconds: 5, progressDeadlineSeconds: 6, revisionHistoryLimit: 0',
    'strategy: {type: Recreate}',
    'strategy: {rollingUpdate: {maxSurge: 0}}',
    'strategy: {rollingUpdate: {maxSurge: 200%, maxUnavailable: 0%}}',
    'minReadySeconds: 599',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['replicas: -1', 'schema/invalid spec.replicas'],
    ['minReadySeconds: -1', 'schema/invalid spec.minReadySeconds'],
    ['revisionHistoryLimit: -1', 'schema/invalid spec.revisionHistoryLimit'],
    ['progressDeadlineSeconds: -1', 'schema/invalid spec.progressDeadlineSeconds'],
    ['progressDeadlineSeconds: 5, minReadySeconds: 5', 'ha/progress-deadline spec.progressDeadlineSeconds'],
    ['minReadySeconds: 600', 'ha/progress-deadline spec.progressDeadlineSeconds'],
    ['strategy: {type: recreate}', 'schema/enum-case spec.strategy.type'],
    ['strategy: {type: OnDelete}', 'schema/invalid spec.strategy.type'],
    ['strategy: {type: Recreate, rollingUpdate: {}}', 'schema/invalid spec.strategy.rollingUpdate'],
    ['strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}', 'ha/strategy spec.strategy.rollingUpdate.maxUnavailable'],
    ['strategy: {rollingUpdate: {maxUnavailable: 101%}}', 'schema/invalid spec.strategy.rollingUpdate.maxUnavailable'],
    [
      'strategy: {rollingUpdate: {maxUnavailable: "1", maxSurge: -1}}',
      'schema/invalid spec.strategy.rollingUpdate.maxUnavailable',
      'schema/invalid spec.strategy.rollingUpdate.maxSurge',
    ],
    ['strategy: {rollingUpdate: {maxSurge: 1.5%}}', 'schema/invalid spec.strategy.rollingUpdate.maxSurge'],
    [
      'template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, activeDeadlineSeconds: 5, containers: [{name: a, image: b}]}}',
      'ha/restart-policy spec.template.spec.restartPolicy',
      'schema/invalid spec.template.spec.activeDeadlineSeconds',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
