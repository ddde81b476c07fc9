import type { FieldPath, JsonValue } from '@plumbline/core';
import { toDotted } from '@plumbline/core';
import { isKnownFormat } from './formats.ts';
import { judgeLimits } from './judge-limits.ts';
import { judgeScalar } from './judge-scalar.ts';
import { duplicates, isPlain, itemOf } from './quick.ts';
import { isAbsenceTolerated, isRepetitionRefused } from './server-facts.ts';
import * as T from './type.ts';
import { judgeUnknown } from './unknown-field.ts';
import { advise, quote, refuse, skip, type Verdict } from './verdict.ts';
import type { Written } from './written.ts';

/** What a walk knows beside the value. */
export interface Walk {
  readonly verdict: Verdict;
  /** A built-in type is decoded into Go structures, where null means absent; a custom resource is held against its schema. */
  readonly isBuiltin: boolean;
  /** Whether values stay out of messages: those of a Secret. */
  readonly hidesValues?: boolean;
  /** The text behind a scalar, where a document is at hand. */
  readonly writtenAt?: (path: FieldPath) => Written | undefined;
  /** Whether a build may still add fields to the object. */
  readonly mayGainFields: boolean;
  /** The structures from the root down to where the walk stands, for hints about indentation. */
  readonly above: { readonly type: T.Type; readonly depth: number }[];
  /** Whether the server drops the status of an object that is created. */
  readonly dropsStatus: boolean;
  /** Names and types are judged, nothing else. */
  formOnly: boolean;
  /** Unknown fields are dropped without a word. */
  dropsUnknown?: boolean;
}

/** The name of the type of every object's metadata. */
export const METADATA_TYPE = 'meta.v1.ObjectMeta';

type JsonMap = Record<string, JsonValue>;
const isMap = (value: unknown): value is JsonMap => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Walks a value that `isPlain` did not pass, and says everything that is wrong with it. */
export function judge(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  if (isPlain(value, type)) return;
  if (value === null) {
    judgeNull(type, path, walk);
    return;
  }
  switch (type.code) {
    case T.OBJECT:
      if (isMap(value)) judgeObject(value, type, path, walk);
      else wrongShape(value, type, path, walk);
      break;
    case T.MAP:
      if (isMap(value)) for (const key of Object.keys(value)) judgeEntry(value[key] ?? null, type, [...path, key], walk);
      else wrongShape(value, type, path, walk);
      break;
    case T.LIST:
      if (Array.isArray(value)) judgeList(value, type, path, walk);
      else wrongShape(value, type, path, walk);
      break;
    case T.RAW:
      // What managedFields say is replaced, whatever it is.
      if (!isMap(value) && path.at(-1) !== 'fieldsV1') wrongShape(value, type, path, walk);
      break;
    case T.SCHEMA_OR_BOOLEAN:
    case T.SCHEMA_OR_LIST:
    case T.SCHEMA_OR_STRINGS:
      judgeSchemaForm(value, type, path, walk);
      break;
    case T.UNTYPED:
    case T.ANY:
      break;
    default:
      if (isUncheckedList(value, type))
        advise(walk.verdict, 'schema/wrong-type', path, `a list is not ${T.nameOf(type)}; the server lets it pass`);
      else judgeScalar(value, type, path, walk);
      return;
  }
  if (type.limits !== undefined) judgeLimits(value, type.limits, path, walk);
}

/** The server looks no further than the format of a string, and at that only of texts. */
function isUncheckedList(value: JsonValue, type: T.Type): boolean {
  return Array.isArray(value) && type.code === T.STRING && type.limits?.format !== undefined && isKnownFormat(type.limits.format);
}

function wrongShape(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  judgeScalar(value, type, path, walk);
}

function judgeNull(type: T.Type, path: FieldPath, walk: Walk): void {
  if (type.isNullable || type.code === T.ANY || type.code === T.UNTYPED) return;
  // In a structure or a map null means absent; what must be there is said where it is missing. Only a list keeps its place.
  if (walk.isBuiltin || walk.formOnly || typeof path.at(-1) !== 'number' || path.at(-2) === 'managedFields') return;
  refuse(walk.verdict, 'schema/null-value', path, `null where ${T.nameOf(type)} is wanted`);
}

function judgeEntry(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  const isDropped = value === null && !walk.isBuiltin && !itemOf(type).isNullable;
  if (isDropped) advise(walk.verdict, 'schema/null-value', path, 'the server drops a key whose value is null');
  else judgeItem(value, type, path, walk);
}

/** An item of a list or a value of a map: null there is not absent but the zero value. */
function judgeItem(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  const item = itemOf(type);
  if (value === null && walk.isBuiltin) {
    if (item.code === T.OBJECT) judgeObject({}, item, path, walk);
    else if (item.code === T.STRING || item.code === T.BYTES)
      advise(walk.verdict, 'schema/null-value', path, 'null here becomes an empty string');
    return;
  }
  judge(value, item, path, walk);
}

