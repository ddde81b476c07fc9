import { expect, test } from 'vitest';
import { object, objects } from '../test/given.ts';
import { patchAsServer } from './json-patch.ts';

const BEFORE = '{a: {b: 1}, l: [x, y], s: text}';

test.each<[string, string]>([
  ['[{op: add, path: /a/c, value: 2}]', '{a: {b: 1, c: 2}, l: [x, y], s: text}'],
  ['[{op: add, path: /l/1, value: z}]', '{a: {b: 1}, l: [x, z, y], s: text}'],
  ['[{op: add, path: /l/-, value: z}]', '{a: {b: 1}, l: [x, y, z], s: text}'],
  ['[{op: add, path: /l/-1, value: z}]', '{a: {b: 1}, l: [x, y, z], s: text}'],
  ['[{op: replace, path: /l/-1, value: z}]', '{a: {b: 1}, l: [x, z], s: text}'],
  ['[{op: replace, path: /fresh, value: z}]', '{a: {b: 1}, l: [x, y], s: text, fresh: z}'],
  ['[{op: remove, path: /l/0}]', '{a: {b: 1}, l: [y], s: text}'],
  ['[{op: move, from: /a/b, path: /c}]', '{a: {}, l: [x, y], s: text, c: 1}'],
  ['[{op: copy, from: /l, path: /a/l}, {op: add, path: /l/-, value: z}]', '{a: {b: 1, l: [x, y]}, l: [x, y, z], s: text}'],
  ['[{op: copy, from: /none, path: /c}]', '{a: {b: 1}, l: [x, y], s: text, c: null}'],
  ['[{op: add, path: /~1~0, value: 1}]', '{a: {b: 1}, l: [x, y], s: text, /~: 1}'],
  ['[{op: test, path: /a/b, value: 1.0}, {op: test, path: /none, value: null}, {op: remove, path: /s}]', '{a: {b: 1}, l: [x, y]}'],
])('%s', (patch, expected) => {
  const before = object(BEFORE);
  expect(patchAsServer(before, objects(patch))).toEqual(object(expected));
  expect(before).toEqual(object(BEFORE));
});

test('a test that fails leaves it', () => {
  expect(patchAsServer(object(BEFORE), objects('[{op: remove, path: /s}, {op: test, path: /a/b, value: 2}]'))).toBeUndefined();
});

// The words are those of the server, of which cluster/policies.cluster.test.ts asks it.
test.each([
  ['{op: add, path: /none/x}', 'add operation does not apply: doc is missing path: "/none/x": missing value'],
  ['{op: add, path: /s/x}', 'add operation does not apply: doc is missing path: "/s/x": missing value'],
  ["{op: add, path: ''}", 'add operation does not apply: doc is missing path: "": missing value'],
  ['{op: add, path: /l/9}', "error in add for path: '/l/9': Unable to access invalid index: 9: invalid index referenced"],
  [
    '{op: add, path: /l/x}',
    `error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax`,
  ],
  ['{op: remove, path: /none}', "error in remove for path: '/none': Unable to remove nonexistent key: none: missing value"],
  ['{op: remove, path: /none/x}', 'remove operation does not apply: doc is missing path: "/none/x": missing value'],
  ['{op: remove, path: /l/-3}', "error in remove for path: '/l/-3': Unable to access invalid index: -3: invalid index referenced"],
  ['{op: replace, path: /none/x}', 'replace operation does not apply: doc is missing path: /none/x: missing value'],
  ['{op: replace, path: /l/2}', 'replace operation does not apply: doc is missing key: /l/2: missing value'],
  ['{op: move, from: /none, path: /x}', "error in move for path: 'none': Unable to remove nonexistent key: none: missing value"],
  ['{op: move, from: /none/x, path: /x}', 'move operation does not apply: doc is missing from path: /none/x: missing value'],
  ['{op: move, from: /s, path: /none/x}', 'move operation does not apply: doc is missing destination path: /none/x: missing value'],
  ['{op: copy, from: /none/x, path: /x}', 'copy operation does not apply: doc is missing from path: /none/x: missing value'],
  ['{op: copy, from: /s, path: /none/x}', 'copy operation does not apply: doc is missing destination path: /none/x: missing value'],
  ['{op: test, path: /none/x, value: 1}', 'test operation does not apply: is missing path: /none/x: missing value'],
  ['{op: test, path: /l/7, value: 1}', "error in test for path: '/l/7': Unable to access invalid index: 7: invalid index referenced"],
  ['{op: frob, path: /a}', 'Unexpected kind: frob'],
])('%s', (operation, message) => {
  expect(() => patchAsServer(object(BEFORE), objects(operation))).toThrow(message);
});
