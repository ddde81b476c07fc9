import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkIpAddress, checkServiceCidr } from './addresses.ts';

describe('addresses', () => {
  const of = (address: string): string[] => saidOf(checkIpAddress, `{${address}}`);

  test.each([
    'metadata: {name: 10.0.0.1}, spec: {parentRef: {resource: services, name: a}}',
    'metadata: {name: "2001:db8::1"}, spec: {parentRef: {group: a.b, resource: services, name: a, namespace: b}}',
  ])('%s is good', (address) => {
    expect(of(address)).toEqual([]);
  });

  test.each([
    ['metadata: {name: a}, spec: {parentRef: {resource: services, name: a}}', 'meta/name-invalid metadata.name'],
    ['metadata: {name: "2001:DB8::1"}, spec: {parentRef: {resource: services, name: a}}', 'meta/name-invalid metadata.name'],
    ['metadata: {generateName: 10.}', 'schema/missing-required spec.parentRef'],
    ['metadata: {name: 10.0.0.1}, spec: {}', 'schema/missing-required spec.parentRef'],
    [
      'metadata: {name: 10.0.0.1}, spec: {parentRef: {group: A, resource: a/b}}',
      'schema/missing-required spec.parentRef.name',
      'schema/invalid spec.parentRef.group',
      'schema/invalid spec.parentRef.resource',
    ],
  ])('%s is not', (address, ...lines) => {
    expect(of(address)).toEqual(lines);
  });
});

describe('networks', () => {
  const of = (cidrs: string): string[] => saidOf(checkServiceCidr, `{spec: {cidrs: [${cidrs}]}}`);

  test.each(['10.0.0.0/8', '10.0.0.0/8, "fd00::/64"'])('%s is good', (cidrs) => {
    expect(of(cidrs)).toEqual([]);
  });

  test.each([
    ['', 'schema/missing-required spec.cidrs'],
    ['10.0.0.1/8', 'schema/format spec.cidrs[0]'],
    ['"FD00::/64"', 'schema/format spec.cidrs[0]'],
    ['10.0.0.0/8, 11.0.0.0/8', 'net/dual-stack spec.cidrs'],
    ['10.0.0.0/8, "fd00::/64", 11.0.0.0/8', 'schema/invalid spec.cidrs'],
  ])('%s is not', (cidrs, ...lines) => {
    expect(of(cidrs)).toEqual(lines);
  });
});
