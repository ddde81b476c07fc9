import { type JsonValue, readLenient } from '@plumbline/core';

/** A number that a double may not hold; inside of a text it only costs time. */
const MAY_BE_LONG = /[:,[]\s*-?\d{16}/;

/** The value of a JSON text, whole numbers exact (docs/decisions/0002). Throws a SyntaxError. */
export function readJson(text: string): JsonValue {
  if (!MAY_BE_LONG.test(text)) return JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
  const read = readLenient(text);
  if ('error' in read) throw new SyntaxError(read.error);
  return read.value;
}
