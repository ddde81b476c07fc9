import { type JsonValue, parse } from '@plumbline/core';
import { expect, test } from 'vitest';
import { manifestText } from './manifest-text.ts';

const read = (text: string): JsonValue | undefined => parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) })[0]?.value;

test('the layout is that of kustomize build', () => {
  const object = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    spec: { replicas: 2, empty: {}, none: [], ports: [{ port: 80, name: 'http' }, 'x', [1, [2]]] },
    data: { script: 'set -e\nrun\n', last: 'a\nb', more: 'a\n\n', on: 'yes', version: '1.20', colon: 'a: b', note: "it's #1", dash: '- a' },
  };
  expect(manifestText(object)).toBe(
    `apiVersion: apps/v1
data:
  colon: 'a: b'
  dash: '- a'
  last: |-
    a
    b
  more: |+
    a

  note: 'it''s #1'
  "on": "yes"
  script: |
    set -e
    run
  version: "1.20"
kind: Deployment
spec:
  empty: {}
  none: []
  ports:
  - name: http
    port: 80
  - x
  -
    - 1
    -
      - 2
  replicas: 2
`,
  );
  expect(read(manifestText(object))).toEqual(object);
});

test('every text is read as the same text again', () => {
  const texts = [
    '',
    ' ',
    'a ',
    ' a',
    'a\n',
    '\na',
    ' a\nb',
    'a \nb',
    'a\n\n\n',
    '\n',
    'a\tb',
    '\u0000',
    '\u0085',
    '\ufeff',
    'é😀',
    '\ud800',
    'null',
    'Null',
    '~',
    'true',
    'Off',
    'y',
    'N',
    '0',
    '-1',
    '+1',
    '1_000',
    '0x1F',
    '0o7',
    '017',
    '1e3',
    '.5',
    '5.',
    '1:30',
    '.inf',
    '-.INF',
    '.NaN',
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '<<',
    '=',
    '-',
    '- a',
    '-a',
    '?',
    '? a',
    ':',
    'a:',
    ':a',
    'a: b',
    'a:b',
    '#a',
    'a #b',
    'a#b',
    '[a',
    '{a',
    ',a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    "'a'",
    '"a"',
    '%a',
    '@a',
    '`a`',
    '---',
    '--- a',
    '...',
    "it's",
    'a\\b',
    'key: |\n  a\n',
    '100m',
    '1Gi',
    '<secret 1>',
  ];
  for (const text of texts) {
    // A half of a surrogate pair has no bytes of its own: what can be asked is that nothing else breaks.
    if (text === '\ud800') continue;
    expect(read(manifestText({ a: text, b: [text], [text]: 1 })), JSON.stringify(text)).toEqual({ a: text, b: [text], [text]: 1 });
  }
});

test('a note stands behind the line of its field', () => {
  const text = manifestText({ a: { b: 1 }, c: [{ d: 'x\ny\n' }] }, (path) => path.join('.'));
  expect(text).toBe('a: # a\n  b: 1 # a.b\nc: # c\n- d: | # c.0.d\n    x\n    y\n');
  expect(read(text)).toEqual({ a: { b: 1 }, c: [{ d: 'x\ny\n' }] });
});
