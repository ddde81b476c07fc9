import { type JsonObject, type JsonValue, member, parse } from '@plumbline/core';
import { canonicalJson, parseExactJson } from './json-exact.ts';
import { textOf } from './json-lines.ts';
import type { CaseResult } from './suite.ts';

/** What one way of reading gives for one document: canonical JSON, or an error. */
type Reading = string;
const ERROR: Reading = 'error';

/** Compares one input with what Kubernetes' readers make of it: each way that the entry names must agree. */
export function judgeReading(entry: JsonObject): CaseResult {
  const id = textOf(entry, 'id');
  const part = textOf(entry, 'category') || textOf(entry, 'class_');
  const b64 = textOf(entry, 'b64');
  const bytes = b64 === '' ? new TextEncoder().encode(textOf(entry, 'yaml')) : Uint8Array.from(Buffer.from(b64, 'base64'));
  const expect = member(entry, 'expect');
  for (const [way, read] of Object.entries(WAYS)) {
    const wanted = member(expect, way);
    if (wanted === undefined) continue;
    const expected = Array.isArray(wanted) ? wanted.map((item) => readingOf(item, way)) : [readingOf(wanted, way)];
    const got = read(bytes);
    if (expected.join('\n') !== got.join('\n'))
      return {
        id,
        outcome: 'failed',
        expected: `${way}: ${expected.join(' ')}`,
        got: `${way}: ${got.join(' ')}`,
        cause: `${way}: ${part}`,
        part,
      };
  }
  return { id, outcome: 'passed', part };
}

function readingOf(wanted: JsonValue | undefined, way: string): Reading {
  const json = member(wanted, 'json');
  if (typeof json !== 'string') return ERROR;
  return canonicalJson(asRead(parseExactJson(json), way));
}

// The `kubectl` column was recorded through Go's interface{}, which holds every number as a double.
function asRead(value: JsonValue, way: string): JsonValue {
  return way === 'kubectl' ? toDoubles(value) : value;
}

function toDoubles(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toDoubles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toDoubles(item)]));
}

const WAYS: Readonly<Record<string, (bytes: Uint8Array) => readonly Reading[]>> = {
  lenient: (bytes) => first(bytes, false),
  strict: (bytes) => first(bytes, true),
  stream: (bytes) => all(bytes, 'stream'),
  kubectl: (bytes) => all(bytes, 'kubectl'),
};

function first(bytes: Uint8Array, isStrict: boolean): readonly Reading[] {
  const [document] = parse({ path: 'x.yaml', bytes });
  if (document === undefined) return ['null'];
  const isRefused = document.problems.some(({ level }) => level === 'fatal' || (isStrict && level === 'strict'));
  return [isRefused || document.value === undefined ? ERROR : canonicalJson(document.value)];
}

function all(bytes: Uint8Array, way: string): readonly Reading[] {
  return parse({ path: 'x.yaml', bytes }).map(({ value }) => (value === undefined ? ERROR : canonicalJson(asRead(value, way))));
}
