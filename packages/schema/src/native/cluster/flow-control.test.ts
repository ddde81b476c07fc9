import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkFlowSchema } from './flow-schema.ts';
import { checkPriorityLevel } from './priority-level.ts';

const RULE = 'subjects: [{kind: Group, group: {name: a}}], nonResourceRules: [{verbs: [get], nonResourceURLs: [/a]}]';

describe('flow schemas', () => {
  const of = (spec: string, name = 'a'): string[] =>
    saidOf(checkFlowSchema, `{metadata: {name: ${name}}, spec: {priorityLevelConfiguration: {name: a}, ${spec}}}`).map((line) =>
      line.replace('spec.', ''),
    );

  test.each<[string, ...string[]]>([
    [`matchingPrecedence: 0, rules: [{${RULE}}]`],
    ['matchingPrecedence: 10001', 'schema/invalid matchingPrecedence'],
    ['matchingPrecedence: 1', 'schema/invalid matchingPrecedence'],
    ['distinguisherMethod: {type: byUser}', 'schema/enum-case distinguisherMethod.type'],
    ['rules: [{}]', 'schema/missing-required rules[0].subjects', 'schema/missing-required rules[0]'],
    [
      `rules: [{${RULE.replace('group: {name: a}', 'user: {name: a}')}}]`,
      'schema/invalid rules[0].subjects[0].user',
      'schema/missing-required rules[0].subjects[0].group',
    ],
    [`rules: [{${RULE.replace('Group', 'group')}}]`, 'schema/enum-case rules[0].subjects[0].kind'],
    [`rules: [{${RULE.replace('[get]', '[get, "*"]')}}]`, 'schema/invalid rules[0].nonResourceRules[0].verbs'],
    [`rules: [{${RULE.replace('[get]', '[fetch]')}}]`, 'schema/invalid rules[0].nonResourceRules[0].verbs[0]'],
    [`rules: [{${RULE.replace('/a', '/a*')}}]`, 'schema/invalid rules[0].nonResourceRules[0].nonResourceURLs[0]'],
    [`rules: [{${RULE.replace('/a', 'a')}}]`, 'schema/invalid rules[0].nonResourceRules[0].nonResourceURLs[0]'],
    [
      `rules: [{${RULE}, resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"]}]}]`,
      'schema/missing-required rules[0].resourceRules[0].namespaces',
    ],
    [`rules: [{${RULE}, resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true}]}]`],
  ])('%s', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });

  test('those that every server has are as they are', () => {
    const all =
      'resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}], nonResourceRules: [{verbs: ["*"], nonResourceURLs: ["*"]}]';
    const exempt = (precedence: number): string[] =>
      saidOf(
        checkFlowSchema,
        `{metadata: {name: exempt}, spec: {priorityLevelConfiguration: {name: exempt}, matchingPrecedence: ${precedence}, distinguisherMethod: null, rules: [{subjects: [{kind: Group, group: {name: "system:masters"}}], ${all}}]}}`,
      );
    expect(exempt(1)).toEqual([]);
    expect(exempt(2)).toEqual(['schema/invalid spec']);
  });
});

describe('priority levels', () => {
  const queue = (queuing: string): string => `type: Limited, limited: {limitResponse: {type: Queue, queuing: {${queuing}}}}`;

  test.each<[string, string, ...string[]]>([
    ['a', queue('')],
    ['a', queue('queues: 64, handSize: 10')],
    ['a', queue('queues: 64, handSize: 11'), 'schema/invalid spec.limited.limitResponse.queuing.handSize'],
    ['a', queue('queues: 2, handSize: 3'), 'schema/invalid spec.limited.limitResponse.queuing.handSize'],
    ['a', queue('queues: 10000001, handSize: 1'), 'schema/invalid spec.limited.limitResponse.queuing.queues'],
    ['a', 'type: Limited', 'schema/missing-required spec.limited'],
    ['a', 'type: Limited, limited: {}', 'schema/missing-required spec.limited.limitResponse.type'],
    ['a', 'type: Limited, limited: {lendablePercent: 101, limitResponse: {type: Reject}}', 'schema/invalid spec.limited.lendablePercent'],
    ['a', 'type: Limited, limited: {limitResponse: {type: Reject, queuing: {}}}', 'schema/invalid spec.limited.limitResponse.queuing'],
    ['a', 'type: Limited, exempt: {}, limited: {limitResponse: {type: Reject}}', 'schema/invalid spec.exempt'],
    ['a', 'type: Exempt', 'schema/invalid spec.type'],
    ['exempt', 'type: Exempt, exempt: {nominalConcurrencyShares: 5}'],
    ['catch-all', 'type: Limited, limited: {nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: {type: Reject}}'],
    ['catch-all', 'type: Limited, limited: {limitResponse: {type: Reject}}', 'schema/invalid spec'],
  ])('%s: %s', (name, spec, ...lines) => {
    expect(saidOf(checkPriorityLevel, `{metadata: {name: ${name}}, spec: {${spec}}}`)).toEqual(lines);
  });
});
