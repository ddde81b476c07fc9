import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkClusterRole, checkClusterRoleBinding, checkRole, checkRoleBinding } from './rbac.ts';

describe('roles', () => {
  test.each([
    [checkRole, 'rules: [{verbs: [get], apiGroups: [""], resources: [pods]}]', []],
    [checkRole, 'rules: null', []],
    [
      checkRole,
      'rules: [{verbs: [get], apiGroups: [], resources: []}]',
      ['schema/missing-required rules[0].apiGroups', 'schema/missing-required rules[0].resources'],
    ],
    [checkRole, 'rules: [{apiGroups: [""], resources: [pods]}]', ['schema/missing-required rules[0].verbs']],
    [checkRole, 'rules: [{verbs: [get], nonResourceURLs: [/healthz]}]', ['schema/invalid rules[0].nonResourceURLs']],
    [checkClusterRole, 'rules: [{verbs: [get], nonResourceURLs: [/healthz]}]', []],
    [checkClusterRole, 'rules: [{verbs: [get], nonResourceURLs: [/a], resources: [pods]}]', ['schema/invalid rules[0].nonResourceURLs']],
    [checkClusterRole, 'aggregationRule: {}', ['schema/missing-required aggregationRule.clusterRoleSelectors']],
    [checkClusterRole, 'aggregationRule: {clusterRoleSelectors: [{}]}', []],
  ] as const)('%o %s', (check, members, lines) => {
    expect(saidOf(check, `{${members}}`)).toEqual(lines);
  });
});

describe('bindings', () => {
  const role = (kind: string, more = ''): string => `roleRef: {kind: ${kind}, name: a${more}}`;

  test.each([
    [checkRoleBinding, role('Role'), []],
    [checkRoleBinding, role('ClusterRole', ', apiGroup: rbac.authorization.k8s.io'), []],
    [checkRoleBinding, role('role'), ['schema/enum-case roleRef.kind']],
    [checkClusterRoleBinding, role('Role'), ['schema/invalid roleRef.kind']],
    [checkRoleBinding, role('Role', ', apiGroup: apps'), ['schema/invalid roleRef.apiGroup']],
    [checkRoleBinding, 'roleRef: {kind: Role}', ['schema/missing-required roleRef.name']],
    [checkRoleBinding, 'roleRef: {kind: Role, name: a/b}', ['schema/invalid roleRef.name']],
    [checkRoleBinding, 'roleRef: {kind: Role, name: "system:node"}', []],
  ] as const)('%o %s', (check, members, lines) => {
    expect(saidOf(check, `{${members}}`)).toEqual(lines);
  });

  test.each([
    ['{kind: User, name: a}', []],
    ['{kind: Group, name: a, apiGroup: ""}', []],
    ['{kind: Group, name: a, apiGroup: apps}', ['schema/invalid subjects[0].apiGroup']],
    ['{kind: ServiceAccount, name: a}', ['schema/missing-required subjects[0].namespace']],
    ['{kind: ServiceAccount, name: A, namespace: b}', ['schema/invalid subjects[0].name']],
    ['{kind: ServiceAccount, name: a, namespace: b, apiGroup: apps}', ['schema/invalid subjects[0].apiGroup']],
    ['{kind: user, name: a}', ['schema/enum-case subjects[0].kind']],
    ['{kind: User}', ['schema/missing-required subjects[0].name']],
    ['{name: a}', ['schema/missing-required subjects[0].kind']],
  ])('of a ClusterRole: %s', (subject, lines) => {
    expect(saidOf(checkClusterRoleBinding, `{${role('ClusterRole')}, subjects: [${subject}]}`)).toEqual(lines);
  });

  test('within a namespace a service account is of that one', () => {
    expect(saidOf(checkRoleBinding, `{${role('Role')}, subjects: [{kind: ServiceAccount, name: a}]}`)).toEqual([]);
  });
});
