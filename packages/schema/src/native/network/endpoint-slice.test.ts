import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkEndpointSlice } from './endpoint-slice.ts';

describe('slices', () => {
  const of = (slice: string): string[] => saidOf(checkEndpointSlice, `{${slice}}`);

  test.each([
    'addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: a, nodeName: n, hints: {forZones: [{name: z}], forNodes: [{name: n}]}}]',
    'addressType: IPv6, endpoints: [{addresses: ["2001:db8::1"]}]',
    'addressType: IPv4, ports: [{port: 80}, {name: a, port: 81, protocol: UDP}]',
  ])('%s is good', (slice) => {
    expect(of(slice)).toEqual([]);
  });

  test.each([
    ['addressType: FQDN, endpoints: [{addresses: [a.example.com.]}]', 'schema/server-warning addressType (server-warning)'],
    ['addressType: ipv4', 'schema/enum-case addressType'],
    ['addressType: IPv4, endpoints: [{}]', 'schema/missing-required endpoints[0].addresses'],
    [
      'addressType: IPv4, endpoints: [{addresses: ["2001:db8::1", 010.0.0.1, 127.0.0.1]}]',
      'schema/invalid endpoints[0].addresses[0]',
      'schema/format endpoints[0].addresses[1]',
      'schema/invalid endpoints[0].addresses[2]',
    ],
    [
      'addressType: IPv6, endpoints: [{addresses: [10.0.0.1, "2001:DB8::1"]}]',
      'schema/invalid endpoints[0].addresses[0]',
      'schema/format endpoints[0].addresses[1]',
    ],
    [
      'addressType: FQDN, endpoints: [{addresses: [a, ""]}]',
      'schema/server-warning addressType (server-warning)',
      'schema/invalid endpoints[0].addresses[0]',
      'schema/invalid endpoints[0].addresses[1]',
    ],
    ['addressType: IPv4, ports: [{port: 80}, {port: 81}]', 'schema/list-map-duplicate ports[1].name'],
    [
      'addressType: IPv4, ports: [{name: A, protocol: "", appProtocol: a b}]',
      'wl/port-name ports[0].name',
      'schema/invalid ports[0].protocol',
      'schema/invalid ports[0].appProtocol',
    ],
    [
      'addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: A, nodeName: N, hints: {forZones: [{name: a b}, {name: z}, {name: z}], forNodes: [{name: N}]}}]',
      'schema/invalid endpoints[0].hostname',
      'schema/invalid endpoints[0].hints.forZones[0].name',
      'schema/list-map-duplicate endpoints[0].hints.forZones[2].name',
    ],
  ])('%s is not', (slice, ...lines) => {
    expect(of(slice)).toEqual(lines);
  });
});
