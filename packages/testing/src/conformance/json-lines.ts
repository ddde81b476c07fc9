import { readFileSync } from 'node:fs';
import { type JsonObject, type JsonValue, member } from '@plumbline/core';

/** The objects of a file of JSON lines. */
export function readJsonLines(path: string): readonly JsonObject[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject); // the suites' files hold objects only
}

/** The list `key` of a JSON file, or the file itself where it is a list. */
export function readEntries(path: string, key = 'entries'): readonly JsonObject[] {
  const value = JSON.parse(readFileSync(path, 'utf8')) as JsonValue;
  const list = Array.isArray(value) ? value : member(value, key);
  return Array.isArray(list) ? (list as readonly JsonObject[]) : []; // as above
}

export function textOf(value: JsonValue | undefined, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
