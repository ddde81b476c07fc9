import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkService } from './service.ts';

describe('ports', () => {
  const of = (ports: string): string[] => saidOf(checkService, `{spec: {type: NodePort, ports: [${ports}]}}`);

  test.each([
    '{port: 80}',
    '{port: 80, targetPort: http, appProtocol: kubernetes.io/h2c, protocol: SCTP}',
    '{name: a, port: 80}, {name: b, port: 80, protocol: UDP}',
    '{name: a, port: 80, nodePort: 30080}, {name: b, port: 80, protocol: UDP, nodePort: 30080}',
    '{port: 80, targetPort: 0}',
    '{port: 80, targetPort: ""}',
  ])('%s is good', (ports) => {
    expect(of(ports)).toEqual([]);
  });

  test.each([
    ['{port: 0}', 'schema/invalid spec.ports[0].port'],
    ['{port: 65536}', 'schema/invalid spec.ports[0].port'],
    ['{name: A, port: 80}', 'wl/port-name spec.ports[0].name'],
    ['{port: 80, protocol: tcp}', 'schema/enum-case spec.ports[0].protocol'],
    ['{port: 80, targetPort: "80"}', 'schema/invalid spec.ports[0].targetPort'],
    ['{port: 80, targetPort: 70000}', 'schema/invalid spec.ports[0].targetPort'],
    ['{port: 80, targetPort: a--b}', 'schema/invalid spec.ports[0].targetPort'],
    ['{port: 80, appProtocol: a b}', 'schema/invalid spec.ports[0].appProtocol'],
    ['{port: 80, nodePort: 70000}', 'schema/invalid spec.ports[0].nodePort'],
    ['{port: 80}, {port: 81}', 'net/service-duplicate-port spec.ports[0].name', 'net/service-duplicate-port spec.ports[1].name'],
    ['{name: a, port: 80}, {name: a, port: 81}', 'net/service-duplicate-port spec.ports[1].name'],
    ['{name: a, port: 80}, {name: b, port: 80}', 'net/service-duplicate-port spec.ports[1]'],
    ['{name: a, port: 80}, {name: b, port: 80, protocol: TCP}', 'net/service-duplicate-port spec.ports[1]'],
    ['{name: a, port: 80, nodePort: 30080}, {name: b, port: 81, nodePort: 30080}', 'net/service-duplicate-port spec.ports[1].nodePort'],
    [
      '{name: a, port: 80, nodePort: 30080}, {name: b, port: 81, protocol: UDP, nodePort: 30080}',
      'net/service-duplicate-port spec.ports[1].nodePort',
    ],
  ])('%s is not', (ports, ...lines) => {
    expect(of(ports)).toEqual(lines);
  });
});

