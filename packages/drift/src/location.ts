import { type FieldPath, isObject, type Location, type Resource } from '@plumbline/core';

/** Where a field of a desired object is written; what lacks is where it would stand. */
export function locationOf(resource: Resource, path: FieldPath): Location {
  const written = writtenPath(resource, path);
  const place = resource.locate?.(written);
  const { line, column, endLine, endColumn } = place ?? resource.document.rangeOf([...resource.root, ...written]);
  return { file: place?.file ?? resource.document.file.path, line, column, endLine, endColumn };
}

/** Data of a Secret may be written as stringData. */
function writtenPath({ object }: Resource, path: FieldPath): FieldPath {
  const [first, ...rest] = path;
  if (first !== 'data' || !isObject(object.stringData) || object.kind !== 'Secret') return path;
  const [key] = rest;
  const isThere = key === undefined ? object.data === undefined : Object.hasOwn(object.stringData, String(key));
  return isThere ? ['stringData', ...rest] : path;
}
