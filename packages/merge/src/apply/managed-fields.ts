import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { parseJson } from '../json-text.ts';
import { MergeError } from '../merge-error.ts';
import { compareText } from '../value.ts';
import { readFieldsV1, writeFieldsV1 } from './fields-v1.ts';
import type { Managed, Managers } from './update.ts';

/** Who an entry of managedFields is about. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** '' for the object itself. */
  readonly subresource: string;
}

/** The entries of `metadata.managedFields`. */
export interface ManagedFields {
  /** By `ownerId`. */
  readonly managers: Managers;
  /** When each last changed something, as it was written. */
  readonly times: ReadonlyMap<string, string>;
}

/** What tells owners apart: who applies has one entry, who updates one for each version. */
export function ownerId({ manager, operation, subresource }: Owner, version: string): string {
  return JSON.stringify({
    manager,
    operation,
    ...(operation === 'Update' ? { apiVersion: version } : {}),
    ...(subresource === '' ? {} : { subresource }),
  });
}

export function ownerOf(id: string): Owner {
  const value = parseJson(id);
  const operation = textAt(value, 'operation') === 'Apply' ? 'Apply' : 'Update';
  return { manager: textAt(value, 'manager'), operation, subresource: textAt(value, 'subresource') };
}

/** Reads `metadata.managedFields`; nothing where there is none. Throws `invalid-managed-fields`. */
export function readManagedFields(entries: JsonValue | undefined): ManagedFields {
  const managers = new Map<string, Managed>();
  const times = new Map<string, string>();
  if (entries === undefined || entries === null) return { managers, times };
  if (!isArray(entries)) throw invalid('managedFields must be a list');
  for (const [index, entry] of entries.entries()) {
    const operation = textAt(entry, 'operation');
    const version = textAt(entry, 'apiVersion');
    const fieldsType = textAt(entry, 'fieldsType');
    if (operation !== 'Apply' && operation !== 'Update') throw invalid('operation must be `Apply` or `Update`');
    if (version === '') throw invalid('apiVersion must not be empty');
    if (fieldsType === '') throw invalid(`missing fieldsType in managed fields entry ${index}`);
    if (fieldsType !== 'FieldsV1') throw invalid(`invalid fieldsType "${fieldsType}" in managed fields entry ${index}`);
    const id = ownerId({ manager: textAt(entry, 'manager'), operation, subresource: textAt(entry, 'subresource') }, version);
    managers.set(id, { version, fields: readFieldsV1(member(entry, 'fieldsV1') ?? {}), isApplied: operation === 'Apply' });
    const time = member(entry, 'time');
    if (typeof time === 'string') times.set(id, time);
  }
  return { managers, times };
}

/** The entries in the server's order: who applied first, then by time, name, version and subresource. */
export function writeManagedFields({ managers, times }: ManagedFields): JsonArray {
  const entries = [...managers].map(([id, { version, fields, isApplied }]): JsonObject => {
    const { manager, subresource } = ownerOf(id);
    const time = times.get(id);
    return {
      manager,
      operation: isApplied ? 'Apply' : 'Update',
      apiVersion: version,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: writeFieldsV1(fields),
      ...(subresource === '' ? {} : { subresource }),
    };
  });
  return entries.sort((a, b) => compareText(textAt(a, 'operation'), textAt(b, 'operation')) || secondsOf(a) - secondsOf(b) || byName(a, b));
}

function byName(a: JsonObject, b: JsonObject): number {
  for (const key of ['manager', 'apiVersion', 'subresource']) {
    const order = compareText(textAt(a, key), textAt(b, key));
    if (order !== 0) return order;
  }
  return 0;
}

/** Seconds since 1970; 0 where there is no time. */
function secondsOf(entry: JsonObject): number {
  const milliseconds = Date.parse(textAt(entry, 'time'));
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
}

function textAt(value: JsonValue, key: string): string {
  const text = isObject(value) ? member(value, key) : undefined;
  return typeof text === 'string' ? text : '';
}

function invalid(message: string): MergeError {
  return new MergeError('invalid-managed-fields', message);
}
