import type { FieldPath } from './field-path.ts';
import { isObject, type JsonValue } from './json.ts';

/** 64 bits of a string as 16 hexadecimal digits: two 32-bit multiplicative hashes with a final mix. Not for secrets. */
export function hashText(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return hex(b) + hex(a);
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}

/** The same for many small parts, kept apart from one another. */
export function hashParts(parts: readonly string[]): string {
  return hashText(parts.map((part) => `${part.length}:${part}`).join(''));
}

// What tells the items of a list apart in Kubernetes' own list-map keys, the most telling first.
const LIST_KEYS = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'key', 'ip', 'topologyKey', 'type', 'uid', 'id'] as const;

/** The path as text with `[name=web]` in place of an index wherever the item has a key; other indexes stay out of it (`[]`). */
export function keyedPath(root: JsonValue | undefined, path: FieldPath): string {
  let text = '';
  let at: JsonValue | undefined = root;
  for (const step of path) {
    if (typeof step === 'number') {
      at = Array.isArray(at) ? (at[step] as JsonValue | undefined) : undefined;
      text += `[${keyOf(at)}]`;
    } else {
      at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
      text += `/${step}`;
    }
  }
  return text;
}

function keyOf(item: JsonValue | undefined): string {
  // An item of a plain list is known by its value (`finalizers`, `accessModes`).
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return `=${item}`;
  if (!isObject(item)) return '';
  let text = '';
  for (const key of LIST_KEYS) {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    text += `${text === '' ? '' : ','}${key}=${value}`;
    if (key !== 'containerPort' && key !== 'port') break;
  }
  return text;
}
