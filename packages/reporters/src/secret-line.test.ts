import { createSecretMask } from '@plumbline/core';
import { expect, test } from 'vitest';
import { maskedLine } from './secret-line.ts';

function masked(text: string): (string | undefined)[] {
  const lines = text.split('\n');
  const mask = createSecretMask();
  return lines.map((_line, index) => maskedLine(lines, index + 1, false, mask));
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
