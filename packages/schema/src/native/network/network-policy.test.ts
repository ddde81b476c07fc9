import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkNetworkPolicy } from './network-policy.ts';

describe('peers', () => {
  const of = (peer: string): string[] => saidOf(checkNetworkPolicy, `{spec: {podSelector: {}, ingress: [{from: [${peer}]}]}}`);

  test.each(['{podSelector: {}}', '{podSelector: {}, namespaceSelector: {}}', '{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}'])(
    '%s is good',
    (peer) => {
      expect(of(peer)).toEqual([]);
    },
  );

  test.each([
    ['{ipBlock: {cidr: "2001:DB8::/32"}}', 'schema/server-warning spec.ingress[0].from[0].ipBlock.cidr (server-warning)'],
    ['{}', 'schema/missing-required spec.ingress[0].from[0].podSelector'],
    ['{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}', 'schema/invalid spec.ingress[0].from[0].ipBlock'],
    ['{ipBlock: {}}', 'schema/missing-required spec.ingress[0].from[0].ipBlock.cidr'],
    ['{ipBlock: {cidr: 10.0.0.0}}', 'schema/format spec.ingress[0].from[0].ipBlock.cidr'],
    [
      '{ipBlock: {cidr: 10.0.0.1/8}}',
      'schema/format spec.ingress[0].from[0].ipBlock.cidr',
      'schema/server-warning spec.ingress[0].from[0].ipBlock.cidr (server-warning)',
    ],
    [
      '{ipBlock: {cidr: 10.0.0.0/08}}',
      'schema/format spec.ingress[0].from[0].ipBlock.cidr',
      'schema/server-warning spec.ingress[0].from[0].ipBlock.cidr (server-warning)',
    ],
    [
      '{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8, 11.0.0.0/16, x]}}',
      'schema/invalid spec.ingress[0].from[0].ipBlock.except[0]',
      'schema/invalid spec.ingress[0].from[0].ipBlock.except[1]',
      'schema/format spec.ingress[0].from[0].ipBlock.except[2]',
    ],
  ])('%s is not', (peer, ...lines) => {
    expect(of(peer)).toEqual(lines);
  });
});

describe('ports', () => {
  const of = (port: string): string[] => saidOf(checkNetworkPolicy, `{spec: {podSelector: {}, egress: [{ports: [{${port}}]}]}}`);

  test.each(['', 'port: 80', 'port: http, protocol: UDP', 'port: 80, endPort: 80'])('%s is good', (port) => {
    expect(of(port)).toEqual([]);
  });

  test.each([
    ['protocol: tcp', 'schema/enum-case spec.egress[0].ports[0].protocol'],
    ['protocol: ""', 'schema/invalid spec.egress[0].ports[0].protocol'],
    ['port: 0', 'schema/invalid spec.egress[0].ports[0].port'],
    ['port: "80"', 'schema/invalid spec.egress[0].ports[0].port'],
    ['port: http, endPort: 90', 'schema/invalid spec.egress[0].ports[0].endPort'],
    ['endPort: 90', 'schema/invalid spec.egress[0].ports[0].endPort'],
    ['port: 80, endPort: 79', 'schema/invalid spec.egress[0].ports[0].endPort'],
    ['port: 80, endPort: 70000', 'schema/invalid spec.egress[0].ports[0].endPort'],
  ])('%s is not', (port, ...lines) => {
    expect(of(port)).toEqual(lines);
  });
});

describe('types', () => {
  const of = (spec: string): string[] => saidOf(checkNetworkPolicy, `{spec: {${spec}}}`);

  test.each(['policyTypes: []', 'policyTypes: [Ingress, Egress]', 'policyTypes: [Ingress, Ingress]'])('%s is good', (spec) => {
    expect(of(spec)).toEqual([]);
  });

  test.each([
    ['policyTypes: [ingress]', 'schema/enum-case spec.policyTypes[0]'],
    ['policyTypes: [Ingress, Egress, Ingress]', 'schema/invalid spec.policyTypes'],
  ])('%s is not', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });
});
