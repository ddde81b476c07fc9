import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import {
  applyConfig,
  assertValid,
  type Conflict,
  DEDUCED,
  differenceBelow,
  extractFields,
  leaves,
  type Managers,
  MergeError,
  mergeTyped,
  NO_FIELDS,
  readFieldsV1,
  type Topology,
  type Typed,
  type UpdateOptions,
  updateObject,
  writeFieldsV1,
} from '@plumbline/merge';
import { converterOf, type TypesOf } from './smd-converters.ts';

/** Runs the operations of a case one after another; gives what is expected of the end, and what came out. */
export function runSequence(
  entry: JsonObject,
  schemas: (id: string) => (name: string) => Topology | undefined,
): readonly [JsonValue, JsonValue] {
  try {
    return runAll(entry, schemas);
  } catch (error) {
    if (!(error instanceof MergeError) || at(entry, 'ok') === true) throw error;
    // Which operation fails is not compared: cases that must fail have one.
    return ['an error', 'an error'];
  }
}

function runAll(entry: JsonObject, schemas: (id: string) => (name: string) => Topology | undefined): readonly [JsonValue, JsonValue] {
  let types = typesOf(at(entry, 'parser'), schemas);
  const options = optionsOf(entry, types);
  let live: Typed | undefined;
  let managers: Managers = new Map();
  const conflicts: [JsonValue, JsonValue][] = [];
  for (const op of list(at(entry, 'ops'))) {
    if (at(op, 'op') === 'changeSchema') {
      const name = live === undefined ? '' : types.nameOf(live.type);
      types = typesOf(at(op, 'parser'), schemas);
      if (live !== undefined) live = typed(live.value, types.named(name), false);
      continue;
    }
    const [manager, version] = [String(at(op, 'manager')), String(at(op, 'apiVersion'))];
    const type = types.ofVersion(version);
    const isUpdate = at(op, 'op') === 'update';
    let object = typed(at(op, 'object'), type, isUpdate);
    const before = converted(live ?? typed(null, type, false), version, options);
    if (at(op, 'op') === 'extractApply' && live !== undefined) {
      const mine = managers.get(manager);
      const extracted = extractFields(before.value, mine === undefined ? NO_FIELDS : leaves(mine.fields), before.type);
      object = { value: mergeTyped(extracted, object.value, type) ?? null, type };
    }
    if (isUpdate) {
      const updated = updateObject(before, object, managers, { manager, version }, options);
      [live, managers] = [updated.object, updated.managers];
      continue;
    }
    const outcome = applyConfig(before, object, managers, { manager, version, isForced: at(op, 'op') !== 'apply' }, options);
    const found = 'conflicts' in outcome ? outcome.conflicts : [];
    conflicts.push([sorted(list(at(op, 'expectConflicts'))), sorted(found.map(plainConflict))]);
    live = before;
    if ('conflicts' in outcome) continue;
    managers = outcome.managers;
    if (!outcome.isNoop) live = outcome.object;
  }
  const end = live === undefined ? null : converted(live, String(at(entry, 'expectObjectApiVersion') ?? ''), options).value;
  const owners = Object.fromEntries(
    [...managers].map(([name, { version, fields }]) => [name, { apiVersion: version, fields: writeFieldsV1(fields) }]),
  );
  const applied = [...managers].filter(([, managed]) => managed.isApplied).map(([name]) => name);
  const expectedManaged = at(entry, 'expectManaged');
  const reference = at(entry, 'referenceFinalManaged');
  return [
    [
      conflicts.map(([expected]) => expected),
      at(entry, 'expectObject'),
      isObject(expectedManaged) ? withoutApplied(expectedManaged) : null,
      appliedIn(reference),
    ],
    [
      conflicts.map(([, got]) => got),
      at(entry, 'expectObject') === null ? null : end,
      isObject(expectedManaged) ? owners : null,
      isObject(reference) ? applied.sort() : [],
    ],
  ];
}

function converted(object: Typed, version: string, options: UpdateOptions): Typed {
  const there = options.convert === undefined ? object : options.convert(object, version);
  if (there === undefined) throw new MergeError('invalid-value', `cannot convert to ${version}`);
  return there;
}

function typed(value: JsonValue, type: Topology, allowsDuplicates: boolean): Typed {
  assertValid(value, type, { allowsDuplicates });
  return { value, type };
}

function typesOf(parser: JsonValue, schemas: (id: string) => (name: string) => Topology | undefined): TypesOf {
  if (at(parser, 'deduced') === true) return { ofVersion: () => DEDUCED, named: () => DEDUCED, nameOf: () => '' };
  const find = schemas(String(at(parser, 'schema')));
  const names = new Map<Topology, string>();
  const named = (name: string): Topology => {
    const type = find(name);
    if (type === undefined) throw new MergeError('invalid-value', `schema error: no type found matching: ${name}`);
    names.set(type, name);
    return type;
  };
  const one = member(parser, 'type');
  return { ofVersion: (version) => named(typeof one === 'string' ? one : version), named, nameOf: (type) => names.get(type) ?? '' };
}

function optionsOf(entry: JsonObject, types: TypesOf): UpdateOptions {
  const excluded = at(entry, 'ignoreFilterExcludeSets') ?? at(entry, 'ignoredFields');
  const convert = converterOf(String(at(entry, 'converter')), types);
  return {
    ...(convert === undefined ? {} : { convert }),
    ownable: (version) => {
      const fields = member(excluded, version);
      if (fields === undefined) return undefined;
      const left = readFieldsV1(fields);
      return (set) => differenceBelow(set, left);
    },
  };
}

function plainConflict({ manager, path }: Conflict): JsonObject {
  return { manager, path };
}

function sorted(conflicts: readonly JsonValue[]): JsonValue {
  return conflicts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function withoutApplied(managed: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(managed).map(([name, set]) => [name, { apiVersion: at(set, 'apiVersion'), fields: at(set, 'fields') }]),
  );
}

function appliedIn(managed: JsonValue): JsonValue {
  if (!isObject(managed)) return [];
  return Object.entries(managed)
    .filter(([, set]) => at(set, 'applied') === true)
    .map(([name]) => name)
    .sort();
}

function list(value: JsonValue): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

function at(value: JsonValue, key: string): JsonValue {
  return member(value, key) ?? null;
}
