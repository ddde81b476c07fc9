import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import {
  applyJsonPatch,
  applyMergePatch,
  createThreeWayMergePatch,
  MergeError,
  onlyNulls,
  parseJson,
  withoutNulls,
} from '@plumbline/merge';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import type { CaseResult, Suite } from '../suite.ts';

/** JSON patches of RFC 6902, merge patches of RFC 7386, and the three-way merge patches of kubectl. */
export const suites: readonly Suite[] = [
  suiteOf('json-patch-tests', judgeJsonPatch),
  suiteOf('json-merge-patch-rfc7386', (entry) => [at(entry, 'result'), applyMergePatch(at(entry, 'original'), at(entry, 'patch'))]),
  suiteOf('json-merge-patch', judgeThreeWay),
];

type Judge = (entry: JsonObject) => readonly [expected: JsonValue, got: JsonValue];

function suiteOf(part: string, judge: Judge): Suite {
  const data = `drift/${part}`;
  return {
    name: data,
    data,
    async *run(folder) {
      for (const name of readdirSync(join(folder, data)).sort()) {
        if (!name.endsWith('.json')) continue;
        for (const [index, entry] of casesIn(join(folder, data, name)).entries()) {
          if (at(entry, 'disabled') === true) continue;
          const id = `${name}/${at(entry, 'comment') ?? at(entry, 'description')}/${index}`;
          yield await guarded(id, () => compared(id, judge(entry)));
        }
      }
    },
  };
}

function judgeJsonPatch(entry: JsonObject): readonly [JsonValue, JsonValue] {
  const before = canonicalJson(at(entry, 'doc'));
  try {
    const got = applyJsonPatch(at(entry, 'doc'), at(entry, 'patch'));
    if (canonicalJson(at(entry, 'doc')) !== before) return ['the document as it was', at(entry, 'doc')];
    if (member(entry, 'error') !== undefined) return [`an error: ${at(entry, 'error')}`, got];
    return [member(entry, 'expected') ?? got, got];
  } catch (error) {
    if (!(error instanceof MergeError) || member(entry, 'error') === undefined) throw error;
    return [true, error.operation !== undefined || !isArray(at(entry, 'patch'))];
  }
}

function judgeThreeWay(entry: JsonObject): readonly [JsonValue, JsonValue] {
  const input = member(entry, 'input');
  if (isObject(input)) {
    return [
      [at(entry, 'onlyNulls'), at(entry, 'withoutNulls')],
      [onlyNulls(input), withoutNulls(input)],
    ];
  }
  const patch = createThreeWayMergePatch(object(entry, 'original'), object(entry, 'modified'), object(entry, 'current'));
  return [
    [at(entry, 'threeWay'), at(entry, 'result')],
    [patch, applyMergePatch(object(entry, 'current'), patch)],
  ];
}

function compared(id: string, [expected, got]: readonly [JsonValue, JsonValue]): CaseResult {
  if (canonicalJson(expected) === canonicalJson(got)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(expected), got: stringify(got), cause: id.split('/')[0] ?? '' };
}

function casesIn(path: string): readonly JsonObject[] {
  const value = parseJson(readFileSync(path, 'utf8'));
  const cases = isArray(value) ? value : member(value, 'cases');
  return isArray(cases) ? cases.filter(isObject) : [];
}

function object(entry: JsonObject, key: string): JsonObject {
  const value = member(entry, key);
  return isObject(value) ? value : {};
}

function at(entry: JsonObject, key: string): JsonValue {
  return member(entry, key) ?? null;
}
