import { isObject, type JsonObject, type JsonValue, member, setMember } from '@plumbline/core';

/** A desired object as the server would take it in: the texts of a Secret's stringData are data. Its input stays as it is. */
export function asTaken(object: JsonObject): JsonObject {
  const { stringData, ...rest } = object;
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1' || !isObject(stringData)) return object;
  const data: Record<string, JsonValue> = {};
  const given = member(object, 'data');
  if (isObject(given)) for (const key of Object.keys(given)) setMember(data, key, given[key] ?? null);
  for (const key of Object.keys(stringData)) {
    const text = stringData[key];
    setMember(data, key, typeof text === 'string' ? base64(text) : (text ?? null));
  }
  return { ...rest, data };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Of the text's UTF-8. */
function base64(text: string): string {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    encoded += DIGITS[bits >> 18] ?? '';
    encoded += DIGITS[(bits >> 12) & 63] ?? '';
    encoded += left > 1 ? (DIGITS[(bits >> 6) & 63] ?? '') : '=';
    encoded += left > 2 ? (DIGITS[bits & 63] ?? '') : '=';
  }
  return encoded;
}
