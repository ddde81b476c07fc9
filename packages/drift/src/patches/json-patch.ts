import { type FieldPath, isObject, type JsonObject, type JsonValue, toPointer, valueAt } from '@plumbline/core';
import { applyJsonPatch, diffJsonPatch, invertJsonPatch, type JsonPatchOperation, MergeError } from '@plumbline/merge';
import { type Type, typeOfItem, typeOfMember } from '@plumbline/schema';
import { isSecretPointer } from './secret-places.ts';

/** A patch of RFC 6902 and the one that undoes it. */
export interface TwoWayPatch {
  readonly patch: readonly JsonPatchOperation[];
  readonly inverse: readonly JsonPatchOperation[];
  /** Places that the inverse would have to give a secret value. */
  readonly withheld: readonly string[];
}

/**
 * The JSON patch that makes `after` of `before`. Each value that goes is tested first, and of an item of a keyed list that something is
 * put into the keys, so that it fails where the object has changed meanwhile. No secret value is in it, also not in a test.
 */
export function jsonPatchOf(before: JsonObject, after: JsonObject, type: Type | undefined): TwoWayPatch {
  const kind = String(before.kind ?? '');
  const plain = diffJsonPatch(before, after, { hasTests: true });
  const guarded = withKeyTests(plain, before, type);
  const patch = makes(before, guarded) ? guarded : plain;
  const inverse = invertJsonPatch(before, patch, { hasTests: true });
  const shown = inverse.filter((operation) => !isSecret(operation, kind));
  return {
    patch: patch.filter((operation) => !isSecret(operation, kind)),
    inverse: shown,
    withheld: inverse.filter((operation) => isSecret(operation, kind) && operation.op !== 'test').map(({ path }) => path),
  };
}

function isSecret(operation: JsonPatchOperation, kind: string): boolean {
  return 'value' in operation && isSecretPointer(kind, operation.path);
}

/** Where an item becomes another one, its keys are not what they were. */
function makes(before: JsonObject, patch: readonly JsonPatchOperation[]): boolean {
  try {
    applyJsonPatch(before, patch as unknown as JsonValue); // operations are JSON
    return true;
  } catch (error) {
    if (error instanceof MergeError) return false;
    throw error;
  }
}

function withKeyTests(patch: readonly JsonPatchOperation[], object: JsonObject, type: Type | undefined): readonly JsonPatchOperation[] {
  const done = new Set<string>();
  return patch.flatMap((operation) => {
    const tests: JsonPatchOperation[] = [];
    for (const { path, value } of keysAbove(operation.path, object, type)) {
      const pointer = toPointer(path);
      if (done.has(pointer)) continue;
      done.add(pointer);
      tests.push({ op: 'test', path: pointer, value });
    }
    return [...tests, operation];
  });
}

/** The keys of the list items that a place is in. */
function keysAbove(
  pointer: string,
  object: JsonObject,
  type: Type | undefined,
): readonly { readonly path: FieldPath; readonly value: JsonValue }[] {
  const steps = pointer
    .split('/')
    .slice(1, -1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path: (string | number)[] = [];
  const keys: { readonly path: FieldPath; readonly value: JsonValue }[] = [];
  let at: Type | undefined = type;
  for (const step of steps) {
    if (at === undefined) break;
    const isItem: boolean = Array.isArray(valueAt(object, path));
    const names: readonly string[] = isItem && at.list === 'map' ? at.keys : [];
    path.push(isItem ? Number(step) : step);
    const item = valueAt(object, path);
    if (isObject(item))
      for (const name of names) if (Object.hasOwn(item, name)) keys.push({ path: [...path, name], value: item[name] ?? null });
    at = isItem ? typeOfItem(at) : typeOfMember(at, step);
  }
  return keys;
}
