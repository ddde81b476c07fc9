import { expect, test } from 'vitest';
import { saidOfContainer, TEMPLATE } from '../../../test/pod-lines.ts';

test.each([
  'livenessProbe: {exec: {command: [a]}}',
  'livenessProbe: {httpGet: {port: 80, path: "", scheme: ""}, successThreshold: 0}',
  'livenessProbe: {httpGet: {port: a-1, scheme: HTTPS, httpHeaders: [{name: X-A, value: b}]}, terminationGracePeriodSeconds: 1}',
  'readinessProbe: {tcpSocket: {port: 65535}, successThreshold: 3}',
  'startupProbe: {grpc: {port: 1}, httpGet: null}',
  'lifecycle: {postStart: {httpGet: {port: 80}}, preStop: {sleep: {seconds: 30}}}',
  'lifecycle: {preStop: {sleep: {}}, stopSignal: x}',
])('%s is good', (members) => {
  expect(saidOfContainer(members)).toEqual([]);
});

test.each([
  ['livenessProbe: {}', 'schema/missing-required livenessProbe'],
  ['livenessProbe: {exec: {}}', 'schema/missing-required livenessProbe.exec.command'],
  ['livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 0}}', 'schema/invalid livenessProbe.tcpSocket'],
  ['livenessProbe: {httpGet: {port: 0}}', 'schema/invalid livenessProbe.httpGet.port'],
  ['livenessProbe: {httpGet: {port: "80"}}', 'wl/port-name livenessProbe.httpGet.port'],
  ['livenessProbe: {httpGet: {port: 80, scheme: http}}', 'schema/enum-case livenessProbe.httpGet.scheme'],
  ['livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: a b}]}}', 'schema/invalid livenessProbe.httpGet.httpHeaders[0].name'],
  ['livenessProbe: {tcpSocket: {port: a--b}}', 'wl/port-name livenessProbe.tcpSocket.port'],
  ['livenessProbe: {grpc: {port: 65536}}', 'schema/invalid livenessProbe.grpc.port'],
  ['livenessProbe: {tcpSocket: {port: 1}, successThreshold: 2}', 'schema/invalid livenessProbe.successThreshold'],
  ['readinessProbe: {tcpSocket: {port: 1}, successThreshold: -1}', 'schema/invalid readinessProbe.successThreshold'],
  ['readinessProbe: {tcpSocket: {port: 1}, periodSeconds: -1}', 'schema/invalid readinessProbe.periodSeconds'],
  [
    'readinessProbe: {tcpSocket: {port: 1}, terminationGracePeriodSeconds: 1}',
    'schema/invalid readinessProbe.terminationGracePeriodSeconds',
  ],
  ['startupProbe: {tcpSocket: {port: 1}, terminationGracePeriodSeconds: 0}', 'schema/invalid startupProbe.terminationGracePeriodSeconds'],
  ['lifecycle: {preStop: {}}', 'schema/missing-required lifecycle.preStop'],
  ['lifecycle: {preStop: {sleep: {seconds: 31}}}', 'schema/invalid lifecycle.preStop.sleep.seconds'],
  ['lifecycle: {postStart: {exec: {command: [a]}, sleep: {seconds: 1}}}', 'schema/invalid lifecycle.postStart.sleep'],
])('%s is refused', (members, ...lines) => {
  expect(saidOfContainer(members)).toEqual(lines);
});

test('a sleep fits into the time that the pod has to end', () => {
  const sleep = (seconds: number): string => `lifecycle: {preStop: {sleep: {seconds: ${seconds}}}}`;
  const refused = ['schema/invalid lifecycle.preStop.sleep.seconds'];
  expect(saidOfContainer(sleep(60), 'terminationGracePeriodSeconds: 60')).toEqual([]);
  expect(saidOfContainer(sleep(2), 'terminationGracePeriodSeconds: -5')).toEqual(refused);
  expect(saidOfContainer(sleep(1), 'terminationGracePeriodSeconds: -5')).toEqual([]);
  expect(saidOfContainer(sleep(0), 'terminationGracePeriodSeconds: -5', {}, TEMPLATE)).toContain(refused[0]);
  expect(saidOfContainer(sleep(0), '', { minor: 32 })).toEqual(refused);
  expect(saidOfContainer(sleep(0), '', { minor: 33 })).toEqual([]);
});
