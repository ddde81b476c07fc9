import { type FieldPath, isArray, type JsonValue, type Resource, valueAt } from '@plumbline/core';

/** The text at a path; undefined where there is none, and where a variable or an action of a template stands in it. */
export function textAt({ object }: Resource, path: FieldPath): string | undefined {
  const value = valueAt(object, path);
  return typeof value === 'string' && isPlain(value) ? value : undefined;
}

/** Whether a text is what it says: not empty, and nothing in it is filled in later. */
export function isPlain(text: string): boolean {
  return text !== '' && !text.includes('${') && !text.includes('{{') && !text.includes('<<');
}

export function listAt({ object }: Resource, path: FieldPath): readonly JsonValue[] {
  const value = valueAt(object, path);
  return isArray(value) ? value : [];
}

/** Whether somebody wrote something there: a value, also one that is to be filled in. */
export function isWritten({ object }: Resource, path: FieldPath): boolean {
  const value = valueAt(object, path);
  return value !== undefined && value !== null && value !== '';
}
