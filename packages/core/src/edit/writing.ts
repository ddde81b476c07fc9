import type { Document } from '../read/document.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonValue, valueAt } from '../values/json.ts';
import type { Layout } from './render-yaml.ts';
import { type TextMap, textMapOf } from './text-map.ts';

/** A document as written, and where its fields stand in the text. */
export interface Writing {
  readonly document: Document;
  readonly map: TextMap;
  readonly layout: Layout;
  readonly isJson: boolean;
  value(path: FieldPath): JsonValue | undefined;
  key(path: FieldPath): Span;
  /** For an empty value a span of no length. */
  span(path: FieldPath): Span;
  /** Whether the collection at `path` is written in braces or brackets. */
  isFlow(path: FieldPath): boolean;
  /** The members or items of a collection in the order of the text. */
  children(path: FieldPath): readonly Child[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Child {
  readonly path: FieldPath;
  /** Where the key, or the item, begins. */
  readonly start: number;
}

export function writingOf(document: Document): Writing {
  const map = textMapOf(document);
  const { text } = map;
  const root = document.value ?? null;
  const span = (path: FieldPath): Span => map.offsets(document.rangeOf(path, 'value'));
  const key = (path: FieldPath): Span => map.offsets(document.rangeOf(path, 'key'));
  const value = (path: FieldPath): JsonValue | undefined => valueAt(root, path);
  return {
    document,
    map,
    isJson: /^\s*[{[]/.test(text) && /^\s*(?:\{\s*["}]|\[\s*[\]{["\d])/.test(text),
    layout: {
      newline: text.includes('\r\n') ? '\r\n' : '\n',
      listIndent: /^( *)[^\s#-][^\n]*:[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*\1- /m.test(text) ? 0 : 2,
    },
    value,
    key,
    span,
    isFlow(path) {
      const first = text[span(path).start];
      return first === '{' || first === '[';
    },
    children(path) {
      const at = value(path);
      const children: Child[] = [];
      if (isArray(at)) {
        for (let index = 0; index < at.length; index++) {
          const own = [...path, index];
          children.push({ path: own, start: span(own).start });
        }
      } else if (isObject(at)) {
        for (const name of Object.keys(at)) {
          const own = [...path, name];
          children.push({ path: own, start: key(own).start });
        }
      }
      return children.sort((a, b) => a.start - b.start);
    },
  };
}

/** The column, from 0, at which an offset stands in its line. */
export function columnOf(map: TextMap, offset: number): number {
  return offset - map.lineStart(map.lineOf(offset));
}

/**
 * The last line of a block that begins on `first`: the lines below it that are indented deeper than `indent`, and with
 * `dashes` those that begin a list item at `indent` itself. Blank lines and comments behind it are not part of it.
 */
export function blockEnd(map: TextMap, first: number, indent: number, dashes: boolean): number {
  let last = first;
  for (let line = first + 1; line < map.lineCount; line++) {
    const text = map.text.slice(map.lineStart(line), map.lineEnd(line));
    const content = text.trimStart();
    if (content === '') continue;
    const depth = text.length - content.length;
    const isInside = depth > indent || (dashes && depth === indent && /^-(?:\s|$)/.test(content));
    if (isInside) last = line;
    else if (!content.startsWith('#')) break;
  }
  return last;
}

/** The last line of the block of a member or an item, whose key or dash stands at `start`. */
export function lastLineOf(writing: Writing, path: FieldPath, start: number): number {
  const { map } = writing;
  const isItem = typeof path[path.length - 1] === 'number';
  return blockEnd(map, map.lineOf(start), columnOf(map, start), !isItem && isArray(writing.value(path)));
}

/** Where the dash of a block list's item stands, or undefined where it is not on the item's own line. */
export function dashOf(writing: Writing, path: FieldPath): number | undefined {
  const { map } = writing;
  const start = writing.span(path).start;
  const lineStart = map.lineStart(map.lineOf(start));
  const before = /-[ \t]+$/.exec(map.text.slice(lineStart, start));
  return before === null ? undefined : lineStart + before.index;
}

/** The offset past the colon of a member, or undefined where none follows the key. */
export function colonOf(writing: Writing, path: FieldPath): number | undefined {
  const { end } = writing.key(path);
  const colon = /^[ \t]*:/.exec(writing.map.text.slice(end, end + 80));
  return colon === null ? undefined : end + colon[0].length;
}
