import { isObject, type JsonValue, stringify } from '@plumbline/core';
import { parseJson } from '../json-text.ts';
import { MergeError } from '../merge-error.ts';
import { compareText, compareValues } from '../value.ts';

/**
 * One step of a field's place as FieldsV1 writes it: `f:name` a member, `k:{"name":"web"}` the item of a list with these keys,
 * `v:"a"` the item of a set, `i:0` the item at an index. Equal steps are equal text.
 */
export type PathElement = string;

/** A place in an object; structured-merge-diff's Path. */
export type Path = readonly PathElement[];

/** Names are few and come again: the same text means that a map finds it by identity. */
const known = new Map<string, PathElement>();
const KNOWN_LIMIT = 20_000;

export function fieldElement(name: string): PathElement {
  let element = known.get(name);
  if (element === undefined) {
    element = `f:${name}`;
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(name, element);
  }
  return element;
}

/** `fields` need no order. */
export function keyElement(fields: readonly (readonly [name: string, value: JsonValue])[]): PathElement {
  const [only] = fields;
  if (fields.length === 1 && only !== undefined) return `k:{${written(only[0], only[1])}}`;
  const sorted = fields.toSorted(([a], [b]) => compareText(a, b));
  return `k:{${sorted.map(([name, value]) => written(name, value)).join(',')}}`;
}

/** The item of a list with one key. As with names, the same text each time. */
export function singleKeyElement(name: string, value: JsonValue): PathElement {
  return remembered(knownItems, name, value, () => `k:{${written(name, value)}}`);
}

/** A key and its value as JSON. Keys are few and come again. */
function written(name: string, value: JsonValue): string {
  return remembered(knownKeys, name, value, () => `${goJson(name)}:${goJson(value)}`);
}

type Memory = Map<string, Map<JsonValue, string>>;
const knownItems: Memory = new Map();
const knownKeys: Memory = new Map();
let rememberedCount = 0;

function remembered(memory: Memory, name: string, value: JsonValue, make: () => string): string {
  let texts = memory.get(name);
  const known = texts?.get(value);
  if (known !== undefined) return known;
  const text = make();
  // An object as a key is another one each time.
  if (typeof value === 'object') return text;
  if (++rememberedCount > KNOWN_LIMIT) {
    knownItems.clear();
    knownKeys.clear();
    rememberedCount = 0;
    return text;
  }
  if (texts === undefined) {
    texts = new Map();
    memory.set(name, texts);
  }
  texts.set(value, text);
  return text;
}

export function valueElement(value: JsonValue): PathElement {
  return `v:${goJson(value)}`;
}

/** The element that a key of FieldsV1 stands for; undefined for a kind that is not known. Throws `invalid-managed-fields`. */
export function readElement(text: string): PathElement | undefined {
  const rest = text.slice(2);
  if (text.length < 2 || text[1] !== ':') throw unreadable(text);
  switch (text[0]) {
    case 'f':
      return fieldElement(rest);
    case 'v':
      return valueElement(contentOf(text));
    case 'k':
      return keyElement(fieldsOf(text));
    case 'i':
      if (!/^[+-]?\d+$/.test(rest)) throw unreadable(text);
      return `i:${Number(rest)}`;
    default:
      return undefined;
  }
}

/** The name of a member, undefined for any other element. */
export function fieldNameOf(element: PathElement): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined;
}

/** The keys of a list's item in order of their names, undefined for any other element. */
export function keysOf(element: PathElement): readonly (readonly [string, JsonValue])[] | undefined {
  return element.startsWith('k:') ? fieldsOf(element) : undefined;
}

/** Order of elements in FieldsV1 and in lists of conflicts: members, keys, values, indexes. */
export function compareElements(a: PathElement, b: PathElement): number {
  if (a === b) return 0;
  if (a[0] !== b[0]) return 'fkvi'.indexOf(a[0] ?? '') - 'fkvi'.indexOf(b[0] ?? '');
  switch (a[0]) {
    case 'f':
      return compareText(a, b);
    case 'i':
      return Number(a.slice(2)) - Number(b.slice(2));
    case 'v':
      return compareValues(contentOf(a), contentOf(b));
    default:
      return compareFields(fieldsOf(a), fieldsOf(b));
  }
}

/** As the server prints a path: `.spec.containers[name="web"].image`. */
export function pathText(path: Path): string {
  return path.map(elementText).join('');
}

export function elementText(element: PathElement): string {
  switch (element[0]) {
    case 'f':
      return `.${element.slice(2)}`;
    case 'k':
      return `[${fieldsOf(element)
        .map(([name, value]) => `${name}=${stringify(value)}`)
        .join(',')}]`;
    case 'v':
      return `[=${stringify(contentOf(element))}]`;
    default:
      return `[${element.slice(2)}]`;
  }
}

function contentOf(element: PathElement): JsonValue {
  try {
    return parseJson(element.slice(2));
  } catch (cause) {
    throw unreadable(element, cause);
  }
}

function fieldsOf(element: PathElement): readonly (readonly [string, JsonValue])[] {
  const value = contentOf(element);
  if (!isObject(value)) throw unreadable(element);
  return Object.entries(value).sort(([a], [b]) => compareText(a, b));
}

function compareFields(a: readonly (readonly [string, JsonValue])[], b: readonly (readonly [string, JsonValue])[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const [[x, left] = ['', null], [y, right] = ['', null]] = [a[index], b[index]];
    const order = compareText(x, y) || compareValues(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** JSON as Go writes it, with the characters escaped that mean something in HTML. */
function goJson(value: JsonValue): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : stringify(value);
  return /[<>&\u2028\u2029]/.test(text)
    ? text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
}

function unreadable(text: string, cause?: unknown): MergeError {
  return new MergeError('invalid-managed-fields', `cannot read "${text}" as a path element`, { cause });
}
