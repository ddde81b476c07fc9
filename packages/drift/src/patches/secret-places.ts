import { type FieldPath, isSecretKind } from '@plumbline/core';

/** Whether the field of an object of this kind holds what must not be printed: the data of a Secret, and its annotations, one of which may be a copy. */
export function isSecretPlace(kind: string, path: FieldPath): boolean {
  if (!isSecretKind(kind)) return false;
  const [first, second] = path;
  return (
    first === 'data' ||
    first === 'stringData' ||
    (first === 'metadata' && (second === 'annotations' || second === undefined)) ||
    first === undefined
  );
}

/** The same of a JSON pointer. */
export function isSecretPointer(kind: string, pointer: string): boolean {
  return isSecretPlace(kind, pointer.split('/').slice(1));
}
