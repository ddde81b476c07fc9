import type { Resource } from '../read/resource.ts';
import type { FieldPath } from './field-path.ts';
import { isArray, type JsonValue, valueAt } from './json.ts';

/** Whether a text is what it says: not empty, and nothing in it is filled in later by a substitution, a template or a plugin. */
export function isPlain(text: string): boolean {
  return text !== '' && !text.includes('${') && !text.includes('{{') && !text.includes('<<') && !text.includes('<path:');
}

/** The text at a path; undefined where there is none, and where it is not plain. */
export function textAt({ object }: Resource, path: FieldPath): string | undefined {
  const value = valueAt(object, path);
  return typeof value === 'string' && isPlain(value) ? value : undefined;
}

/** The list at a path, empty where there is none. */
export function listAt({ object }: Resource, path: FieldPath): readonly JsonValue[] {
  const value = valueAt(object, path);
  return isArray(value) ? value : [];
}

/** Whether somebody wrote something there: a value, also one that is to be filled in. */
export function isWritten({ object }: Resource, path: FieldPath): boolean {
  const value = valueAt(object, path);
  return value !== undefined && value !== null && value !== '';
}
