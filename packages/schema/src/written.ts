import type { Document, FieldPath, Range, Resource } from '@plumbline/core';

/** A scalar as its author wrote it, in one line and without quotes. */
export interface Written {
  readonly text: string;
  readonly range: Range;
}

/** The text behind a value: YAML reads `yes` as true and `1.10` as 1.1, which quoting must not keep. Undefined where it is not a plain word. */
export function writtenAt(resource: Resource, path: FieldPath): Written | undefined {
  const { document } = resource;
  const range = document.rangeOf([...resource.root, ...path], 'value');
  if (range.line !== range.endLine) return undefined;
  const index = range.line - document.range.line;
  const line = index < 0 ? undefined : linesOf(document)[index];
  const shift = index === 0 ? document.range.column : 1;
  const text = line?.slice(range.column - shift, range.endColumn - shift);
  return text !== undefined && /^[A-Za-z0-9.+_-]+$/.test(text) ? { text, range } : undefined;
}

// A document with very many findings is split once.
const lines = new WeakMap<Document, readonly string[]>();

function linesOf(document: Document): readonly string[] {
  let known = lines.get(document);
  if (known === undefined) {
    known = document.text.split(/\r?\n/);
    lines.set(document, known);
  }
  return known;
}
