import { isArray, isObject, type JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { applyOperation } from './apply-json-patch.ts';
import type { DiffOptions } from './diff-json-patch.ts';
import { type JsonPatchOperation, readJsonPatch } from './operation.ts';
import { lookUp, pointerOf, readPointer } from './pointer.ts';

/**
 * The patch that gives `document` back from what `patch` makes of it; `test` operations have no inverse and are left out.
 * Throws as applyJsonPatch does.
 */
export function invertJsonPatch(
  document: JsonValue,
  patch: JsonValue | readonly JsonPatchOperation[],
  options: DiffOptions = {},
): readonly JsonPatchOperation[] {
  const steps: (readonly JsonPatchOperation[])[] = [];
  let at = document;
  // As in applyJsonPatch.
  for (const [index, operation] of readJsonPatch(patch as JsonValue).entries()) {
    const after = applyOperation(at, operation, index);
    const inverse = inverseOf(at, operation);
    steps.push(options.hasTests === true ? inverse.flatMap((each) => tested(after, each)) : inverse);
    at = after;
  }
  return steps.toReversed().flat();
}

function inverseOf(before: JsonValue, operation: JsonPatchOperation): readonly JsonPatchOperation[] {
  const { path } = operation;
  switch (operation.op) {
    case 'test':
      return [];
    case 'add':
    case 'copy':
      return takeBack(before, path);
    case 'remove':
      // Removing the whole document left null in its place.
      if (path === '') return [{ op: 'replace', path, value: before }];
      return [{ op: 'add', path, value: valueAt(before, path) }];
    case 'replace':
      return [{ op: 'replace', path, value: valueAt(before, path) }];
    case 'move':
      return moveBack(before, operation.from, path);
  }
}

function moveBack(before: JsonValue, from: string, path: string): readonly JsonPatchOperation[] {
  if (from === path) return [];
  // What the moved value came out of is gone with it: put back as a whole.
  if (path === '' || from.startsWith(`${path}/`)) return [{ op: 'replace', path, value: valueAt(before, path) }];
  const there = placeAfter(removed(before, from), path);
  const back: JsonPatchOperation = { op: 'move', from: there.path, path: from };
  return there.replaced === undefined ? [back] : [back, { op: 'add', path: there.path, value: there.replaced }];
}

function removed(document: JsonValue, path: string): JsonValue {
  return applyOperation(document, { op: 'remove', path }, 0);
}

/** Undoes that a value was put at a place. */
function takeBack(before: JsonValue, path: string): readonly JsonPatchOperation[] {
  const there = placeAfter(before, path);
  if (there.replaced === undefined) return [{ op: 'remove', path: there.path }];
  return [{ op: 'replace', path: there.path, value: there.replaced }];
}

/** Where a value stands once it was added, and what it took the place of. */
function placeAfter(before: JsonValue, path: string): { readonly path: string; readonly replaced?: JsonValue } {
  const steps = stepsOf(path);
  const last = steps.at(-1);
  if (last === undefined) return { path, replaced: before };
  const holder = lookUp(before, steps.slice(0, -1));
  if (isArray(holder)) return { path: last === '-' ? pointerOf([...steps.slice(0, -1), holder.length]) : path };
  const replaced = isObject(holder) ? own(holder, last) : undefined;
  return replaced === undefined ? { path } : { path, replaced };
}

/** With a test that what is to be overwritten is still what the patch had put there. */
function tested(after: JsonValue, operation: JsonPatchOperation): readonly JsonPatchOperation[] {
  if (operation.op === 'remove' || operation.op === 'replace') {
    return [{ op: 'test', path: operation.path, value: valueAt(after, operation.path) }, operation];
  }
  if (operation.op === 'move') return [{ op: 'test', path: operation.from, value: valueAt(after, operation.from) }, operation];
  return [operation];
}

function valueAt(document: JsonValue, path: string): JsonValue {
  return lookUp(document, stepsOf(path)) ?? null;
}

function stepsOf(path: string): readonly string[] {
  const steps = readPointer(path);
  return 'problem' in steps ? [] : steps;
}
