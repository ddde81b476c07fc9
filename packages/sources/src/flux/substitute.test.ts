import type { JsonObject, JsonValue } from '@plumbline/core';
import { expect, test } from 'vitest';
import type { Mark } from '../kustomize/mark.ts';
import { BuildError, NotBuiltError } from '../kustomize/problem.ts';
import { fromJson, toJson } from '../kustomize/through-json.ts';
import { substitute } from './substitute.ts';

const mark: Mark = { file: 'f', role: 'base', range: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }) };

function filled(object: JsonObject, variables: Readonly<Record<string, string>>): JsonValue {
  const node = fromJson(object, undefined, mark);
  substitute(node, (name) =>
    Object.hasOwn(variables, name) ? { value: variables[name], mark } : name === 'N' ? { value: '', mark } : undefined,
  );
  return toJson(node);
}

/** Object, variables, and what sigs.k8s.io/yaml v1.6.0 and fluxcd/pkg/envsubst v1.9.0 make of them, as the controller joins the two; null where it fails. */
const RECORDED: readonly (readonly [JsonObject, Readonly<Record<string, string>>, JsonValue])[] = [
  [{ k: '${V}' }, { V: '3' }, { k: 3 }],
  [{ k: '${V}' }, { V: 'true' }, { k: true }],
  [{ k: '${V}' }, { V: 'yes' }, { k: true }],
  [{ k: '${V}' }, { V: '"3"' }, { k: '3' }],
  [{ k: '${V}' }, { V: '' }, { k: null }],
  [{ k: '${V}' }, { V: '[a, b]' }, { k: ['a', 'b'] }],
  [{ k: ['${V}'] }, { V: 'a: b' }, { k: [{ a: 'b' }] }],
  [{ k: '${V}' }, { V: 'a: b' }, null],
  [{ k: 'x${V}' }, { V: '3' }, { k: 'x3' }],
  [{ k: '${V}0' }, { V: '3' }, { k: 30 }],
  [{ k: 'v${V}: w' }, { V: "it's" }, null],
  [{ k: '${V}\nb\n' }, { V: '3' }, { k: '3\nb\n' }],
  [{ k: 'a\n${V}' }, { V: 'x #c' }, { k: 'a\nx #c' }],
  [{ k: '${V} #c' }, { V: 'x' }, { k: 'x #c' }],
  [{ k: '${V}' }, { V: 'x #c' }, { k: 'x' }],
  [{ k: '"${V}"' }, { V: '3' }, { k: '"3"' }],
  [{ k: 'a\t${V}' }, { V: 'q"' }, null],
  [{ k: '${V}' }, { V: '0777' }, { k: 511 }],
  [{ k: '${V}' }, { V: '1e3' }, { k: 1000 }],
  [{ k: '${V}' }, { V: '12345678' }, { k: 12345678 }],
  [{ '${V}': 'x' }, { V: '3' }, { '3': 'x' }],
  [{ k: '$${V}' }, { V: '3' }, { k: '${V}' }],
  [{ k: '${V:=5}' }, { W: '3' }, { k: 5 }],
  [{ k: '${N:-a: b}' }, { V: '3' }, { k: 'a: b' }],
  [{ k: '😀 ${V}' }, { V: 'x' }, { k: '😀 x' }],
  [{ k: ' ${V}' }, { V: 'x' }, { k: ' x' }],
  [{ k: '${V}' }, { V: '2024-01-01' }, { k: '2024-01-01' }],
  [{ k: '${V}' }, { V: 'null' }, { k: null }],
  [{ k: '${V}' }, { V: '{a: 1}' }, { k: { a: 1 } }],
];

test.each(RECORDED)('%j with %j is read again as Flux reads it', (object, variables, expected) => {
  if (expected === null) expect(() => filled(object, variables)).toThrow(BuildError);
  else expect(filled(object, variables)).toEqual(expected);
});

test('what is not known and what nobody sets stay in the object, and are named with their place', () => {
  const node = fromJson({ a: '${KNOWN}-${SECRET}', b: ['${NOBODY}', '${NOBODY:-d}'] }, undefined, mark);
  const variables = { KNOWN: { value: 'x', mark }, SECRET: { value: undefined, mark } };
  const result = substitute(node, (name) => (name === 'KNOWN' || name === 'SECRET' ? variables[name] : undefined));
  expect(toJson(node)).toEqual({ a: 'x-${SECRET}', b: ['${NOBODY}', 'd'] });
  expect([[...result.open.keys()], [...result.missing.keys()]]).toEqual([['SECRET'], ['NOBODY']]);
});

test('a reference that is not closed in its text may be closed behind it, so that nothing can be said', () => {
  expect(() => filled({ a: '${V:-' }, { V: 'x' })).toThrow(NotBuiltError);
});

test('an object without a dollar sign is not touched', () => {
  const node = fromJson({ a: 1234567 }, undefined, mark);
  substitute(node, () => undefined);
  expect(toJson(node)).toEqual({ a: 1234567 });
});
