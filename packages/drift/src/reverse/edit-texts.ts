import { applyEdits, type FieldPath, type Location, parse, toEdits } from '@plumbline/core';
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
  for (const edit of wanted) {
    const place = placeOf(edit, documentsOf);
    if ('why' in place) not.push({ resource: edit.resource, path: edit.path, ...place });
    else if (!placed.some((other) => isSamePlace(other, place))) placed.push(place);
    else done.push(edit);
  }
  for (const edit of inOrder(placed)) {
    const text = texts.get(edit.file) ?? textOf(edit.file);
    const made = text === undefined ? undefined : edited(text, edit);
    if (made === undefined)
      not.push({
        resource: edit.wanted.resource,
        path: edit.wanted.path,
        why: 'the text there cannot be edited with certainty',
        likely: placeIn(edit),
      });
    else {
      texts.set(edit.file, made);
      done.push(edit.wanted);
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

/** Two objects built of one text: it is edited once. */
function isSamePlace(a: PlacedEdit, b: PlacedEdit): boolean {
  return a.file === b.file && a.document === b.document && JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function plain({ change }: PlacedEdit): unknown {
  return JSON.parse(JSON.stringify(change, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))); // an integer beyond 2^53 is a bigint
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

function edited(text: string, { file, document, change }: PlacedEdit): string | undefined {
  const found = parse({ path: file, bytes: new TextEncoder().encode(text) }).find(({ index }) => index === document);
  const edits = found === undefined ? undefined : toEdits(found, [], [change]);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

function placeIn({ wanted: { resource, path } }: PlacedEdit): Location {
  const written = [...resource.root, ...path.filter((step) => step !== '-')];
  const place = resource.locate?.(written) ?? { ...resource.document.rangeOf(written), file: resource.document.file.path };
  return { file: place.file, line: place.line, column: place.column, endLine: place.endLine, endColumn: place.endColumn };
}
