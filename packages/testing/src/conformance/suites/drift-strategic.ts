import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import {
  applyStrategicPatch,
  createThreeWayPatch,
  createTwoWayPatch,
  MergeError,
  parseJson,
  sortMergingLists,
  type Topology,
} from '@plumbline/merge';
import { createSchemaSet, kindTypes, topologyOf } from '@plumbline/schema';
import { dataDirectory, openData } from '@plumbline/schemas-kubernetes';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { swaggerTopologies } from './smp-schema.ts';

type TypeFor = (entry: JsonObject) => Topology | undefined;

/** The minor whose structures made the cases. */
const VERSION = '1.34';

/** Strategic merge patches as kubectl makes them and the server applies them. */
export const suites: readonly Suite[] = [
  suiteOf('strategic-merge-patch', (folder) => {
    const read = (type: string): ReturnType<typeof swaggerTopologies> =>
      swaggerTopologies(readJson(join(folder, `drift/strategic-merge-patch/schema-${type}.swagger.json`)));
    const [items, precision] = [read('mergeItem'), read('precisionItem')];
    return (entry) => {
      const name = String(at(entry, 'type'));
      return name === 'precisionItem' ? precision(name) : items(name);
    };
  }),
  suiteOf('differential-smp-k8s', () => {
    const typeOf = kindTypes(createSchemaSet(openData(dataDirectory())), VERSION);
    return (entry) => {
      const type = typeOf(object(entry, 'original'))?.type;
      return type === undefined ? undefined : topologyOf(type);
    };
  }),
];

function suiteOf(part: string, typesIn: (folder: string) => TypeFor): Suite {
  const data = `drift/${part}`;
  return {
    name: data,
    data,
    async *run(folder) {
      const typeFor = typesIn(folder);
      for (const name of readdirSync(join(folder, data)).sort()) {
        if (!name.endsWith('.json') || name.startsWith('schema-')) continue;
        for (const [index, entry] of casesIn(join(folder, data, name)).entries()) {
          const id = `${name}/${at(entry, 'description') ?? at(entry, 'name')}/${index}`;
          yield await guarded(id, () => judge(id, name, entry, typeFor));
        }
      }
    },
  };
}

function judge(id: string, file: string, entry: JsonObject, typeFor: TypeFor): CaseResult {
  if (file === 'bad-input.json')
    return compared(
      id,
      at(entry, 'error'),
      errorOf(() => readTexts(entry)),
    );
  const type = typeFor(entry);
  if (type === undefined) return { id, outcome: 'failed', expected: 'a type', got: String(at(entry, 'type')), cause: 'no type' };
  if (file === 'sort-merge-lists.json') return compared(id, at(entry, 'expected'), sortMergingLists(object(entry, 'input'), type));
  if (file === 'apply-only.json') return judgeApply(id, entry, type);
  const original = object(entry, 'original');
  const sorts = file === 'create-and-apply.json';
  const expected: JsonValue[] = [];
  const got: JsonValue[] = [];
  // Where the reference sorts merging lists before it compares, so is done here.
  const add = (key: string, make: () => JsonObject): void => {
    const value = member(entry, key);
    if (!isObject(value)) return;
    expected.push(value);
    const made = make();
    got.push(sorts ? sortMergingLists(made, type) : made);
  };
  const [before, modified, current] = [canonicalJson(entry), object(entry, 'modified'), object(entry, 'current')];
  add('twoWay', () => createTwoWayPatch(original, modified, type));
  add('twoWayResult', () => applyStrategicPatch(original, object(entry, 'twoWay'), type));
  add('threeWay', () => createThreeWayPatch(original, modified, current, type));
  add('result', () => applyStrategicPatch(current, object(entry, 'threeWay'), type));
  if (member(entry, 'threeWayConflict') !== undefined) {
    expected.push(at(entry, 'threeWayConflict'));
    got.push(hasConflict(original, modified, current, type));
  }
  expected.push(before);
  got.push(canonicalJson(entry));
  return compared(id, expected, got);
}

function judgeApply(id: string, entry: JsonObject, type: Topology): CaseResult {
  const apply = (): JsonObject => applyStrategicPatch(object(entry, 'original'), object(entry, 'patch'), type);
  const text = member(entry, 'errorContains');
  if (typeof text !== 'string') return compared(id, at(entry, 'result'), apply());
  const message = errorOf(apply);
  return compared(id, true, message.includes(text) ? true : message);
}

function hasConflict(original: JsonObject, modified: JsonObject, current: JsonObject, type: Topology): boolean {
  try {
    createThreeWayPatch(original, modified, current, type, { overwrites: false });
    return false;
  } catch (error) {
    if (error instanceof MergeError && error.code === 'conflict') return true;
    throw error;
  }
}

function readTexts(entry: JsonObject): readonly JsonValue[] {
  return [parseJson(String(at(entry, 'original_text'))), parseJson(String(at(entry, 'patch_text')))];
}

function errorOf(run: () => unknown): string {
  try {
    return `no error: ${String(run())}`;
  } catch (error) {
    if (error instanceof MergeError) return error.message;
    throw error;
  }
}

function compared(id: string, expected: JsonValue, got: JsonValue): CaseResult {
  if (canonicalJson(expected) === canonicalJson(got)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(expected), got: stringify(got), cause: id.split('/')[0] ?? '' };
}

function readJson(path: string): JsonValue {
  return parseJson(readFileSync(path, 'utf8'));
}

function casesIn(path: string): readonly JsonObject[] {
  const cases = member(readJson(path), 'cases');
  return isArray(cases) ? cases.filter(isObject) : [];
}

function object(entry: JsonObject, key: string): JsonObject {
  const value = member(entry, key);
  return isObject(value) ? value : {};
}

function at(entry: JsonObject, key: string): JsonValue {
  return member(entry, key) ?? null;
}
