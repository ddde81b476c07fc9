import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkJob } from './job.ts';

describe('counts and modes', () => {
  const of = (members: string): string[] => saidOf(checkJob, `{spec: {${members}}}`);

  test.each([
    'parallelism: 0, completions: 0, backoffLimit: 0, ttlSecondsAfterFinished: 0',
    'completionMode: Indexed',
    'completionMode: Indexed, completions: 5, backoffLimitPerIndex: 1, maxFailedIndexes: 5',
    'managedBy: a.b/c, podReplacementPolicy: TerminatingOrFailed',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['parallelism: -1', 'schema/invalid spec.parallelism'],
    ['completionMode: indexed', 'schema/enum-case spec.completionMode'],
    ['completionMode: Indexed, parallelism: 2', 'schema/missing-required spec.completions'],
    ['backoffLimitPerIndex: 1', 'schema/invalid spec.backoffLimitPerIndex'],
    ['maxFailedIndexes: 1', 'schema/invalid spec.maxFailedIndexes'],
    ['completionMode: Indexed, maxFailedIndexes: 1', 'schema/missing-required spec.backoffLimitPerIndex'],
    ['completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1, maxFailedIndexes: 3', 'schema/invalid spec.maxFailedIndexes'],
    ['completionMode: Indexed, completions: 1, parallelism: 100001', 'schema/invalid spec.parallelism'],
    [
      'completionMode: Indexed, completions: 100001, backoffLimitPerIndex: 1, parallelism: 10001',
      'schema/invalid spec.parallelism',
      'schema/missing-required spec.maxFailedIndexes',
    ],
    ['managedBy: a', 'schema/invalid spec.managedBy'],
    ['podReplacementPolicy: failed', 'schema/enum-case spec.podReplacementPolicy'],
    ['podFailurePolicy: {rules: []}, podReplacementPolicy: TerminatingOrFailed', 'schema/invalid spec.podReplacementPolicy'],
    [
      'podFailurePolicy: {rules: []}, template: {spec: {restartPolicy: OnFailure, containers: [{name: a, image: b}]}}',
      'ha/restart-policy spec.template.spec.restartPolicy',
    ],
    ['template: {spec: {containers: [{name: a, image: b}]}}', 'ha/restart-policy spec.template.spec.restartPolicy'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
