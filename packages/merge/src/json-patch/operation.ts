import { isArray, isObject, type JsonValue, member } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';

/** An operation of RFC 6902. Paths are JSON pointers. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

export type JsonPatch = readonly JsonPatchOperation[];

/** A JSON value as a patch. Members that an operation does not know are ignored, as the RFC says. Throws `invalid-patch`. */
export function readJsonPatch(value: JsonValue): JsonPatch {
  if (!isArray(value)) throw new MergeError('invalid-patch', 'a JSON patch is a list of operations');
  return value.map(readOperation);
}

function readOperation(value: JsonValue, index: number): JsonPatchOperation {
  const fail = (what: string): MergeError => new MergeError('invalid-patch', `operation ${index}: ${what}`, { operation: index });
  const text = (key: string): string => {
    const found = member(value, key);
    if (typeof found !== 'string') throw fail(found === undefined ? `"${key}" is missing` : `"${key}" is no text`);
    return found;
  };
  if (!isObject(value)) throw fail('is no object');
  const op = text('op');
  switch (op) {
    case 'add':
    case 'replace':
    case 'test': {
      const given = member(value, 'value');
      if (given === undefined) throw fail('"value" is missing');
      return { op, path: text('path'), value: given };
    }
    case 'remove':
      return { op, path: text('path') };
    case 'move':
    case 'copy':
      return { op, from: text('from'), path: text('path') };
    default:
      throw fail(`there is no operation "${op}"`);
  }
}
