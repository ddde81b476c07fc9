import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import {
  compareTyped,
  DEDUCED,
  extractFields,
  extractFieldsWithKeys,
  fieldsOf,
  leaves,
  mergeTyped,
  parseJson,
  readFieldsV1,
  reconcileFields,
  removeFields,
  type Topology,
  validate,
  writeFieldsV1,
} from '@plumbline/merge';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { type SmdSchema, topologies } from './smd-schema.ts';
import { runSequence } from './smd-sequence.ts';

type Named = (name: string) => Topology | undefined;
type Judge = (entry: JsonObject, type: Topology, named: (schema: string) => Named) => readonly [expected: JsonValue, got: JsonValue];

const JUDGES: Readonly<Record<string, Judge>> = {
  'typed-merge': (entry, type) => [at(entry, 'expected'), mergeTyped(at(entry, 'lhs'), at(entry, 'rhs'), type) ?? null],
  'typed-compare': (entry, type) => {
    const there = compareTyped(at(entry, 'lhs'), at(entry, 'rhs'), type);
    const back = compareTyped(at(entry, 'rhs'), at(entry, 'lhs'), type);
    const expected = [at(entry, 'added'), at(entry, 'modified'), at(entry, 'removed')];
    return [
      [...expected, ...expected.toReversed()],
      [there.added, there.modified, there.removed, back.added, back.modified, back.removed].map(writeFieldsV1),
    ];
  },
  'typed-to-fieldset': (entry, type) => [at(entry, 'fields'), writeFieldsV1(fieldsOf(at(entry, 'object'), type))],
  'typed-remove-extract': (entry, type) => {
    const fields = readFieldsV1(at(entry, 'fields'));
    const object = at(entry, 'object');
    // Some cases say what comes of one of the two only.
    const [removed, extracted] = [member(entry, 'afterRemove'), member(entry, 'afterExtract')];
    return [
      [removed ?? null, extracted ?? null],
      [
        removed === undefined ? null : removeFields(object, fields, type),
        extracted === undefined ? null : extractFields(object, fields, type),
      ],
    ];
  },
  'typed-extract-with-keys': (entry, type) => [
    at(entry, 'expected'),
    extractFieldsWithKeys(at(entry, 'object'), readFieldsV1(at(entry, 'fields')), type),
  ],
  'typed-reversible-extract': (entry, type) => {
    const partial = at(entry, 'partial');
    const merged = mergeTyped(at(entry, 'object'), partial, type) ?? null;
    return [partial, extractFields(merged, leaves(fieldsOf(partial, type)), type)];
  },
  'typed-reconcile-schema': (entry, _, named) => {
    const type = named(String(at(entry, 'newSchema')))(String(at(entry, 'type')));
    const before = readFieldsV1(at(entry, 'oldFields'));
    const after = reconcileFields(before, type ?? DEDUCED);
    return at(entry, 'unchanged') === true ? [true, after === before] : [at(entry, 'expectedFields'), writeFieldsV1(after)];
  },
  'typed-validate': (entry, type) => {
    const object = at(entry, 'object');
    const loosely = member(entry, 'validWithAllowDuplicates');
    const isValid = validate(object, type).length === 0;
    if (loosely === undefined) return [at(entry, 'valid'), isValid];
    return [
      [at(entry, 'valid'), loosely],
      [isValid, validate(object, type, { allowsDuplicates: true }).length === 0],
    ];
  },
};

/** The cases of structured-merge-diff: typed values one by one, and sequences of operations. */
export const suite: Suite = {
  name: 'drift/structured-merge-diff',
  data: 'drift/structured-merge-diff/schemas.json',
  isShownByPart: true,
  async *run(folder) {
    const read = (name: string): JsonValue => parseJson(readFileSync(join(folder, `drift/structured-merge-diff/${name}.json`), 'utf8'));
    const schemas = read('schemas');
    const known = new Map<string, Named>();
    const named = (id: string): Named => {
      const made = known.get(id) ?? topologies(at(schemas, id) as unknown as SmdSchema); // the suite's own format
      known.set(id, made);
      return made;
    };
    for (const [part, judge] of Object.entries(JUDGES)) {
      for (const [index, entry] of casesOf(read(part)).entries()) {
        const id = `${part}/${at(entry, 'name')}/${index}`;
        const type =
          at(entry, 'deduced') === true ? DEDUCED : named(String(at(entry, 'schema') ?? at(entry, 'oldSchema')))(String(at(entry, 'type')));
        yield { ...(await guarded(id, () => compared(id, judge(entry, type ?? DEDUCED, named)))), part };
      }
    }
    for (const [index, entry] of casesOf(read('merge')).entries()) {
      const id = `merge/${at(entry, 'name')}/${index}`;
      yield { ...(await guarded(id, () => compared(id, runSequence(entry, named)))), part: `merge, ${at(entry, 'converter')}` };
    }
  },
};

function compared(id: string, [expected, got]: readonly [JsonValue, JsonValue]): CaseResult {
  if (canonicalJson(expected) === canonicalJson(got)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(expected), got: stringify(got), cause: id.split('/')[0] ?? '' };
}

function casesOf(value: JsonValue): readonly JsonObject[] {
  const cases = member(value, 'cases');
  return Array.isArray(cases) ? cases.filter(isObject) : [];
}

function at(value: JsonValue, key: string): JsonValue {
  return member(value, key) ?? null;
}
