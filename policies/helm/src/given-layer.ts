import { type Document, type FieldPath, type InputReader, type JsonValue, type Problem, parse } from '@plumbline/core';

/** Values that a chart is given, and where a problem with one of them stands. Later ones win over earlier ones. */
export interface GivenLayer {
  readonly value: JsonValue;
  placeOf(path: FieldPath, part: 'key' | 'value'): Pick<Problem, 'path' | 'part' | 'at'>;
}

/** Of a file that is read as one document; undefined where it is none. */
export function fileLayer(document: Document): GivenLayer;
export function fileLayer(path: string, inputs: InputReader): GivenLayer | undefined;
export function fileLayer(from: Document | string, inputs?: InputReader): GivenLayer | undefined {
  const document = typeof from === 'string' ? documentAt(from, inputs) : from;
  if (document?.value === undefined) return undefined;
  return {
    value: document.value,
    placeOf: (path, part) => ({ at: { file: document.file.path, ...document.rangeOf(path, part) } }),
  };
}

function documentAt(path: string, inputs: InputReader | undefined): Document | undefined {
  const file = inputs?.read(path);
  const documents = file === undefined ? [] : parse(file);
  return documents.length === 1 ? documents[0] : undefined;
}

/** Of a field of the object that is judged. */
export function fieldLayer(value: JsonValue, root: FieldPath): GivenLayer {
  return { value, placeOf: (path, part) => ({ path: [...root, ...path], part }) };
}

/** Of a text in a field of the object: all of it stands there. */
export function textLayer(value: JsonValue, root: FieldPath): GivenLayer {
  return { value, placeOf: () => ({ path: root, part: 'key' }) };
}
