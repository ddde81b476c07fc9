import { createSecretMask } from '@plumbline/core';
import { expect, test } from 'vitest';
import { type LineSubject, maskedLine } from './secret-line.ts';

function masked(text: string, subject: LineSubject = {}): (string | undefined)[] {
  const lines = text.split('\n');
  const mask = createSecretMask();
  return lines.map((_line, index) => maskedLine(lines, index + 1, subject, mask));
}

test('values of a Secret in block style', () => {
  const text = `apiVersion: v1
kind: Secret
metadata:
  name: db # fine
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"x"}}'
data:
  a: QUJD
  b: "QUJD"
stringData:
  # note
  c: |
    line
  d:
    e: xyz
type: Opaque`;
  expect(masked(text)).toEqual([
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: db # fine',
    '  annotations:',
    '    kubectl.kubernetes.io/last-applied-configuration: <secret 1>',
    'data:',
    '  a: <secret 2>',
    '  b: <secret 2>',
    'stringData:',
    undefined,
    '  c: |',
    undefined,
    '  d:',
    '    e: <secret 3>',
    'type: Opaque',
  ]);
});

test('a Secret in a List, beside another document', () => {
  expect(masked('kind: ConfigMap\ndata:\n  a: b\n---\nkind: List\nitems:\n- kind: Secret\n  data:\n    a: b')).toEqual([
    'kind: ConfigMap',
    'data:',
    '  a: b',
    '---',
    'kind: List',
    'items:',
    '- kind: Secret',
    '  data:',
    '    a: <secret 1>',
  ]);
});

test('flow style and JSON show nothing that may be secret', () => {
  expect(masked('{"kind":"Secret","data":{"a":"b"}}')).toEqual([undefined]);
  expect(masked('kind: Secret\ndata: {a: b}')).toEqual(['kind: Secret', undefined]);
  expect(masked('{\n  "kind": "Secret",\n  "data": {\n    "a": "b",\n    "c": "d"\n  }\n}')).toEqual([
    undefined,
    '  "kind": "Secret",',
    '  "data": {',
    '    "a": <secret 1>',
    '    "c": <secret 2>',
    '  }',
    '}',
  ]);
});

test('literals of a secretGenerator', () => {
  expect(masked('secretGenerator:\n- name: db\n  literals:\n  - password=x\nresources:\n- a.yaml')).toEqual([
    'secretGenerator:',
    '- name: db',
    '  literals:',
    undefined,
    'resources:',
    '- a.yaml',
  ]);
});

test('text that broke out of a Secret', () => {
  expect(masked('kind: Secret\ndata:\n  a: "b\nSUPER\nSUPER: x\ntype: Opaque')).toEqual([
    'kind: Secret',
    'data:',
    '  a: <secret 1>',
    undefined,
    undefined,
    'type: Opaque',
  ]);
});

test('below a line too long to be taken apart nothing is shown', () => {
  const long = `data: {a: ${'x'.repeat(3000)},`;
  expect(masked(`kind: Secret\n${long}\n  b: SUPER}`)).toEqual(['kind: Secret', undefined, undefined]);
});

test('a misspelt Secret is one, and one that lacks its kind', () => {
  const shown = ['metadata:', '  name: db', 'stringData:', '  a: <secret 1>'];
  expect(masked('metadata:\n  name: db\nstringData:\n  a: SUPER')).toEqual(shown);
  expect(masked('kind: Secert\ndata:\n  a: SUPER', { kind: 'Secert' })).toEqual(['kind: Secert', 'data:', '  a: <secret 1>']);
  expect(masked('kind: secret\ndata:\n  a: SUPER')).toEqual(['kind: secret', 'data:', '  a: <secret 1>']);
  expect(masked('kind: SecretList\nitems:\n- data:\n    a: SUPER\n  typo: SUPER')).toEqual([
    'kind: SecretList',
    'items:',
    '- data:',
    '    a: <secret 1>',
    '  typo: <secret 1>',
  ]);
});

test('a key in PEM form at the margin of a Secret ends no document', () => {
  expect(masked('kind: Secret\nstringData:\n  key: |\n-----BEGIN RSA PRIVATE KEY-----\nSUPER\n-----END', { isBroken: true })).toEqual([
    'kind: Secret',
    'stringData:',
    '  key: |',
    undefined,
    undefined,
    undefined,
  ]);
  expect(masked('kind: Secret\nstringData:\n  key: |\n---\nSUPER').slice(3)).toEqual(['---', undefined]);
});

test('what is said of another object is shown, whatever stands beside it', () => {
  const text = 'kind: List\nitems:\n- kind: Secret\n  data:\n    a: SUPER\n- kind: ConfigMap\n  data:\n    b: plain';
  expect(masked(text, { kind: 'ConfigMap' }).at(-1)).toBe('    b: plain');
});

test('a Secret as an inline patch, and tabs before literals', () => {
  expect(
    masked('patches:\n- patch: |\n    kind: Secret\n    stringData:\n      p: SUPER\n   q: SUPER', { isBroken: true }).slice(4),
  ).toEqual(['      p: <secret 1>', '   q: <secret 1>']);
  expect(masked('secretGenerator:\n- name: db\n  literals:\n\t- p=SUPER').at(-1)).toBe(undefined);
});

test('what only names the kind holds no values', () => {
  expect(masked('external:\n- kind: Secret\n  name: db\nwaivers:\n- rule: api/deprecated').at(-1)).toBe('- rule: api/deprecated');
});
