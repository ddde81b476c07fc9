import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkJob } from './job.ts';

describe('failure rules', () => {
  const of = (rule: string): string[] =>
    saidOf(
      checkJob,
      `{spec: {podFailurePolicy: {rules: [{${rule}}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}`,
    );

  test.each([
    'action: Ignore, onPodConditions: [{type: DisruptionTarget}]',
    'action: FailJob, onExitCodes: {operator: In, values: [1, 2], containerName: a}',
  ])('%s is good', (rule) => {
    expect(of(rule)).toEqual([]);
  });

  test.each([
    ['action: Fail, onPodConditions: [{type: a}]', 'schema/invalid spec.podFailurePolicy.rules[0].action'],
    ['action: FailIndex, onPodConditions: [{type: a}]', 'schema/invalid spec.podFailurePolicy.rules[0].action'],
    ['action: Count', 'schema/invalid spec.podFailurePolicy.rules[0].onExitCodes'],
    [
      'action: Count, onExitCodes: {operator: In, values: [1]}, onPodConditions: [{type: a}]',
      'schema/invalid spec.podFailurePolicy.rules[0].onPodConditions',
    ],
    [
      'action: Count, onPodConditions: [{type: a b, status: true}, {type: a, status: "yes"}]',
      'schema/invalid spec.podFailurePolicy.rules[0].onPodConditions[0].type',
      'schema/invalid spec.podFailurePolicy.rules[0].onPodConditions[1].status',
    ],
    [
      'action: Count, onExitCodes: {operator: in, values: [], containerName: b}',
      'schema/enum-case spec.podFailurePolicy.rules[0].onExitCodes.operator',
      'schema/invalid spec.podFailurePolicy.rules[0].onExitCodes.containerName',
      'schema/missing-required spec.podFailurePolicy.rules[0].onExitCodes.values',
    ],
    [
      'action: Count, onExitCodes: {operator: In, values: [0, 2, 1, 1]}',
      'schema/invalid spec.podFailurePolicy.rules[0].onExitCodes.values[0]',
      'schema/invalid spec.podFailurePolicy.rules[0].onExitCodes.values[2]',
      'schema/list-map-duplicate spec.podFailurePolicy.rules[0].onExitCodes.values[3]',
    ],
  ])('%s is not', (rule, ...lines) => {
    expect(of(rule)).toEqual(lines);
  });
});

describe('success rules', () => {
  const of = (rule: string): string[] =>
    saidOf(checkJob, `{spec: {completionMode: Indexed, completions: 5, successPolicy: {rules: [{${rule}}]}}}`);

  test.each(['succeededCount: 5', 'succeededIndexes: "0,2-4"', 'succeededIndexes: "0-2", succeededCount: 3', 'succeededIndexes: ""'])(
    '%s is good',
    (rule) => {
      expect(of(rule)).toEqual([]);
    },
  );

  test.each([
    ['', 'schema/missing-required spec.successPolicy.rules[0].succeededCount'],
    ['succeededCount: 6', 'schema/invalid spec.successPolicy.rules[0].succeededCount'],
    ['succeededCount: -1', 'schema/invalid spec.successPolicy.rules[0].succeededCount'],
    ['succeededIndexes: "5"', 'schema/invalid spec.successPolicy.rules[0].succeededIndexes'],
    ['succeededIndexes: "1,0"', 'schema/invalid spec.successPolicy.rules[0].succeededIndexes'],
    ['succeededIndexes: "2-1"', 'schema/invalid spec.successPolicy.rules[0].succeededIndexes'],
    ['succeededIndexes: "0-1-2"', 'schema/invalid spec.successPolicy.rules[0].succeededIndexes'],
    ['succeededIndexes: a', 'schema/invalid spec.successPolicy.rules[0].succeededIndexes'],
    ['succeededIndexes: "0-2", succeededCount: 4', 'schema/invalid spec.successPolicy.rules[0].succeededCount'],
  ])('%s is not', (rule, ...lines) => {
    expect(of(rule)).toEqual(lines);
  });
});

describe('success without indexes', () => {
  const of = (members: string): string[] => saidOf(checkJob, `{spec: {${members}}}`);

  test.each([
    ['successPolicy: {rules: [{succeededCount: 1}]}', 'schema/invalid spec.successPolicy'],
    ['completionMode: Indexed, successPolicy: {}', 'schema/missing-required spec.successPolicy.rules'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
