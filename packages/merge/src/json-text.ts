import { isArray, isObject, type JsonValue, setMember } from '@plumbline/core';
import { MergeError } from './merge-error.ts';
import type { Draft, DraftObject } from './value.ts';

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = '\u0000int:';

/** A JSON document with exact integers. Throws `invalid-json`. */
export function parseJson(text: string): JsonValue {
  let hasLarge = false;
  const marked = /\d{16}/.test(text)
    ? text.replace(STRING_OR_NUMBER, (token) => {
        if (!/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
        hasLarge = true;
        return JSON.stringify(MARK + token);
      })
    : text;
  const value = read(marked);
  return hasLarge ? withIntegers(value) : value;
}

function read(text: string): Draft {
  try {
    return JSON.parse(text) as Draft; // JSON.parse gives nothing else
  } catch (cause) {
    throw new MergeError('invalid-json', 'invalid JSON document', { cause });
  }
}

function withIntegers(value: Draft): Draft {
  if (typeof value === 'string') return value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value;
  if (isArray(value)) return value.map((item) => withIntegers(item as Draft)); // made by JSON.parse, so ours to write to
  if (!isObject(value)) return value;
  const copy: DraftObject = {};
  for (const [key, item] of Object.entries(value)) setMember(copy, key, withIntegers(item as Draft)); // as above
  return copy;
}
