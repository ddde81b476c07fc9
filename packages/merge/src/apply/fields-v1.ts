import { isObject, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import { compareElements, readElement } from './element.ts';
import type { FieldSet } from './field-set.ts';

/** The set that `fieldsV1` of a managedFields entry writes. Kinds of elements that are not known are left out. Throws `invalid-managed-fields`. */
export function readFieldsV1(fields: JsonValue): FieldSet {
  if (!isObject(fields)) throw new MergeError('invalid-managed-fields', 'fieldsV1 must be an object');
  return readSet(fields);
}

function readSet(fields: JsonObject): FieldSet {
  const out: Map<string, { isMember: boolean; children: FieldSet | undefined }> = new Map();
  for (const [key, below] of Object.entries(fields)) {
    if (key === '.') continue;
    const element = readElement(key);
    if (element === undefined) continue;
    const children = isObject(below) ? readSet(below) : undefined;
    // What lists nothing below it is a place itself, also without the mark.
    const isMember = children === undefined || children.size === 0 || (isObject(below) && Object.hasOwn(below, '.'));
    out.set(element, { isMember, children: children?.size === 0 ? undefined : children });
  }
  return out;
}

/** The set as `fieldsV1`, in the server's order. */
export function writeFieldsV1(set: FieldSet): JsonObject {
  return writeSet(set, false);
}

function writeSet(set: FieldSet, isMember: boolean): JsonObject {
  const out: Record<string, JsonValue> = {};
  if (isMember && set.size > 0) out['.'] = {};
  for (const [element, node] of [...set].sort(([a], [b]) => compareElements(a, b))) {
    setMember(out, element, node.children === undefined ? {} : writeSet(node.children, node.isMember));
  }
  return out;
}
