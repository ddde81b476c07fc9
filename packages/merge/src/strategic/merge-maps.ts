import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { type Draft, type DraftObject, isSame } from '../value.ts';
import { DELETE_FROM_LIST, fieldOfDirective, PATCH, RETAIN_KEYS_DIRECTIVE, SET_ORDER } from './directives.ts';
import { goText, goTypeOf, scalarKey } from './go.ts';
import { mergeListField } from './merge-lists.ts';
import { mergeOrders } from './merge-orders.ts';
import { listField, objectField } from './patch-field.ts';

/** Whether a patch is laid over an object, or over another patch whose directives must stay. */
export type MergeMode = 'object' | 'patch';

/** `patch` merged into `target`; edits and shares both, which must be the caller's own. */
export function mergeMaps(target: DraftObject, patch: DraftObject, type: Topology, mode: MergeMode): DraftObject {
  if (Object.hasOwn(patch, PATCH)) return mergeDirected(patch);
  applyRetainKeys(target, patch, mode);
  mergeOrders(target, patch, type, mode);
  for (const key of Object.keys(patch)) mergeMember(target, key, patch[key] ?? null, type, mode);
  return target;
}

/** An object that says itself what becomes of it. */
function mergeDirected(patch: DraftObject): DraftObject {
  const directive = patch[PATCH] ?? null;
  if (directive === 'delete') return {};
  if (directive !== 'replace') throw unknownDirective(directive, patch);
  delete patch[PATCH];
  return patch;
}

export function unknownDirective(directive: JsonValue, patch: JsonObject): MergeError {
  return new MergeError('invalid-patch', `unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

function mergeMember(target: DraftObject, name: string, value: Draft, type: Topology, mode: MergeMode): void {
  const isDeletion = name.startsWith(DELETE_FROM_LIST);
  if (isDeletion && mode === 'patch') {
    target[name] = value;
    return;
  }
  const key = isDeletion ? fieldOfDirective(name, DELETE_FROM_LIST) : name;
  if (value === null) {
    delete target[key];
    if (mode === 'object') return;
  }
  const before = own(target, key) as Draft | undefined; // the target holds drafts only
  if (before === undefined || goTypeOf(before) !== goTypeOf(value)) {
    if (!isDeletion) take(target, key, value, mode);
  } else if (isArray(before) && isArray(value)) {
    const field = listField(type, key);
    setMember(target, key, mergeListField(before, value, field, isDeletion, mode));
  } else if (isObject(before) && isObject(value)) {
    const field = objectField(type, key);
    setMember(target, key, field.strategy === 'replace' ? value : mergeMaps(before, value, field.type, mode));
  } else take(target, key, value, 'patch');
}

/** The patch's value in place of what was there, without directives; without its nulls where it is laid over an object. */
function take(target: DraftObject, key: string, value: Draft, mode: MergeMode): void {
  if (mode === 'object') dropNulls(value);
  const clean = withoutDirectives(value);
  if (clean === undefined) delete target[key];
  else setMember(target, key, clean);
}

function dropNulls(value: Draft): void {
  if (isArray(value)) for (const item of value) dropNulls(item);
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      if (value[key] === null) delete value[key];
      else dropNulls(value[key] ?? null);
    }
  }
}

/** Undefined for an object that is itself a directive. Edits its argument. */
export function withoutDirectives(value: Draft): Draft | undefined {
  if (isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, PATCH)) return undefined;
  for (const key of Object.keys(value)) {
    const clean = withoutDirectives(value[key] ?? null);
    if (clean === undefined) delete value[key];
    else setMember(value, key, clean);
  }
  return value;
}

/** `$retainKeys`: all other members go. Between two patches it is handed on. */
function applyRetainKeys(target: DraftObject, patch: DraftObject, mode: MergeMode): void {
  const keys = own(patch, RETAIN_KEYS_DIRECTIVE) as Draft | undefined; // a patch holds drafts only
  if (keys === undefined) return;
  delete patch[RETAIN_KEYS_DIRECTIVE];
  if (mode === 'patch') {
    const others = own(target, RETAIN_KEYS_DIRECTIVE);
    if (others !== undefined && !isSame(others, keys)) {
      const message = `${goText(others)} and ${goText(keys)} are not deep equal: this may happen when calculating the 3-way diff patch`;
      throw new MergeError('invalid-patch', message);
    }
    target[RETAIN_KEYS_DIRECTIVE] = keys;
    return;
  }
  if (!isArray(keys)) throw badRetainKeys();
  const kept = new Set(keys.map(scalarKey));
  for (const key of Object.keys(patch)) {
    if (patch[key] === null || key.startsWith(DELETE_FROM_LIST) || key.startsWith(SET_ORDER)) continue;
    if (!kept.has(scalarKey(key))) throw badRetainKeys();
  }
  for (const key of Object.keys(target)) if (!kept.has(scalarKey(key))) delete target[key];
}

function badRetainKeys(): MergeError {
  return new MergeError('invalid-patch', 'invalid patch format of retainKeys');
}
