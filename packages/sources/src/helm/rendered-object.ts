import type { Printed } from '@plumbline/charts';
import {
  type BuiltObject,
  type Document,
  type FieldPath,
  isEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  type Location,
  type Origin,
  type Place,
  type Range,
  valueAt,
} from '@plumbline/core';
import { align, type LineOrigin, type TemplateIndex } from './align.ts';
import { prints, type TemplateLine } from './template-lines.ts';
import { findValue, type ValuesLayer } from './values-layer.ts';

/** The template that an object was rendered from, and what it was given. */
export interface TemplateSource {
  readonly path: string;
  readonly index: TemplateIndex;
  /** What its actions print of the values. */
  readonly printed: readonly Printed[];
  readonly layers: readonly ValuesLayer[];
}

/** An object that Helm printed; its fields stand in the template's lines, or among the values where one of those is all that is printed. */
export class RenderedObject implements BuiltObject {
  readonly object: JsonObject;
  readonly #document: Document;
  readonly #source: TemplateSource;
  readonly #root: FieldPath;
  readonly #added: ReadonlyMap<string, () => Place>;
  #origins: readonly (LineOrigin | undefined)[] | undefined;

  /** `root`: where the object stands in the document. `added`: fields that are not in the document, by their paths joined with `/`. */
  constructor(document: Document, object: JsonObject, root: FieldPath, source: TemplateSource, added: ReadonlyMap<string, () => Place>) {
    this.#document = document;
    this.object = object;
    this.#root = root;
    this.#source = source;
    this.#added = added;
  }

  locate(path: FieldPath, part: 'key' | 'value' = 'value'): Place {
    const added = this.#added.get(path.join('/'));
    if (added !== undefined) return added();
    const full: FieldPath = [...this.#root, ...path];
    let at = full;
    // A field that is not there stands where the mapping does that lacks it.
    while (at.length > 0 && valueAt(this.#document.value, at) === undefined) at = at.slice(0, -1);
    const isThere = at.length === full.length;
    return this.#placeOf(at, isThere ? part : 'key');
  }

  #placeOf(path: FieldPath, part: 'key' | 'value'): Place {
    const range = this.#document.rangeOf(path, part);
    const origin = this.#originAt(range.line);
    if (origin === undefined) return path.length === 0 ? this.#top() : this.#placeOf(path.slice(0, -1), 'key');
    const inTemplate = this.#inTemplate(origin, range, path, part);
    const own: Origin = { file: inTemplate.file, line: inTemplate.line, column: inTemplate.column, role: 'template' };
    const given = this.#inValues(origin, path, part);
    if (given === undefined) return { ...inTemplate, chain: [own] };
    return { ...given, chain: [{ file: given.file, line: given.line, column: given.column, role: 'values' }, own] };
  }

  #top(): Place {
    return { file: this.#source.path, line: 1, column: 1, endLine: 1, endColumn: 1, chain: [] };
  }

  #originAt(line: number): LineOrigin | undefined {
    const { line: first } = this.#document.range;
    this.#origins ??= align(this.#document.text.split('\n'), this.#source.index);
    return this.#origins[line - first];
  }

  #inTemplate({ line, isOwn }: LineOrigin, range: Range, path: FieldPath, part: 'key' | 'value'): Location {
    const at = (column: number, length: number): Location => ({
      file: this.#source.path,
      line: line.line,
      column: column + 1,
      endLine: line.line,
      endColumn: column + length + 1,
    });
    const actions = line.parts.filter(({ action }) => action !== undefined && prints(action));
    if (isOwn) {
      const text = this.#renderedText(range);
      const key = path[path.length - 1];
      const keyAt = typeof key === 'string' ? keyColumn(line, key) : -1;
      if (part === 'key' && typeof key === 'string' && keyAt >= 0) return at(keyAt, key.length);
      const from = keyAt < 0 ? 0 : keyAt + String(key).length;
      const found = text === undefined || text === '' ? -1 : literalColumn(line, text, from);
      if (text !== undefined && found >= 0) return at(found, text.length);
      const after = actions.filter(({ column }) => column >= from);
      const [first] = after;
      const last = after[after.length - 1];
      if (text !== undefined && first !== undefined && last !== undefined)
        return at(first.column, last.column + last.text.length - first.column);
    } else {
      const [first] = actions;
      if (first !== undefined) return at(first.column, Math.min(first.text.length, line.text.length - first.column));
    }
    const start = line.text.length - line.text.trimStart().length;
    return at(start, line.text.trimEnd().length - start);
  }

