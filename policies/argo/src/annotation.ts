import { type FieldPath, type JsonObject, member } from '@plumbline/core';

/** The value of an annotation; undefined where it is none or no text. */
export function annotation(object: JsonObject, key: string): string | undefined {
  const value = member(member(member(object, 'metadata'), 'annotations'), key);
  return typeof value === 'string' ? value : undefined;
}

export function annotationPath(key: string): FieldPath {
  return ['metadata', 'annotations', key];
}

/** The entries of an annotation that lists several, as Argo CD reads it. */
export function entriesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
