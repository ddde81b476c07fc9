import { isArray, isObject, type JsonValue } from '@plumbline/core';
import { assertValid, MergeError, type Topology, type Typed, type UpdateOptions } from '@plumbline/merge';

/** The types that the objects of a case are read by. */
export interface TypesOf {
  ofVersion(version: string): Topology;
  named(name: string): Topology;
  /** '' for a type that was not asked for by name. */
  nameOf(type: Topology): string;
}

/** The conversion between versions that a case of structured-merge-diff names, as its tests make it; undefined for none. */
export function converterOf(name: string, types: TypesOf): UpdateOptions['convert'] {
  const typed = (value: JsonValue, version: string): Typed => {
    const type = types.ofVersion(version);
    assertValid(value, type);
    return { value, type };
  };
  switch (name) {
    // Members whose name ends in the version end in the other one.
    case 'merge_test.renamingConverter':
      return (object, version) => typed(renamed(object.value, types.nameOf(object.type), version), version);
    // Members below the first have names of one letter, written as often as the version says.
    case 'merge_test.repeatingConverter':
      return (object, version) => (/^v\d+$/.test(version) ? typed(repeated(object.value, Number(version.slice(1))), version) : undefined);
    // The first version cannot be made without the field that only the second requires.
    case 'merge_test.reliantFieldsConverter':
      return (object, version) => {
        if (types.nameOf(object.type) === version) return object;
        const { value } = object;
        if (version === 'v2') return typed(withName(value, 'field_foo_rely_on_bar', 'required_field_bar'), version);
        if (version !== 'v1') return undefined;
        if (!isObject(value) || !Object.hasOwn(value, 'required_field_bar'))
          throw new MergeError('invalid-value', 'missing required field');
        return typed(withName(value, 'required_field_bar', 'field_foo_rely_on_bar'), version);
      };
    default:
      return undefined;
  }
}

function renamed(value: JsonValue, from: string, to: string): JsonValue {
  if (isArray(value)) return value.map((item) => renamed(item, from, to));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => {
    return [key.endsWith(from) ? key.slice(0, key.length - from.length) + to : key, renamed(item, from, to)];
  });
  return Object.fromEntries(entries);
}

function repeated(value: JsonValue, times: number): JsonValue {
  if (!isObject(value)) return value;
  const [first] = Object.keys(value).sort();
  return first === undefined ? value : { [first]: lettersOf(value[first] ?? null, times) };
}

function lettersOf(value: JsonValue, times: number): JsonValue {
  if (!isObject(value) || Object.keys(value).length === 0) return null;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]): [string, JsonValue] => [key.slice(0, 1).repeat(times), lettersOf(item, times)]));
}

function withName(value: JsonValue, from: string, to: string): JsonValue {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]): [string, JsonValue] => [key === from ? to : key, item]));
}
