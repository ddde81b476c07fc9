import { type FieldPath, isArray, isEqual, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { Owner } from './change.ts';

/** One entry of metadata.managedFields. */
export interface Manager extends Owner {
  readonly fields: JsonObject;
}

/** The managers of a live object that still own anything. */
export function managersOf(live: JsonObject): readonly Manager[] {
  const entries = member(live.metadata, 'managedFields');
  return (isArray(entries) ? entries : []).flatMap((entry) => {
    const fields = member(entry, 'fieldsV1');
    const manager = member(entry, 'manager');
    if (!isObject(fields) || typeof manager !== 'string') return [];
    const text = (key: string): string | undefined => {
      const value = member(entry, key);
      return typeof value === 'string' ? value : undefined;
    };
    const subresource = text('subresource');
    const time = text('time');
    return [
      {
        manager,
        operation: text('operation') ?? 'Update',
        ...(subresource === undefined ? {} : { subresource }),
        ...(time === undefined ? {} : { time }),
        fields,
      },
    ];
  });
}

export function ownerOf({ manager, operation, subresource, time }: Manager): Owner {
  return {
    manager,
    operation,
    ...(subresource === undefined ? {} : { subresource }),
    ...(time === undefined ? {} : { time }),
  };
}

/** Whether a manager owns the field at a path of the object, or anything in it. The object tells the keys of list items. */
export function owns({ fields }: Manager, object: JsonObject, path: FieldPath): boolean {
  let at: JsonValue = fields;
  let value: JsonValue | undefined = object;
  for (const step of path) {
    if (!isObject(at)) return false;
    // What is owned as a whole has no members: a leaf, an atomic list or map.
    if (Object.keys(at).length === 0) return true;
    const next: JsonValue | undefined = typeof step === 'number' ? itemIn(at, value, step) : member(at, `f:${step}`);
    if (next === undefined) return false;
    value = typeof step === 'number' ? (isArray(value) ? value[step] : undefined) : member(value, step);
    at = next;
  }
  return true;
}

/** `k:{…}` by the keys of the item, `v:…` by its value, `i:N` by its place. */
function itemIn(fields: JsonObject, list: JsonValue | undefined, index: number): JsonValue | undefined {
  const item = isArray(list) ? list[index] : undefined;
  for (const name of Object.keys(fields)) {
    const rest = name.slice(2);
    if (name.startsWith('k:')) {
      const keys = parsed(rest);
      if (isObject(keys) && isObject(item) && Object.keys(keys).every((key) => isKey(item, key, keys[key]))) return fields[name];
    } else if (name.startsWith('v:')) {
      if (isEqual(parsed(rest), item)) return fields[name];
    } else if (name === `i:${index}`) return fields[name];
  }
  return undefined;
}

/** A key that the item does not say has a default, which the field set does say: the protocol of a port. */
function isKey(item: JsonObject, key: string, value: JsonValue | undefined): boolean {
  return Object.hasOwn(item, key) ? isEqual(item[key], value) : true;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
  } catch {
    return undefined;
  }
}
