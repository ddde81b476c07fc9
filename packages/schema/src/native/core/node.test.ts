import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkNode } from './node.ts';

describe('nodes', () => {
  const of = (members: string): string[] => saidOf(checkNode, `{${members}}`);

  test.each([
    'spec: {taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoExecute}], podCIDRs: [10.0.0.0/8, "fd00::/64"], podCIDR: 10.0.0.0/8}',
    'status: {capacity: {cpu: 500m, pods: 10}, declaredFeatures: [A, B/c]}',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['spec: {externalID: a}', 'schema/server-warning spec.externalID (server-warning)'],
    [
      'spec: {taints: [{key: a b, value: "*", effect: noschedule}, {key: a}]}',
      'meta/label-invalid spec.taints[0].key',
      'meta/label-invalid spec.taints[0].value',
      'schema/enum-case spec.taints[0].effect',
      'schema/missing-required spec.taints[1].effect',
    ],
    ['spec: {taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoSchedule}]}', 'schema/list-map-duplicate spec.taints[1]'],
    ['spec: {podCIDR: a}', 'schema/format spec.podCIDR'],
    ['spec: {podCIDR: 10.0.0.1/8, podCIDRs: [a]}', 'schema/format spec.podCIDR', 'schema/server-warning spec.podCIDR (server-warning)'],
    ['spec: {podCIDRs: [10.0.0.0/8, 11.0.0.0/8]}', 'net/dual-stack spec.podCIDRs'],
    ['status: {capacity: {cpu: -1, pods: 1.5}}', 'schema/invalid status.capacity.cpu', 'schema/invalid status.capacity.pods'],
    ['status: {nodeInfo: {swap: {capacity: 0}}}', 'schema/invalid status.nodeInfo.swap.capacity'],
    [
      'status: {declaredFeatures: [B, A, A, a]}',
      'schema/invalid status.declaredFeatures[1]',
      'schema/list-map-duplicate status.declaredFeatures[2]',
      'schema/invalid status.declaredFeatures[3]',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
