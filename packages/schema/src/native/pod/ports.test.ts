import { expect, test } from 'vitest';
import { fixesOfContainer, saidOfContainer, saidOfSpec, TEMPLATE } from '../../../test/pod-lines.ts';
import { portNameFault } from './port-names.ts';

const two = (first: string, second: string, more = ''): string =>
  `containers: [{name: a, image: b, ports: [${first}]}, {name: c, image: b, ports: [${second}]}]\n${more}`;

test.each([
  ['{containerPort: 80, name: http, protocol: "", hostPort: 0}', []],
  ['{containerPort: 80}, {containerPort: 80, protocol: UDP}', []],
  ['{}', ['schema/missing-required ports[0].containerPort']],
  ['{containerPort: -1}', ['schema/invalid ports[0].containerPort']],
  ['{containerPort: 65536, hostPort: 65536}', ['schema/invalid ports[0].containerPort', 'schema/invalid ports[0].hostPort']],
  ['{containerPort: 80, protocol: tcp}', ['schema/enum-case ports[0].protocol']],
  ['{containerPort: 80, name: HTTP}', ['wl/port-name ports[0].name']],
  ['{containerPort: 80, name: a}, {containerPort: 81, name: a}', ['wl/duplicate-port ports[1].name']],
  ['{containerPort: 80, hostPort: 1}, {containerPort: 81, hostPort: 1}', ['wl/duplicate-port ports[1].hostPort']],
  ['{containerPort: 80, hostPort: 1}, {containerPort: 81, hostPort: 1, hostIP: 1.2.3.4}', []],
])('%s', (ports, lines) => {
  expect(saidOfContainer(`ports: [${ports}]`)).toEqual(lines);
});

test.each([
  ['a', undefined],
  ['0a-b', undefined],
  ['abcdefghijklmno', undefined],
  ['abcdefghijklmnop', 'is longer than 15 characters'],
  ['80', 'needs at least one letter'],
  ['', 'needs at least one letter'],
  ['a--b', 'may not have "--"'],
  ['-a', 'may not start or end with "-"'],
  ['a-', 'may not start or end with "-"'],
  ['a_b', 'may have only lower case letters, digits and "-"'],
])('port name %s: %s', (name, fault) => {
  expect(portNameFault(name)).toBe(fault);
});

test('in the network of the host, ports are those of the host', () => {
  const host = 'hostNetwork: true';
  const same = two('{containerPort: 80}', '{containerPort: 80}', host);
  const warning = 'wl/duplicate-port spec.containers[1].ports[0] (server-warning)';
  expect(saidOfSpec(same)).toEqual(['wl/duplicate-port spec.containers[1].ports[0].containerPort', warning]);
  expect(saidOfSpec(same, {}, TEMPLATE)).toEqual([warning]);
  expect(saidOfContainer('ports: [{containerPort: 80, hostPort: 81}]', host)).toEqual(['schema/invalid ports[0].hostPort']);
  expect(saidOfContainer('ports: [{containerPort: 80, hostPort: 81}]', host, { mayGainFields: true })).toEqual(['schema/invalid skipped']);
  const init =
    'containers: [{name: a, image: b}]\ninitContainers: [{name: c, image: b, ports: [{containerPort: 80, hostPort: 1}]}, {name: d, image: b, ports: [{containerPort: 81, hostPort: 1}]}]';
  expect(saidOfSpec(init)).toEqual([]);
});

test.each([
  [two('{containerPort: 80}', '{containerPort: 80}'), ['wl/duplicate-port spec.containers[1].ports[0] (server-warning)']],
  [two('{containerPort: 80}', '{containerPort: 80, hostPort: 1}'), ['wl/duplicate-port spec.containers[1].ports[0] (server-warning)']],
  [
    two('{containerPort: 80, hostPort: 1}', '{containerPort: 80, hostPort: 1, hostIP: 1.2.3.4}'),
    ['wl/duplicate-port spec.containers[1].ports[0] (server-warning)'],
  ],
  [two('{containerPort: 80, hostPort: 1}', '{containerPort: 80, hostPort: 2}'), []],
  [
    two('{containerPort: 80, name: a}', '{containerPort: 81, name: a}'),
    ['wl/duplicate-port spec.containers[1].ports[0].name (server-warning)'],
  ],
  [two('{containerPort: 80, hostIP: 1.2.3.4}', '{containerPort: 81}'), ['wl/duplicate-port spec.containers[0].ports[0] (server-warning)']],
])('of %s the server warns, or not', (spec, lines) => {
  expect(saidOfSpec(spec)).toEqual(lines);
});

test('a number in quotes loses them, another name has to be thought of', () => {
  const probe = (port: string) => fixesOfContainer(`livenessProbe: {tcpSocket: {port: ${port}}}`);
  const path = ['spec', 'containers', 0, 'livenessProbe', 'tcpSocket', 'port'];
  expect(probe('"8080"')).toEqual([
    { title: 'remove the quotes', safe: true, changes: [{ op: 'replace', path, before: '8080', after: 8080 }] },
  ]);
  expect(probe('"70000"')).toEqual([]);
  expect(probe('"080"')).toEqual([]);
});
