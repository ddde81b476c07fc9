import { isArray, isObject, type JsonValue } from '@plumbline/core';

/** A longer value is read again rather than kept: aliases may make it long out of little text. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** JSON text, without line ends, that JSON.parse gives the very value of; undefined where there is none. */
export function plainText(value: JsonValue): string | undefined {
  try {
    if (!isPlain(value)) return undefined;
    const text = JSON.stringify(value);
    return text.length > MOST_CHARACTERS ? undefined : text;
  } catch {
    // Too deep.
    return undefined;
  }
}

/** Whether JSON has each number in it: exact integers beyond 2^53, infinities and the negative zero it has not. */
function isPlain(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'bigint') return false;
  if (isArray(value)) return value.every(isPlain);
  return !isObject(value) || Object.values(value).every(isPlain);
}
