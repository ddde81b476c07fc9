import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkEndpoints } from './endpoints.ts';

describe('subsets', () => {
  const of = (subset: string): string[] => saidOf(checkEndpoints, `{subsets: [{${subset}}]}`);

  test.each(['addresses: [{ip: 10.0.0.1, hostname: a, nodeName: n.a}], ports: [{port: 80}]'])('%s is good', (subset) => {
    expect(of(subset)).toEqual([]);
  });

  test.each([
    ['notReadyAddresses: [{ip: "2001:DB8::1"}]', 'schema/server-warning subsets[0].notReadyAddresses[0].ip (server-warning)'],
    ['', 'schema/missing-required subsets[0].addresses'],
    ['addresses: []', 'schema/missing-required subsets[0].addresses'],
    ['addresses: [{ip: a}]', 'schema/format subsets[0].addresses[0].ip'],
    ['addresses: [{ip: 127.0.0.1}]', 'schema/invalid subsets[0].addresses[0].ip'],
    [
      'addresses: [{ip: 169.254.1.1}, {ip: "ff02::1"}, {ip: 0.0.0.0}]',
      'schema/invalid subsets[0].addresses[0].ip',
      'schema/invalid subsets[0].addresses[1].ip',
      'schema/invalid subsets[0].addresses[2].ip',
    ],
    [
      'addresses: [{ip: 10.0.0.1, hostname: a.b, nodeName: ""}]',
      'schema/invalid subsets[0].addresses[0].hostname',
      'schema/invalid subsets[0].addresses[0].nodeName',
    ],
    ['addresses: [{ip: 10.0.0.1}], ports: [{port: 80}, {name: b, port: 81}]', 'schema/missing-required subsets[0].ports[0].name'],
    [
      'addresses: [{ip: 10.0.0.1}], ports: [{name: A, port: 0, protocol: tcp, appProtocol: ""}]',
      'wl/port-name subsets[0].ports[0].name',
      'schema/invalid subsets[0].ports[0].port',
      'schema/enum-case subsets[0].ports[0].protocol',
      'schema/invalid subsets[0].ports[0].appProtocol',
    ],
  ])('%s is not', (subset, ...lines) => {
    expect(of(subset)).toEqual(lines);
  });
});
