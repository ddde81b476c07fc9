import { isArray, isObject, type JsonValue, setMember } from '@plumbline/core';

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = '\u0000int:';

/** JSON text with integers beyond 2^53 as bigint, which JSON.parse would round. */
export function parseExactJson(text: string): JsonValue {
  const marked = text.replace(TOKEN, (token) => {
    if (!/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    return JSON.stringify(MARK + token);
  });
  return unmark(JSON.parse(marked) as JsonValue); // JSON.parse gives nothing else
}

function unmark(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value;
  if (isArray(value)) return value.map(unmark);
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) setMember(copy, key, unmark(item));
  return copy;
}

/** One text for equal values: members in order, whole numbers as integers however they are held. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(BigInt(value)) : JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join()}}`;
}
