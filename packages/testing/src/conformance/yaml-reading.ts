import {
  type JsonObject,
  type JsonValue,
  member,
  type ReadResult,
  readKubectl,
  readLenient,
  readStream,
  readStrict,
} from '@plumbline/core';
import { canonicalJson, parseExactJson } from './json-exact.ts';
import { textOf } from './json-lines.ts';
import type { CaseResult } from './suite.ts';

const ERROR = 'error';

/** Ways of reading, as the data name them. */
const WAYS: Readonly<Record<string, (bytes: Uint8Array) => readonly ReadResult[]>> = {
  lenient: (bytes) => [readLenient(bytes)],
  strict: (bytes) => [readStrict(bytes)],
  stream: readStream,
  kubectl: readKubectl,
};

/** Compares one input with what Kubernetes' readers make of it: each way that the entry names must agree, value for value, error for error. */
export function judgeReading(entry: JsonObject): CaseResult {
  const id = textOf(entry, 'id');
  const part = textOf(entry, 'category') || textOf(entry, 'class_');
  const bytes = bytesOf(entry);
  const expect = member(entry, 'expect');
  for (const [way, read] of Object.entries(WAYS)) {
    const wanted = member(expect, way);
    if (wanted === undefined) continue;
    const expected = (Array.isArray(wanted) ? wanted : [wanted]).map(expectation).join(' ');
    const got = read(bytes)
      .map((result) => ('error' in result ? ERROR : canonicalJson(result.value)))
      .join(' ');
    if (expected !== got)
      return { id, outcome: 'failed', expected: `${way}: ${expected}`, got: `${way}: ${got}`, cause: `${way}: ${part}`, part };
  }
  if (!Object.keys(WAYS).some((way) => member(expect, way) !== undefined))
    return { id, outcome: 'not-evaluated', cause: 'no expectation', part };
  return { id, outcome: 'passed', part };
}

/** The input of an entry; `b64` is bytes. */
export function bytesOf(entry: JsonObject): Uint8Array {
  const b64 = textOf(entry, 'b64');
  return b64 === '' ? new TextEncoder().encode(textOf(entry, 'yaml')) : Uint8Array.from(Buffer.from(b64, 'base64'));
}

function expectation(wanted: JsonValue | undefined): string {
  const json = member(wanted, 'json');
  return typeof json === 'string' ? canonicalJson(parseExactJson(json)) : ERROR;
}