describe('types and what they take', () => {
  const of = (members: string): string[] => saidOf(checkService, `{spec: {ports: [{port: 80}], ${members}}}`);

  test.each([
    'type: ""',
    'type: NodePort, externalTrafficPolicy: Local',
    'type: LoadBalancer, loadBalancerClass: a.b/c, allocateLoadBalancerNodePorts: false, loadBalancerSourceRanges: [" 10.0.0.0/8 "]',
    'type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000',
    'internalTrafficPolicy: Local, trafficDistribution: PreferSameZone',
    'sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}',
    'sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}',
    'type: ExternalName, externalName: a.example.com.',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['externalIPs: [1.2.3.4], externalTrafficPolicy: Cluster', 'schema/server-warning spec.externalIPs (server-warning)'],
    ['type: LoadBalancer, loadBalancerIP: FD00::1', 'schema/server-warning spec.loadBalancerIP (server-warning)'],
    ['clusterIP: None, sessionAffinity: ClientIP', 'net/headless-session spec.sessionAffinity (server-warning)'],
    ['externalName: a', 'schema/server-warning spec.externalName (server-warning)'],
    ['trafficDistribution: PreferClose', 'schema/server-warning spec.trafficDistribution (server-warning)'],
    ['type: clusterIP', 'schema/enum-case spec.type'],
    ['type: ExternalName', 'schema/missing-required spec.externalName'],
    ['type: ExternalName, externalName: a_b', 'schema/invalid spec.externalName'],
    ['type: ExternalName, externalName: a, clusterIP: None', 'schema/invalid spec.clusterIP'],
    [
      'type: ExternalName, externalName: a, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack',
      'schema/invalid spec.ipFamilies',
      'schema/invalid spec.ipFamilyPolicy',
    ],
    ['type: NodePort, clusterIP: None', 'net/headless-session spec.clusterIP'],
    ['type: LoadBalancer, clusterIP: None', 'net/headless-session spec.clusterIP'],
    ['externalTrafficPolicy: Local', 'schema/invalid spec.externalTrafficPolicy'],
    ['type: NodePort, externalTrafficPolicy: local', 'schema/enum-case spec.externalTrafficPolicy'],
    ['internalTrafficPolicy: ""', 'schema/invalid spec.internalTrafficPolicy'],
    ['trafficDistribution: Near', 'schema/invalid spec.trafficDistribution'],
    ['loadBalancerClass: a', 'schema/invalid spec.loadBalancerClass'],
    ['type: LoadBalancer, loadBalancerClass: a b', 'schema/invalid spec.loadBalancerClass'],
    ['allocateLoadBalancerNodePorts: true', 'schema/invalid spec.allocateLoadBalancerNodePorts'],
    ['loadBalancerSourceRanges: [10.0.0.0/8]', 'schema/invalid spec.loadBalancerSourceRanges'],
    [
      'type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1/8, x]',
      'schema/format spec.loadBalancerSourceRanges[0]',
      'schema/format spec.loadBalancerSourceRanges[1]',
      'schema/server-warning spec.loadBalancerSourceRanges[0] (server-warning)',
    ],
    ['healthCheckNodePort: 31000', 'schema/invalid spec.healthCheckNodePort'],
    ['type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 70000', 'schema/invalid spec.healthCheckNodePort'],
    ['sessionAffinity: clientIP', 'schema/enum-case spec.sessionAffinity'],
    [
      'sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}',
      'schema/invalid spec.sessionAffinityConfig.clientIP.timeoutSeconds',
    ],
    ['externalIPs: [127.0.0.1]', 'schema/invalid spec.externalIPs[0]', 'schema/server-warning spec.externalIPs (server-warning)'],
    [
      'externalIPs: [010.0.0.1]',
      'schema/format spec.externalIPs[0]',
      'schema/server-warning spec.externalIPs (server-warning)',
      'schema/server-warning spec.externalIPs[0] (server-warning)',
    ],
    ['externalIPs: ["fe80::1"]', 'schema/invalid spec.externalIPs[0]', 'schema/server-warning spec.externalIPs (server-warning)'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('addresses and families', () => {
  const of = (members: string): string[] => saidOf(checkService, `{spec: {ports: [{port: 80}], ${members}}}`);

  test.each([
    'clusterIP: 10.0.0.1',
    'clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1]',
    'clusterIP: None, clusterIPs: [None], selector: {a: b}',
    'clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, "fd00::1"], ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]',
    'clusterIP: None, ipFamilies: [IPv4, IPv6]',
    'ipFamilyPolicy: RequireDualStack',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['clusterIP: a', 'schema/format spec.clusterIP'],
    ['clusterIPs: [10.0.0.1]', 'schema/invalid spec.clusterIPs'],
    ['clusterIP: 10.0.0.1, clusterIPs: [10.0.0.2]', 'schema/invalid spec.clusterIPs[0]'],
    ['clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, 10.0.0.2], ipFamilyPolicy: PreferDualStack', 'net/dual-stack spec.clusterIPs'],
    ['clusterIP: None, clusterIPs: [None, 10.0.0.2]', 'net/dual-stack spec.clusterIPs'],
    ['clusterIP: 10.0.0.1, ipFamilies: [IPv6]', 'net/dual-stack spec.clusterIPs[0]'],
    ['ipFamilies: [ipv4]', 'schema/enum-case spec.ipFamilies[0]'],
    ['ipFamilies: [IPv4, IPv4], ipFamilyPolicy: PreferDualStack', 'net/dual-stack spec.ipFamilies[1]'],
    ['ipFamilies: [IPv4, IPv6]', 'net/dual-stack spec.ipFamilyPolicy'],
    ['ipFamilies: [IPv4, IPv6], ipFamilyPolicy: SingleStack', 'net/dual-stack spec.ipFamilyPolicy'],
    ['clusterIP: None, ipFamilies: [IPv4, IPv6], selector: {a: b}', 'net/dual-stack spec.ipFamilyPolicy'],
    ['ipFamilyPolicy: Single', 'schema/invalid spec.ipFamilyPolicy'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
