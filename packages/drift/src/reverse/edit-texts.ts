import { addTo, applyEdits, type FieldPath, type Location, parse, stringify, type TextEdit, toEdits } from '@plumbline/core';
import type { NotWritten, WantedEdit } from './wanted-edit.ts';
import { type DocumentsOf, type PlacedEdit, placeOf } from './written-place.ts';

/** What is written, by file. */
export interface EditedTexts {
  /** Texts that changed, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly done: readonly WantedEdit[];
  readonly not: readonly (NotWritten & { readonly likely?: Location })[];
}

/**
 * Makes edits of objects in the texts that they were written with: comments, order and all other lines stay. What cannot be edited with
 * certainty is left, with the reason and the likely place. `textOf` gives a file as it is now.
 */
export function editTexts(wanted: readonly WantedEdit[], textOf: (file: string) => string | undefined): EditedTexts {
  const texts = new Map<string, string>();
  const done: WantedEdit[] = [];
  const not: (NotWritten & { readonly likely?: Location })[] = [];
  const documentsOf = documents(textOf);
  const placed: PlacedEdit[] = [];
  const keys = new Set<string>();
  for (const edit of wanted) {
    const place = placeOf(edit, documentsOf);
    if ('why' in place) not.push({ resource: edit.resource, path: edit.path, ...place });
    else if (keys.has(placeKey(place))) done.push(edit);
    else {
      keys.add(placeKey(place));
      placed.push(place);
    }
  }
  for (const [file, edits] of grouped(placed, ({ file }) => file)) {
    const text = textOf(file);
    const made = text === undefined ? { text: '', left: edits } : editFile(text, file, edits, documentsOf);
    if (text !== undefined && made.text !== text) texts.set(file, made.text);
    for (const edit of edits) {
      const { resource, path } = edit.wanted;
      if (!made.left.includes(edit)) done.push(edit.wanted);
      else not.push({ resource, path, why: 'the text there cannot be edited with certainty', likely: placeIn(edit) });
    }
  }
  return { texts, done, not };
}

function documents(textOf: (file: string) => string | undefined): DocumentsOf {
  const known = new Map<string, ReturnType<typeof parse>>();
  return (file) => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const text = textOf(file);
    const made = text === undefined ? [] : parse({ path: file, bytes: new TextEncoder().encode(text) });
    known.set(file, made);
    return made;
  };
}

/** Two objects may be built of one text: it is edited once. */
function placeKey({ file, document, change: { op, path, after } }: PlacedEdit): string {
  return stringify([file, document, op, [...path], ...(after === undefined ? [] : [after])]);
}

/** What takes items out of lists last, and the last ones first: no place moves before it was edited. */
function inOrder(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const isRemoval = ({ change }: PlacedEdit): boolean => change.op === 'remove' && typeof change.path.at(-1) === 'number';
  const removals = edits.filter(isRemoval);
  removals.sort((a, b) => b.change.path.length - a.change.path.length || lastOf(b.change.path) - lastOf(a.change.path));
  return [...edits.filter((edit) => !isRemoval(edit)), ...removals];
}

function lastOf(path: FieldPath): number {
  return Number(path.at(-1));
}

/**
 * The text of a file with edits made, and those that could not be: all edits of a document at once, or, where one stands in the way of
 * another, one after the other.
 */
function editFile(
  text: string,
  file: string,
  edits: readonly PlacedEdit[],
  documentsOf: DocumentsOf,
): { readonly text: string; readonly left: readonly PlacedEdit[] } {
  const atOnce: TextEdit[] = [];
  const oneByOne: PlacedEdit[] = [];
  const left: PlacedEdit[] = [];
  for (const [index, own] of grouped(edits, ({ document }) => document)) {
    const ordered = inOrder(own);
    const found = documentsOf(file).find((document) => document.index === index);
    const made =
      found === undefined
        ? undefined
        : toEdits(
            found,
            [],
            ordered.map(({ change }) => change),
          );
    if (made !== undefined) atOnce.push(...made);
    else (ordered.length > 1 ? oneByOne : left).push(...ordered);
  }
  let at = applyEdits(text, atOnce);
  for (const edit of oneByOne) {
    const made = edited(at, edit);
    if (made === undefined) left.push(edit);
    else at = made;
  }
  return { text: at, left };
}

function edited(text: string, { file, document, change }: PlacedEdit): string | undefined {
  const found = parse({ path: file, bytes: new TextEncoder().encode(text) }).find(({ index }) => index === document);
  const edits = found === undefined ? undefined : toEdits(found, [], [change]);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    addTo(groups, keyOf(item), item);
  }
  return groups;
}

function placeIn({ wanted: { resource, path } }: PlacedEdit): Location {
  const written = [...resource.root, ...path.filter((step) => step !== '-')];
  const place = resource.locate?.(written) ?? { ...resource.document.rangeOf(written), file: resource.document.file.path };
  return { file: place.file, line: place.line, column: place.column, endLine: place.endLine, endColumn: place.endColumn };
}
