import { isArray, isObject, type JsonValue, setMember } from '@plumbline/core';
import type { Mark } from './mark.ts';
import { indexOfKey, Node, Style, Tag } from './node.ts';
import { BuildError } from './problem.ts';
import { isNoStringInYaml11, jsonOf, resolvePlain, ScalarError } from './scalar.ts';

/** The value of a node as kustomize prints it. Throws a BuildError where JSON cannot have it. */
export function toJson(node: Node, isRoot = true): JsonValue {
  if (node.kind === 'scalar') {
    try {
      return jsonOf(node);
    } catch (error) {
      if (error instanceof ScalarError) throw new BuildError(error.message, node.mark);
      throw error;
    }
  }
  if (node.kind === 'seq') return node.content.map((item) => toJson(item, false));
  const members: Record<string, JsonValue> = {};
  const { content } = node;
  for (let at = 0; at + 1 < content.length; at += 2) {
    const key = content[at];
    const value = content[at + 1];
    if (key === undefined || value === undefined) continue;
    if (Object.hasOwn(members, key.value)) {
      throw new BuildError(`the key "${key.value}" is there twice; kustomize refuses the object`, key.mark);
    }
    if (!isRoot && !isTextKey(key)) {
      throw new BuildError(
        `the key "${key.value}" is read as no text, which kustomize does not print; quote it, or choose another key`,
        key.mark,
      );
    }
    setMember(members, key.value, toJson(value, false));
  }
  return members;
}

function isTextKey({ kind, tag, value, style }: Node): boolean {
  if (kind !== 'scalar') return false;
  if (tag !== Tag.none) return tag === Tag.string || tag === Tag.merge || !/^!![a-z]/.test(tag);
  const implied = style === Style.plain ? resolvePlain(value).tag : Tag.string;
  return implied === Tag.string || implied === Tag.merge;
}

/** What a JSON patch makes of all of an object: every number becomes a double, written as Go writes doubles. Changes the node. */
export function throughJson(node: Node): Node {
  if (node.kind === 'scalar') {
    const value = toJson(node);
    Object.assign(node, scalarParts(value));
    return node;
  }
  if (node.kind === 'map') checkKeys(node);
  const step = node.kind === 'map' ? 2 : 1;
  for (let at = step - 1; at < node.content.length; at += step) {
    const child = node.content[at];
    if (child !== undefined) throughJson(child);
  }
  node.tag = node.kind === 'map' ? Tag.map : Tag.seq;
  return node;
}

function checkKeys(node: Node): void {
  const seen = new Set<string>();
  node.content.forEach((key, index) => {
    if (index % 2 === 1) return;
    if (seen.has(key.value)) throw new BuildError(`the key "${key.value}" is there twice; kustomize refuses the object`, key.mark);
    seen.add(key.value);
    key.tag = Tag.string;
  });
}

/** A node of a JSON value; `written` is where it is written, as far as it has the same form. */
export function fromJson(value: JsonValue, written: Node | undefined, mark: Mark): Node {
  const at = written?.mark ?? mark;
  if (isArray(value)) {
    const items = value.map((item, index) => fromJson(item, written?.kind === 'seq' ? written.content[index] : undefined, at));
    return new Node('seq', Tag.seq, '', Style.plain, at, items);
  }
  if (isObject(value)) {
    const content: Node[] = [];
    for (const [key, item] of Object.entries(value)) {
      const index = written?.kind === 'map' ? indexOfKey(written, key) : -1;
      const writtenKey = written?.content[index];
      content.push(new Node('scalar', Tag.string, key, Style.plain, writtenKey?.mark ?? at));
      content.push(fromJson(item, index < 0 ? undefined : written?.content[index + 1], writtenKey?.mark ?? at));
    }
    return new Node('map', Tag.map, '', Style.plain, at, content);
  }
  const { tag, value: text, style } = scalarParts(value);
  return new Node('scalar', tag, text, style, at);
}

function scalarParts(value: JsonValue): Pick<Node, 'tag' | 'value' | 'style'> {
  if (value === null) return { tag: Tag.null, value: 'null', style: Style.plain };
  if (typeof value === 'boolean') return { tag: Tag.boolean, value: String(value), style: Style.plain };
  if (typeof value === 'string') {
    const style = value.includes('\n') ? Style.literal : needsQuotes(value) ? Style.double : Style.plain;
    return { tag: Tag.string, value, style };
  }
  const text = goFloat(Number(value));
  return { tag: resolvePlain(text).tag, value: text, style: Style.plain };
}

function needsQuotes(text: string): boolean {
  return resolvePlain(text).tag !== Tag.string || isNoStringInYaml11(text);
}

/** Go's shortest `%g` of a double. */
export function goFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** JSON text as Go's encoding/json writes it: members sorted, `<`, `>` and `&` escaped. Gives what hashes are made of. */
export function goJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort(byBytes);
    return `{${keys.map((key) => `${goString(key)}:${goJson(value[key] ?? null)}`).join(',')}}`;
  }
  if (typeof value === 'string') return goString(value);
  return String(value);
}

function goString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (found) => ESCAPES[found] ?? found);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Order by UTF-8 bytes, as Go sorts texts. */
export function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
  }
  return a.length - b.length;
}
