import { join } from 'node:path';
import { isArray, isEqual, isObject, type JsonObject, type JsonValue, member, setMember, stringify } from '@plumbline/core';
import { createDefaults, createSchemaSet } from '@plumbline/schema';
import { dataDirectory, openData } from '@plumbline/schemas-kubernetes';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

/** The Kubernetes minor whose defaulting functions made the cases. */
const VERSION = '1.34';

/** What the defaulting of a real server makes of objects. */
export const suite: Suite = {
  name: 'drift/k8s-defaults',
  data: 'drift/k8s-defaults/cases.json',
  async *run(folder) {
    const { applyDefaults } = createDefaults(createSchemaSet(openData(dataDirectory())));
    for (const [index, entry] of readEntries(join(folder, suite.data), 'cases').entries()) {
      const id = textOf(entry, 'name') === '' ? `${suite.name}/${index}` : textOf(entry, 'name');
      yield await guarded(id, () => judge(id, entry, (object) => applyDefaults(object, VERSION)));
    }
  },
};

function judge(id: string, entry: JsonObject, applyDefaults: (object: JsonObject) => JsonObject): CaseResult {
  const input = member(entry, 'input');
  const expected = withoutEmpty(member(entry, 'defaulted') ?? null);
  const got = withoutEmpty(isObject(input) ? applyDefaults(input) : null);
  if (isEqual(got, expected)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(expected), got: stringify(got), cause: String(member(input, 'kind')) };
}

/** Without members that are null or have no members themselves, from the inside out. */
function withoutEmpty(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const kept: Record<string, JsonValue> = {};
  for (const [key, one] of Object.entries(value)) {
    const inner = withoutEmpty(one);
    const isEmpty = inner === null || (typeof inner === 'object' && Object.keys(inner).length === 0);
    if (!isEmpty) setMember(kept, key, inner);
  }
  return kept;
}
