import { type Document, type FieldPath, isObject, type JsonValue, member, type Place, stringify, valueAt } from '@plumbline/core';

/** Values that are given to a chart, and where they were written. Later ones win over earlier ones. */
export interface ValuesLayer {
  /** As Helm reads it: YAML. */
  readonly text: string;
  readonly value: JsonValue;
  locate(path: FieldPath, part?: 'key' | 'value'): Place;
}

export function layerOfDocument(document: Document, text: string): ValuesLayer {
  return {
    text,
    value: document.value ?? {},
    locate: (path, part) => ({ ...document.rangeOf(path, part), file: document.file.path, chain: [] }),
  };
}

/** Values that stand inside of an object. */
export function layerOfField(value: JsonValue, root: FieldPath, locate: ValuesLayer['locate']): ValuesLayer {
  return { text: stringify(value), value, locate: (path, part) => locate([...root, ...path], part) };
}

/** Values of a text that stands in one field: all of them are written there. */
export function layerOfText(text: string, value: JsonValue, place: () => Place): ValuesLayer {
  return { text, value, locate: place };
}

/** The place of a value that a chart was given, and the value. Mappings are joined, so that the last layer that has it all counts. */
export function findValue(
  layers: readonly ValuesLayer[],
  path: FieldPath,
): { readonly value: JsonValue; readonly layer: ValuesLayer } | undefined {
  for (const layer of [...layers].reverse()) {
    const value = valueAt(layer.value, path);
    if (value !== undefined) return { value, layer };
    // A list or scalar on the way hides what is under it in earlier layers.
    for (let length = 1; length < path.length; length++) {
      const above = valueAt(layer.value, path.slice(0, length));
      if (above !== undefined && !isObject(above)) return undefined;
    }
  }
  return undefined;
}

/** Values as they look to a subchart: what the parent gives under its name, and the globals. */
export function layersOfSubchart(layers: readonly ValuesLayer[], key: string): readonly ValuesLayer[] {
  return layers.map((layer) => {
    const own = member(layer.value, key);
    const globals = member(layer.value, 'global');
    const value = isObject(own)
      ? { ...own, ...(globals === undefined ? {} : { global: globals }) }
      : globals === undefined
        ? {}
        : { global: globals };
    return {
      text: '',
      value,
      locate: (path, part) => layer.locate(path[0] === 'global' && globals !== undefined ? path : [key, ...path], part),
    };
  });
}
