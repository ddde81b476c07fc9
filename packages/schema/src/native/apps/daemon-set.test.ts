import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkDaemonSet } from './daemon-set.ts';

describe('daemon sets', () => {
  const of = (strategy: string): string[] =>
    saidOf(
      checkDaemonSet,
      `{spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}, updateStrategy: {${strategy}}}}`,
    );

  test.each([
    '',
    'rollingUpdate: {}',
    'rollingUpdate: {maxUnavailable: 10%}',
    'rollingUpdate: {maxSurge: 1, maxUnavailable: 0}',
    'type: OnDelete, rollingUpdate: {maxSurge: 1}',
  ])('%s is good', (strategy) => {
    expect(of(strategy)).toEqual([]);
  });

  test.each([
    ['type: Recreate', 'schema/invalid spec.updateStrategy.type'],
    ['rollingUpdate: {maxUnavailable: 0}', 'ha/strategy spec.updateStrategy.rollingUpdate.maxUnavailable'],
    ['rollingUpdate: {maxSurge: 1}', 'ha/strategy spec.updateStrategy.rollingUpdate.maxUnavailable'],
    ['rollingUpdate: {maxSurge: 1, maxUnavailable: 1}', 'ha/strategy spec.updateStrategy.rollingUpdate.maxSurge'],
    ['rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}', 'ha/strategy spec.updateStrategy.rollingUpdate.maxUnavailable'],
    ['rollingUpdate: {maxUnavailable: 101%}', 'schema/invalid spec.updateStrategy.rollingUpdate.maxUnavailable'],
    ['rollingUpdate: {maxSurge: x, maxUnavailable: 0}', 'schema/invalid spec.updateStrategy.rollingUpdate.maxSurge'],
  ])('%s is not', (strategy, ...lines) => {
    expect(of(strategy)).toEqual(lines);
  });
});
