import { isArray, isObject, type JsonValue, setMember } from '@plumbline/core';

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = '\u0000int:';

/** JSON text with integers beyond 2^53 as bigint, which JSON.parse would round. */
export function parseExactJson(text: string): JsonValue {
  const marked = text.replace(TOKEN, (token) => {
    if (!/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    return JSON.stringify(MARK + token);
  });
  const holder: Record<string, JsonValue> = { value: JSON.parse(marked) as JsonValue }; // JSON.parse gives nothing else
  // By a list of what is still to be seen: some inputs are nested deeper than the stack reaches.
  const open: (Record<string, JsonValue> | JsonValue[])[] = [holder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [key, item] of Object.entries(at)) {
      if (typeof item === 'string' && item.startsWith(MARK))
        setMember(at as Record<string, JsonValue>, key, BigInt(item.slice(MARK.length)));
      else if (typeof item === 'object' && item !== null) open.push(item as Record<string, JsonValue>); // fresh from JSON.parse, so it may be written to
    }
  }
  return holder.value ?? null;
}

/** One text for equal values: members in order, numbers in the shortest form that gives them back. */
export function canonicalJson(value: JsonValue): string {
  const parts: string[] = [];
  const open: (JsonValue | Written)[] = [value];
  while (open.length > 0) {
    const at = open.pop() ?? null;
    if (isWritten(at)) parts.push(at.text);
    else if (typeof at === 'bigint' || typeof at === 'number') parts.push(numberText(at));
    else if (isArray(at)) {
      parts.push('[');
      open.push(written(']'));
      for (let index = at.length - 1; index >= 0; index--) {
        open.push(at[index] ?? null);
        if (index > 0) open.push(written(','));
      }
    } else if (isObject(at)) {
      parts.push('{');
      open.push(written('}'));
      const keys = Object.keys(at).sort();
      for (let index = keys.length - 1; index >= 0; index--) {
        const key = keys[index] ?? '';
        open.push(at[key] ?? null, written(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`));
      }
    } else parts.push(JSON.stringify(at));
  }
  return parts.join('');
}

const TEXT = Symbol('text');

interface Written {
  readonly text: string;
  readonly isText: typeof TEXT;
}

function written(text: string): Written {
  return { text, isText: TEXT };
}

function isWritten(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && 'isText' in value && value.isText === TEXT;
}

function numberText(value: number | bigint): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
