import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkResourceQuota } from './quota.ts';

describe('resources', () => {
  const of = (hard: string): string[] => saidOf(checkResourceQuota, `{spec: {hard: {${hard}}}}`);

  test.each([
    'cpu: 1, requests.nvidia.com/gpu: 2, count/deployments.apps: 5, requests.hugepages-2Mi: 1Gi, a.storageclass.storage.k8s.io/requests.storage: 1Gi',
    'pods: "0.5k"',
  ])('%s is good', (hard) => {
    expect(of(hard)).toEqual([]);
  });

  test.each([
    ['requests.cpu: 2, limits.cpu: 1', 'schema/server-warning spec.hard["requests.cpu"] (server-warning)'],
    ['storage: 1', 'schema/invalid spec.hard.storage'],
    ['foo: 1', 'schema/invalid spec.hard.foo'],
    ['limits.hugepages-2Mi: 1', 'schema/invalid spec.hard["limits.hugepages-2Mi"]'],
    ['"a b": 1', 'schema/invalid spec.hard["a b"]'],
    ['count/a/b: 1', 'schema/invalid spec.hard["count/a/b"]'],
    ['cpu: -1', 'schema/invalid spec.hard.cpu'],
    ['pods: 1.5', 'schema/invalid spec.hard.pods'],
    ['a.b/c: 500m', 'schema/invalid spec.hard["a.b/c"]'],
  ])('%s is not', (hard, ...lines) => {
    expect(of(hard)).toEqual(lines);
  });
});

describe('scopes', () => {
  const of = (members: string): string[] => saidOf(checkResourceQuota, `{spec: {${members}}}`);

  test.each([
    'scopes: [BestEffort], hard: {pods: 1}',
    'scopes: [PriorityClass, NotTerminating], hard: {cpu: 1}',
    'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [a]}]}',
    'scopeSelector: {matchExpressions: [{scopeName: Terminating, operator: Exists}]}',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['scopes: [besteffort]', 'schema/enum-case spec.scopes[0]'],
    ['scopes: [BestEffort], hard: {cpu: 1}', 'schema/invalid spec.scopes[0]'],
    ['scopes: [Terminating, NotTerminating]', 'schema/invalid spec.scopes'],
    ['scopes: [VolumeAttributesClass], hard: {pods: 1}', 'schema/invalid spec.scopes[0]'],
    [
      'scopeSelector: {matchExpressions: [{scopeName: x, operator: Exists}]}',
      'schema/invalid spec.scopeSelector.matchExpressions[0].scopeName',
    ],
    [
      'scopeSelector: {matchExpressions: [{scopeName: Terminating, operator: In, values: [a]}]}',
      'schema/invalid spec.scopeSelector.matchExpressions[0].operator',
    ],
    [
      'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In}]}',
      'schema/missing-required spec.scopeSelector.matchExpressions[0].values',
    ],
    [
      'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Exists, values: [a]}]}',
      'schema/invalid spec.scopeSelector.matchExpressions[0].values',
    ],
    [
      'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Like}]}',
      'schema/invalid spec.scopeSelector.matchExpressions[0].operator',
    ],
    [
      'scopeSelector: {matchExpressions: [{scopeName: BestEffort, operator: Exists}, {scopeName: NotBestEffort, operator: Exists}]}',
      'schema/invalid spec.scopeSelector.matchExpressions',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
