import { decode, type FieldPath, type Range, type Resource, type TextEdit } from '@plumbline/core';

/** A field as it is written: where its key and its value stand, and the lines of the file from the key to the end of the value. */
export interface Written {
  readonly key: Range;
  readonly value: Range;
  readonly lines: readonly string[];
}

export function written({ document }: Resource, path: FieldPath): Written {
  const [key, value] = [document.rangeOf(path, 'key'), document.rangeOf(path)];
  const lines = decode(document.file.bytes)
    .text.split('\n')
    .slice(key.line - 1, value.endLine);
  return { key, value, lines };
}

/** Whether a comment may stand in the text of a field: what takes the field away takes the comment too. */
export function hasComment(resource: Resource, path: FieldPath): boolean {
  return written(resource, path).lines.some((line) => /(^|\s)#/.test(line));
}

export function replacing(range: Range, newText: string): TextEdit {
  const { line, column, endLine, endColumn } = range;
  return { line, column, endLine, endColumn, newText };
}

export function inserting({ line, column }: Pick<Range, 'line' | 'column'>, newText: string): TextEdit {
  return { line, column, endLine: line, endColumn: column, newText };
}
