import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { isSame } from '../value.ts';
import { type Hunk, hunksOf } from './hunks.ts';
import type { JsonPatchOperation } from './operation.ts';
import { pointerOf } from './pointer.ts';

export interface DiffOptions {
  /** A `test` of the old value before each operation that replaces or removes it. */
  readonly hasTests?: boolean;
}

/** The patch that makes `after` of `before`. Equal values give none. Items of lists are told apart by their value. */
export function diffJsonPatch(before: JsonValue, after: JsonValue, options: DiffOptions = {}): readonly JsonPatchOperation[] {
  const operations: JsonPatchOperation[] = [];
  diff(before, after, [], { operations, hasTests: options.hasTests ?? false });
  return operations;
}

interface Sink {
  readonly operations: JsonPatchOperation[];
  readonly hasTests: boolean;
}

type Steps = readonly (string | number)[];

function diff(before: JsonValue, after: JsonValue, path: Steps, sink: Sink): void {
  if (isSame(before, after)) return;
  if (isArray(before) && isArray(after)) diffLists(before, after, path, sink);
  else if (isObject(before) && isObject(after)) diffObjects(before, after, path, sink);
  else {
    test(before, path, sink);
    sink.operations.push({ op: 'replace', path: pointerOf(path), value: after });
  }
}

function diffObjects(before: JsonObject, after: JsonObject, path: Steps, sink: Sink): void {
  for (const key of Object.keys(before)) {
    const then = own(after, key);
    if (then === undefined) remove(before[key] ?? null, [...path, key], sink);
    else diff(before[key] ?? null, then, [...path, key], sink);
  }
  for (const key of Object.keys(after)) {
    if (!Object.hasOwn(before, key)) sink.operations.push({ op: 'add', path: pointerOf([...path, key]), value: after[key] ?? null });
  }
}

/** From the end, so that no index moves before it was used. */
function diffLists(before: JsonArray, after: JsonArray, path: Steps, sink: Sink): void {
  for (const hunk of hunksOf(before, after, isSame).toReversed()) diffHunk(before, after, hunk, path, sink);
}

function diffHunk(before: JsonArray, after: JsonArray, { from, to, fromCount, toCount }: Hunk, path: Steps, sink: Sink): void {
  const paired = Math.min(fromCount, toCount);
  for (let index = from + fromCount - 1; index >= from + paired; index--) remove(before[index] ?? null, [...path, index], sink);
  for (let index = 0; index < paired; index++) diff(before[from + index] ?? null, after[to + index] ?? null, [...path, from + index], sink);
  for (let index = paired; index < toCount; index++) {
    sink.operations.push({ op: 'add', path: pointerOf([...path, from + index]), value: after[to + index] ?? null });
  }
}

function remove(value: JsonValue, path: Steps, sink: Sink): void {
  test(value, path, sink);
  sink.operations.push({ op: 'remove', path: pointerOf(path) });
}

function test(value: JsonValue, path: Steps, sink: Sink): void {
  if (sink.hasTests) sink.operations.push({ op: 'test', path: pointerOf(path), value });
}