function judgeObject(value: JsonMap, type: T.Type, path: FieldPath, walk: Walk): void {
  walk.above.push({ type, depth: path.length });
  for (const key of Object.keys(value)) {
    const field = type.fields?.get(key) ?? type.item;
    const one = value[key] ?? null;
    if (field === undefined) {
      if (!type.isOpen) judgeUnknown(key, value, type, path, walk);
      continue;
    }
    const fieldType = T.typeOf(field);
    if (path.length === 0 && key === 'status' && walk.dropsStatus && !walk.isBuiltin) {
      judgeDropped(one, fieldType, [key], walk);
      continue;
    }
    const wasForm = walk.formOnly;
    if (isFormOnly(key, fieldType, path, walk)) walk.formOnly = true;
    judge(one, fieldType, [...path, key], walk);
    if (fieldType.code === T.LIST && Array.isArray(one)) judgeRepetition(one, fieldType, type, key, [...path, key], walk);
    walk.formOnly = wasForm;
  }
  for (const name of type.required) {
    const one = Object.hasOwn(value, name) ? value[name] : undefined;
    const isThere = one !== undefined && (one !== null || isNullable(type.fields?.get(name)));
    if (!isThere) judgeMissing(name, type, [...path, name], walk);
    else if (walk.isBuiltin && isZero(one)) judgeZero(name, type, [...path, name], walk);
  }
  walk.above.pop();
}

/** The status of a custom resource that has the subresource: it is dropped after fields were looked for, and before values are judged. */
function judgeDropped(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  if (Array.isArray(value)) {
    if (type.item === undefined) return;
    const item = T.typeOf(type.item);
    value.forEach((one, index) => {
      judgeDropped(one, item, [...path, index], walk);
    });
  } else if (isMap(value) && type.code !== T.ANY) {
    for (const key of Object.keys(value)) {
      const field = type.fields?.get(key) ?? type.item;
      if (field !== undefined) judgeDropped(value[key] ?? null, T.typeOf(field), [...path, key], walk);
      else if (!type.isOpen) judgeUnknown(key, value, type, path, walk);
    }
  }
}

/** A status that is dropped, and the metadata of a template, whose values nobody validates. */
function isFormOnly(key: string, type: T.Type, path: FieldPath, walk: Walk): boolean {
  return path.length === 0 ? key === 'status' && walk.dropsStatus : type.name === METADATA_TYPE;
}

function isNullable(field: T.Field | undefined): boolean {
  return field !== undefined && T.typeOf(field).isNullable;
}

function judgeMissing(name: string, type: T.Type, path: FieldPath, walk: Walk): void {
  const rule = 'schema/missing-required';
  if (walk.formOnly) return;
  const message = path.length === 1 ? `field "${name}" is missing` : `field "${name}" is missing in ${toDotted(path.slice(0, -1))}`;
  if (walk.mayGainFields) skip(walk.verdict, rule, 'a build that was not run may add the field');
  else if (walk.isBuiltin && isAbsenceTolerated(type.name, name))
    advise(walk.verdict, rule, path, `${message}; the server takes its default`, { part: 'key' });
  else refuse(walk.verdict, rule, path, message, { part: 'key' });
}

/** What a decoder of Go structures cannot tell from an absent value. */
function isZero(value: JsonValue | undefined): boolean {
  return value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

function judgeZero(name: string, type: T.Type, path: FieldPath, walk: Walk): void {
  if (walk.formOnly || walk.mayGainFields || isAbsenceTolerated(type.name, name)) return;
  refuse(walk.verdict, 'schema/missing-required', path, `required field "${name}" is empty, which counts as missing`);
}

function judgeList(value: readonly JsonValue[], type: T.Type, path: FieldPath, walk: Walk): void {
  value.forEach((one, index) => {
    judgeItem(one, type, [...path, index], walk);
  });
}

function judgeRepetition(items: readonly JsonValue[], list: T.Type, owner: T.Type, field: string, path: FieldPath, walk: Walk): void {
  if (items.length < 2 || (list.list !== 'map' && list.list !== 'set') || walk.formOnly) return;
  for (const { index, first, name } of duplicates(items, list)) {
    const keys = list.keys.length === 0 ? 'value' : list.keys.join(', ');
    const message = `${keys} ${quote(name)} is in ${field} twice, first at index ${first}`;
    const isRefused = !walk.isBuiltin || isRepetitionRefused(owner.name, field);
    if (isRefused) refuse(walk.verdict, 'schema/list-map-duplicate', [...path, index], message);
    else
      walk.verdict.problems.push({
        rule: 'schema/list-map-duplicate',
        path: [...path, index],
        message,
        class: 'server-warning',
        severity: 'warning',
      });
  }
}

/** The server decodes what may be a schema or something else by itself, and is not strict there. */
function judgeSchemaForm(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  const didDrop = walk.dropsUnknown ?? false;
  walk.dropsUnknown = true;
  judgeForm(value, type, path, walk);
  walk.dropsUnknown = didDrop;
}

function judgeForm(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  if (isMap(value)) judge(value, itemOf(type), path, walk);
  else if (Array.isArray(value) && type.code === T.SCHEMA_OR_LIST)
    value.forEach((one, index) => {
      judge(one, itemOf(type), [...path, index], walk);
    });
  else wrongShape(value, type, path, walk);
}
