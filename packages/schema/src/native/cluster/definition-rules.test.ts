import { expect, test } from 'vitest';
import { messagesOf, saidOf } from '../../../test/native-lines.ts';
// RE2, for expressions with patterns.
import '../../../test/schemas.ts';
import { checkDefinitionRules } from './definition-rules.ts';

const definition = (schema: string): string =>
  `{spec: {versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {a: {${schema}}}}}}]}}`;
const rule = (text: string, more = ''): string => `x-kubernetes-validations: [{rule: ${JSON.stringify(text)}${more}}]`;

function of(schema: string): string[] {
  const said = saidOf(checkDefinitionRules, definition(schema));
  return said.map((line) =>
    line.replace('spec.versions[0].schema.openAPIV3Schema.properties.a', '').replace('.x-kubernetes-validations', ''),
  );
}

test.each<[string, ...string[]]>([
  [`type: string, ${rule('self.size() < 5')}`],
  [`type: string, ${rule('self < 5')}`, 'api/cel-cost [0].rule'],
  [`type: string, ${rule('self')}`, 'api/cel-cost [0].rule'],
  [`type: string, ${rule('self.matches("[")')}`, 'api/cel-cost [0].rule'],
  [`type: string, ${rule('true', ', messageExpression: self')}`],
  [`type: string, ${rule('true', ', messageExpression: "1"')}`, 'api/cel-cost [0].messageExpression'],
  [`type: object, properties: {b: {type: integer}}, ${rule('self.b > 1 && self.c > 1')}`, 'api/cel-cost [0].rule'],
  [`x-kubernetes-preserve-unknown-fields: true, ${rule('true')}`, 'api/cel-cost '],
  [`type: string, ${rule('self == oldSelf')}`],
  [`type: string, ${rule('oldSelf.hasValue()', ', optionalOldSelf: true')}`],
  [`type: string, ${rule('oldSelf.hasValue()')}`, 'api/cel-cost [0].rule'],
  [`type: string, ${rule('self == ""', ', optionalOldSelf: false')}`, 'api/cel-cost [0].optionalOldSelf'],
  [`type: array, items: {type: string, ${rule('self == oldSelf')}}`, 'api/cel-cost .items[0].rule'],
  [
    `type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}}, ${rule('self == oldSelf')}}`,
  ],
  [
    `type: array, x-kubernetes-list-type: map, maxItems: 9, items: {type: object, properties: {k: {type: string, maxLength: 9}}, ${rule('self.k == oldSelf.k')}}`,
  ],
  [`type: object, properties: {b: {type: string}}, ${rule('true', ', fieldPath: .b')}`],
  [`type: object, properties: {b: {type: string}}, ${rule('true', ', fieldPath: .c')}`, 'api/crd-structural [0].fieldPath'],
  [`type: object, properties: {b: {type: string}}, ${rule('true', ', fieldPath: b')}`, 'api/crd-structural [0].fieldPath'],
  [`type: object, properties: {"x-y": {type: string}}, ${rule('true', `, fieldPath: "['x-y']"`)}`],
])('%s', (schema, ...lines) => {
  expect(of(schema)).toEqual(lines);
});

test('what a rule may cost hangs on how large its object can be', () => {
  const nested = (bound: string): string =>
    `type: array${bound}, items: {type: string}, ${rule('self.all(x, self.all(y, x == y || x.contains(y)))')}`;
  expect(of(nested(''))).toEqual(['api/cel-cost [0].rule']);
  expect(of(`type: array, maxItems: 10, items: {type: string, maxLength: 10}, ${rule('self.all(x, self.all(y, x.contains(y)))')}`)).toEqual(
    [],
  );
  const each = (bound: string): string =>
    `type: array${bound}, items: {type: array, maxItems: 100, items: {type: string, maxLength: 100}, ${rule('self.all(x, self.exists(y, x == y))')}}`;
  expect(of(each(', maxItems: 10'))).toEqual([]);
  expect(of(each(''))).toEqual(['api/cel-cost .items[0].rule']);
  expect(messagesOf(checkDefinitionRules, definition(nested('')))[0]).toMatch(
    /^the expression may cost (?:more than 100|[\d.]+) times as much as it may: bound lists/,
  );
});
