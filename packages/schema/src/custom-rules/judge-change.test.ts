import { isObject, type JsonObject, parse, toPointer } from '@plumbline/core';
import { RE2JS } from 're2js';
import { beforeAll, expect, test } from 'vitest';
import { usePatternLibrary } from '../pattern.ts';
import { judgeChange } from './judge-change.ts';

beforeAll(() => usePatternLibrary(() => RE2JS));

function object(text: string): JsonObject {
  const value = parse({ path: 'x.yaml', bytes: new TextEncoder().encode(text) })[0]?.value;
  return isObject(value) ? value : {};
}

const SCHEMA = object(`
type: object
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  spec:
    type: object
    x-kubernetes-validations:
      - {rule: "self.size >= oldSelf.size", fieldPath: .size, messageExpression: "'below ' + string(oldSelf.size)"}
      - {rule: "!oldSelf.hasValue() || has(self.once) || !has(oldSelf.value().once)", optionalOldSelf: true, message: "once stays"}
      - {rule: "self.size < 100", message: "no matter of the change"}
    properties:
      size: {type: integer}
      once: {type: string}
      zone: {type: string, x-kubernetes-validations: [{rule: "self == oldSelf", message: "zone is immutable"}]}
      locks:
        type: array
        x-kubernetes-list-type: map
        x-kubernetes-list-map-keys: [name]
        items:
          type: object
          properties:
            name: {type: string}
            turns: {type: integer, x-kubernetes-validations: [{rule: "self == oldSelf"}]}
      keys:
        type: object
        additionalProperties: {type: string, x-kubernetes-validations: [{rule: "self.startsWith(oldSelf)", message: "keys grow"}]}
`);

const custom = (spec: string): JsonObject => object(`apiVersion: a/v1\nkind: K\nmetadata: {name: web}\nspec: ${spec}\n`);

test.each<[string, string, string, string[]]>([
  ['nothing changed', '{size: 5, zone: a}', '{size: 5, zone: a}', []],
  ['a value that may not change', '{size: 5, zone: b}', '{size: 5, zone: a}', ['/spec/zone zone is immutable']],
  ['one that is new', '{size: 5, zone: b}', '{size: 5}', []],
  ['one that goes', '{size: 5}', '{size: 5, zone: a}', []],
  ['one that shrinks', '{size: 4}', '{size: 5}', ['/spec/size below 5']],
  [
    'an item of a list, by its keys',
    '{size: 5, locks: [{name: b, turns: 1}, {name: a, turns: 3}]}',
    '{size: 5, locks: [{name: a, turns: 2}, {name: b, turns: 1}]}',
    ['/spec/locks/1/turns failed rule: self == oldSelf'],
  ],
  ['a new item', '{size: 5, locks: [{name: a, turns: 2}, {name: c, turns: 9}]}', '{size: 5, locks: [{name: a, turns: 2}]}', []],
  ['values of a map', '{size: 5, keys: {a: xy, b: z}}', '{size: 5, keys: {a: x, b: w}}', ['/spec/keys/b keys grow']],
  ['what was before as an optional', '{size: 5}', '{size: 5, once: x}', ['/spec once stays']],
  ['a rule that is not about the change', '{size: 200}', '{size: 5}', []],
  ['a value that cannot be evaluated', '{zone: a}', '{size: 5, zone: a}', []],
])('%s', (_name, after, before, expected) => {
  expect(judgeChange(custom(after), custom(before), SCHEMA, 37).map(({ path, message }) => `${toPointer(path)} ${message}`)).toEqual(
    expected,
  );
});