  /** The rendered text of a range; undefined where it has several lines. */
  #renderedText(range: Range): string | undefined {
    if (range.line !== range.endLine) return undefined;
    const text = this.#document.text.split('\n')[range.line - this.#document.range.line];
    return text?.slice(range.column - 1, range.endColumn - 1);
  }

  /** Where the value was given, if what is printed there is a value as it was given. */
  #inValues({ line, isOwn }: LineOrigin, path: FieldPath, part: 'key' | 'value'): Place | undefined {
    const rest = this.#restOf(path, line, isOwn);
    if (rest === undefined || (rest.length === 0 && part === 'key')) return undefined;
    const place = this.#printedPlace(line, path, isOwn, rest.length > 0);
    if (place === undefined) return undefined;
    const wanted = [...place, ...rest];
    const found = findValue(this.#source.layers, wanted);
    if (found === undefined || !isSame(found.value, valueAt(this.#document.value, path))) return undefined;
    return found.layer.locate(wanted, part);
  }

  /** The part of a path that lies inside of what one action prints; undefined where that cannot be told. */
  #restOf(path: FieldPath, line: TemplateLine, isOwn: boolean): FieldPath | undefined {
    if (isOwn) return [];
    for (let length = path.length - 1; length >= 0; length--) {
      const above = path.slice(0, length);
      const origin = this.#originAt(this.#document.rangeOf(above, 'key').line);
      if (origin === undefined) return undefined;
      if (origin.isOwn) return origin.line.line <= line.line ? path.slice(length) : undefined;
    }
    return undefined;
  }

  /** The place below `Values` that the only action of a line prints, where nothing stands beside it but a key and quotes. */
  #printedPlace(line: TemplateLine, path: FieldPath, isOwn: boolean, isInside: boolean): FieldPath | undefined {
    const actions = line.parts.filter(({ action }) => action !== undefined && prints(action));
    const [only] = actions;
    if (only === undefined || actions.length > 1) return undefined;
    const key = path[path.length - 1];
    const before = line.text.slice(0, only.column).trim();
    const after = line.text.slice(only.column + only.text.length).trim();
    const isWhole = isInside || (isOwn && isBesideKey(before, after, key));
    if (!isWhole) return undefined;
    return placeAt(line.start + only.column, this.#source.path, this.#source.printed);
  }
}

/** The one place below `Values` that the action at an offset prints. */
export function placeAt(start: number, path: string, printed: readonly Printed[]): readonly string[] | undefined {
  const places = new Map<string, readonly string[]>();
  for (const each of printed)
    if (each.file === path && each.start === start) for (const place of each.places) places.set(place.join('\n'), place);
  const [place] = places.values();
  if (place === undefined || places.size !== 1 || place[0] !== 'Values' || place.includes('*')) return undefined;
  return place.slice(1);
}

/** Where a text stands in what a line prints as it is, from a column on. */
function literalColumn(line: TemplateLine, wanted: string, from: number): number {
  for (const { column, text, action } of line.parts) {
    const found = action === undefined ? text.indexOf(wanted, Math.max(0, from - column)) : -1;
    if (found >= 0) return column + found;
  }
  return -1;
}

function keyColumn(line: TemplateLine, key: string): number {
  for (const { column, text, action } of line.parts) {
    if (action !== undefined) continue;
    const found = text.indexOf(key);
    if (found >= 0 && /^["']?\s*(?::|$)/.test(text.slice(found + key.length))) return column + found;
  }
  return -1;
}

function isBesideKey(before: string, after: string, key: string | number | undefined): boolean {
  const open = /^(?:-\s+)*(?:(['"]?)([\w./-]+)\1\s*:\s*)?(['"]?)$/.exec(before) ?? /^(-)\s*(['"]?)$/.exec(before);
  if (open === null) return false;
  const name = open.length > 3 ? open[2] : undefined;
  if (name !== undefined && name !== key) return false;
  const quote = open[open.length - 1] ?? '';
  return after.replace(/\s+#.*$/, '').trim() === quote;
}

/** Equal as the template prints it: a text may have been a number, or the other way round. */
function isSame(given: JsonValue, rendered: JsonValue | undefined): boolean {
  if (rendered === undefined) return false;
  if (isEqual(given, rendered)) return true;
  if (isObject(given) || isObject(rendered) || Array.isArray(given) || Array.isArray(rendered)) return false;
  return String(given) === String(rendered);
}
