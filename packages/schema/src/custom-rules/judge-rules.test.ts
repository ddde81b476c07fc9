import { isObject, type JsonObject, parse, toPointer } from '@plumbline/core';
import { RE2JS } from 're2js';
import { beforeAll, expect, test } from 'vitest';
import { usePatternLibrary } from '../pattern.ts';
import { createVerdict } from '../verdict.ts';
import { judgeRules } from './judge-rules.ts';

beforeAll(() => usePatternLibrary(() => RE2JS));

function object(text: string): JsonObject {
  const value = parse({ path: 'x.yaml', bytes: new TextEncoder().encode(text) })[0]?.value;
  return isObject(value) ? value : {};
}

const SCHEMA = object(`
type: object
x-kubernetes-validations:
  - {rule: "self.metadata.name.size() < 5", message: "the name is long"}
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  status:
    type: object
    x-kubernetes-validations: [{rule: "false"}]
  spec:
    type: object
    x-kubernetes-validations:
      - {rule: "self.min <= self.max", fieldPath: .min, messageExpression: "'min ' + string(self.min) + ' is above max'"}
      - {rule: "self.max == oldSelf.max", message: immutable}
      - {rule: "!oldSelf.hasValue() || self.max == oldSelf.value().max", optionalOldSelf: true}
      - {rule: "has(self.owner) || self.min == 0", fieldPath: .owner, reason: FieldValueRequired, message: "an owner is wanted"}
    properties:
      min: {type: integer, default: 0}
      max: {type: integer}
      owner: {type: string}
      code: {type: string, x-kubernetes-validations: [{rule: "self.matches('^[a-z]+$')"}]}
      hosts:
        type: array
        items: {type: string, x-kubernetes-validations: [{rule: "self != 'bad'", message: "bad host"}]}
      ports:
        type: object
        additionalProperties: {type: integer, x-kubernetes-validations: [{rule: "10 / self > 1"}]}
`);

function judged(spec: string, more = ''): string[] {
  const verdict = createVerdict();
  const custom = object(`apiVersion: a/v1\nkind: K\nmetadata: {name: web${more}}\nspec: ${spec}\nstatus: {a: b}\n`);
  judgeRules(custom, { schema: SCHEMA, hasStatus: true }, 37, verdict);
  const said = verdict.problems.map(({ rule, path, message }) => `${rule} ${toPointer(path ?? [])} ${message}`);
  return [...said, ...[...(verdict.skipped?.values() ?? [])].flatMap((reasons) => [...reasons])];
}

const CHANGE = 'a rule about a change has nothing to compare with';

test.each([
  ['a sound object: defaults come first, a status that is dropped is not judged', '{max: 3}', '', []],
  ['the name', '{max: 3}', 'ameislong', ['schema/cel-rule  the name is long']],
  [
    'a field by its path, with a message that is worked out',
    '{min: 4, max: 3, owner: me}',
    '',
    ['schema/cel-rule /spec/min min 4 is above max'],
  ],
  ['a field that is missing', '{min: 1, max: 3}', '', ['schema/cel-rule /spec/owner an owner is wanted']],
  ['a text without a message', '{max: 3, code: A}', '', ["schema/cel-rule /spec/code failed rule: self.matches('^[a-z]+$')"]],
  ['an item', '{max: 3, hosts: [good, bad]}', '', ['schema/cel-rule /spec/hosts/1 bad host']],
  [
    'a rule that fails to run',
    '{max: 3, ports: {a: 0}}',
    '',
    ['schema/cel-rule /spec/ports/a division by zero evaluating rule: 10 / self > 1'],
  ],
])('%s', (_name, spec, more, expected) => {
  expect(judged(spec, more)).toEqual([...expected, CHANGE]);
});
