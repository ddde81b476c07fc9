import { expect, test } from 'vitest';
import { saidOfContainer } from '../../../test/pod-lines.ts';

const VOLUMES = 'volumes: [{name: e, emptyDir: {}}, {name: none}, {name: c, configMap: {name: d}}]';
const of = (variable: string): string[] =>
  saidOfContainer(`env: [{name: A, ${variable}}]`, VOLUMES).map((line) => line.replace('env[0].', ''));
const from = (source: string): string => `valueFrom: {${source}}`;

test.each([
  'value: b',
  'value: null',
  from('fieldRef: {fieldPath: status.podIPs}'),
  from('fieldRef: {fieldPath: spec.host, apiVersion: v1}'),
  from(`fieldRef: {fieldPath: "metadata.annotations['A.b/C']"}`),
  from('resourceFieldRef: {resource: requests.hugepages-2Mi, divisor: 1Mi}'),
  from('resourceFieldRef: {resource: limits.cpu, divisor: 1m, containerName: x}'),
  from('configMapKeyRef: {name: a, key: A_b.c}'),
  from('secretKeyRef: {name: a.b, key: ..., optional: true}').replace('...', '.a'),
  from('fileKeyRef: {volumeName: e, path: a/b, key: K}'),
  from('fileKeyRef: {volumeName: none, path: a, key: k k}'),
])('a variable with %s is good', (variable) => {
  expect(of(variable)).toEqual([]);
});

test.each([
  [from(''), 'schema/missing-required valueFrom'],
  [`value: a, ${from('secretKeyRef: {name: a, key: b}')}`, 'schema/invalid valueFrom'],
  [from('secretKeyRef: {name: a, key: b}, configMapKeyRef: {name: a, key: b}'), 'schema/invalid valueFrom.secretKeyRef'],
  [from('fieldRef: {fieldPath: metadata.labels}'), 'schema/invalid valueFrom.fieldRef.fieldPath'],
  [from('fieldRef: {fieldPath: status.phase}'), 'schema/invalid valueFrom.fieldRef.fieldPath'],
  [from('fieldRef: {fieldPath: metadata.name, apiVersion: v2}'), 'schema/invalid valueFrom.fieldRef.apiVersion'],
  [from('resourceFieldRef: {resource: limits.gpu}'), 'schema/invalid valueFrom.resourceFieldRef.resource'],
  [from('resourceFieldRef: {resource: limits.cpu, divisor: 2}'), 'schema/invalid valueFrom.resourceFieldRef.divisor'],
  [from('configMapKeyRef: {key: b}'), 'schema/missing-required valueFrom.configMapKeyRef.name'],
  [from('configMapKeyRef: {name: A, key: b}'), 'schema/invalid valueFrom.configMapKeyRef.name'],
  [from('secretKeyRef: {name: a}'), 'schema/missing-required valueFrom.secretKeyRef.key'],
  [from('secretKeyRef: {name: a, key: ..a}'), 'schema/invalid valueFrom.secretKeyRef.key'],
  [from('secretKeyRef: {name: a, key: a/b}'), 'schema/invalid valueFrom.secretKeyRef.key'],
  [from('fileKeyRef: {volumeName: x, path: a, key: K}'), 'wl/volume-unmounted valueFrom.fileKeyRef.volumeName'],
  [
    from('fileKeyRef: {volumeName: c, path: ../a, key: K=}'),
    'schema/invalid valueFrom.fileKeyRef.key',
    'schema/invalid valueFrom.fileKeyRef.path',
    'schema/invalid valueFrom.fileKeyRef.volumeName',
  ],
])('a variable with %s is refused', (variable, ...lines) => {
  expect(of(variable)).toEqual(lines);
});

test.each([
  ['A', []],
  ['1a b/ü'.replace('ü', '~'), []],
  ['""', ['schema/missing-required env[0].name']],
  ['a=b', ['schema/invalid env[0].name']],
  ['é', ['schema/invalid env[0].name']],
])('variables may be named %s', (name, lines) => {
  expect(saidOfContainer(`env: [{name: ${name}}]`)).toEqual(lines);
});

test('names of variables were of fewer characters before 1.32, and files of them off before 1.35', () => {
  expect(saidOfContainer('env: [{name: 1a}, {name: ..a}, {name: a.b-c}]', '', { minor: 31 })).toEqual([
    'schema/invalid env[0].name',
    'schema/invalid env[1].name',
  ]);
  const file = `env: [{name: A, ${from('fileKeyRef: {volumeName: e, path: a, key: K}')}}]`;
  expect(saidOfContainer(file, VOLUMES, { minor: 34 })).toEqual(['schema/missing-required env[0].valueFrom']);
});

test.each([
  ['{name: A, value: a}, {name: A, value: b}', ['wl/duplicate-env env[1] (server-warning)']],
  ['{name: A, value: a}, {name: A, value: $(A)}', ['wl/duplicate-env env[1] (server-warning)']],
  ['{name: A, value: a}, {name: A, value: $(A)b}', []],
  ['{name: A, value: a}, {name: B, value: a}', []],
])('of %s the server warns, or not', (variables, lines) => {
  expect(saidOfContainer(`env: [${variables}]`)).toEqual(lines);
});

test.each([
  ['{configMapRef: {name: a}, prefix: P_}', []],
  ['{secretRef: {name: a-}}', []],
  ['{}', ['schema/missing-required envFrom[0].configMapRef']],
  ['{configMapRef: {name: a}, secretRef: {name: b}}', ['schema/invalid envFrom[0].secretRef']],
  ['{secretRef: {}}', ['schema/missing-required envFrom[0].secretRef.name']],
  ['{secretRef: {name: a_b}, prefix: a=}', ['schema/invalid envFrom[0].prefix', 'schema/invalid envFrom[0].secretRef.name']],
])('envFrom %s', (source, lines) => {
  expect(saidOfContainer(`envFrom: [${source}]`)).toEqual(lines);
});

test('what a variable of Flux fills in is not judged', () => {
  expect(
    saidOfContainer(`env: [{name: "\${A}=", ${from(`secretKeyRef: {name: "\${B}", key: "\${C}"}`)}}]`, '', { isFilledIn: true }),
  ).toEqual(['schema/invalid skipped']);
});
