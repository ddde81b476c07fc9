import {
  type Change,
  type Document,
  type FieldPath,
  isArray,
  isEqual,
  isObject,
  type JsonValue,
  type Location,
  type Range,
  type Resource,
  valueAt,
} from '@plumbline/core';
import type { WantedEdit } from './wanted-edit.ts';

/** A change of a document of a file. */
export interface PlacedEdit {
  readonly wanted: WantedEdit;
  readonly file: string;
  /** 0-based among the documents of the file. */
  readonly document: number;
  readonly change: Change;
}

/** Why no text says it, and the text that is nearest. */
export interface Unplaced {
  readonly why: string;
  readonly likely: Location;
}

/** The documents of a file; none where it is no YAML that can be edited. */
export type DocumentsOf = (file: string) => readonly Document[];

/**
 * Where an edit has to be made: in the manifest itself, or, for an object that was built, in the base, overlay, patch or kustomization
 * that holds the value, as it is or as a part (a tag, a text with a prefix). What comes of it has to be built again to be sure.
 */
export function placeOf(wanted: WantedEdit, documentsOf: DocumentsOf): PlacedEdit | Unplaced {
  const { resource } = wanted;
  if (resource.locate === undefined) {
    return placed(wanted, resource.document, [...resource.root, ...wanted.path], wanted.value);
  }
  return wanted.op === 'add' ? placeOfNew(wanted, documentsOf) : placeOfBuilt(wanted, documentsOf);
}

function placed(
  wanted: WantedEdit,
  { file, index }: Pick<Document, 'file' | 'index'>,
  path: FieldPath,
  value: JsonValue | undefined,
): PlacedEdit {
  const op = wanted.op === 'set' ? 'replace' : wanted.op;
  return { wanted, file: file.path, document: index, change: value === undefined ? { op, path } : { op, path, after: value } };
}

function placeOfBuilt(wanted: WantedEdit, documentsOf: DocumentsOf): PlacedEdit | Unplaced {
  const { resource, path, op, value } = wanted;
  const part = op === 'remove' && typeof path.at(-1) === 'string' ? 'key' : 'value';
  const found = findText(resource, path, part, documentsOf);
  if ('why' in found) return found;
  const { document, at } = found;
  const [written, desired] = [valueAt(document.value, at), valueAt(resource.object, path)];
  if (isEqual(written, desired)) return placed(wanted, document, at, value);
  const changed = op === 'set' ? withinText(written, desired, value) : undefined;
  if (changed !== undefined) return placed(wanted, document, at, changed);
  return { why: 'the build made the value of what is written', likely: likelyPlace(resource, path) };
}

/** A new member, or item, goes where what holds it is written. */
function placeOfNew(wanted: WantedEdit, documentsOf: DocumentsOf): PlacedEdit | Unplaced {
  const { resource, path, value } = wanted;
  const parent = path.slice(0, -1);
  const isThere = valueAt(resource.object, parent) !== undefined;
  const found = isThere ? findText(resource, parent, 'value', documentsOf) : undefined;
  if (found === undefined || 'why' in found)
    return { why: 'it is not clear which file it belongs in', likely: likelyPlace(resource, parent) };
  return placed(wanted, found.document, [...found.at, path.at(-1) ?? ''], value);
}

/** The document, and the place in it, that stands where the build says that a field was written. */
function findText(
  resource: Resource,
  path: FieldPath,
  part: 'key' | 'value',
  documentsOf: DocumentsOf,
): { readonly document: Document; readonly at: FieldPath } | Unplaced {
  const place = resource.locate?.(path, part);
  if (place === undefined) return { why: 'nobody wrote it', likely: likelyPlace(resource, path) };
  for (const document of documentsOf(place.file)) {
    if (document.value === undefined || !isInside(place, document.range)) continue;
    const at = pathAt(document, place, part);
    if (at !== undefined) return { document, at };
  }
  return { why: 'it is written in a part of a text that cannot be edited as a field', likely: place };
}

/** The field whose key or value has exactly a range. */
function pathAt(document: Document, range: Range, part: 'key' | 'value'): FieldPath | undefined {
  const walk = (value: JsonValue, path: FieldPath): FieldPath | undefined => {
    if (path.length > 0 && isSameRange(document.rangeOf(path, part), range)) return path;
    const keys: readonly (string | number)[] = isArray(value) ? [...value.keys()] : isObject(value) ? Object.keys(value) : [];
    for (const key of keys) {
      const below = [...path, key];
      // Nothing is looked for where it cannot be.
      if (part === 'value' && !isInside(range, document.rangeOf(below, 'value'))) continue;
      const found = walk(valueAt(value, [key]) ?? null, below);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(document.value ?? null, []);
}

function isSameRange(a: Range, b: Range): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

function isInside(inner: Range, outer: Range): boolean {
  const starts = inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  const ends = inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn);
  return starts && ends;
}

/** What to write so that the value becomes another one, where one is a part of the other: a tag of an image, a line `KEY=value`. */
export function withinText(
  written: JsonValue | undefined,
  desired: JsonValue | undefined,
  wanted: JsonValue | undefined,
): JsonValue | undefined {
  const [text, whole, next] = [scalarText(written), scalarText(desired), scalarText(wanted)];
  if (text === undefined || whole === undefined || next === undefined || text === '' || whole === '') return undefined;
  const made = partOf(text, whole, next) ?? (text.split(whole).length === 2 ? text.replace(whole, () => next) : undefined);
  if (made === undefined || made === '') return undefined;
  return typeof written === 'number' && /^-?\d+$/.test(made) ? Number(made) : made;
}

/** The part of `next` that stands where `text` stands in `whole`, the last time where it does several times. */
function partOf(text: string, whole: string, next: string): string | undefined {
  const at = whole.lastIndexOf(text);
  if (at < 0) return undefined;
  const [before, after] = [whole.slice(0, at), whole.slice(at + text.length)];
  const fits = next.startsWith(before) && next.endsWith(after) && next.length >= before.length + after.length;
  return fits ? next.slice(before.length, next.length - after.length) : undefined;
}

function scalarText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

function likelyPlace(resource: Resource, path: FieldPath): Location {
  const { file, line, column, endLine, endColumn } = resource.locate?.(path) ?? {
    ...resource.document.rangeOf([...resource.root, ...path]),
    file: resource.document.file.path,
  };
  return { file, line, column, endLine, endColumn };
}
