import { isObject, type JsonObject } from '@plumbline/core';

// `.spec.name`, `.spec['a.b']`: what a rule of a definition blames.
const STEP = /\.('(?:[^'\\]|\\.)*'|[^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/y;

/** Whether a field path leads to something that the schema has: ValidFieldPath of apiextensions-apiserver. */
export function isFieldPath(path: string, schema: JsonObject): boolean {
  let at: JsonObject = schema;
  STEP.lastIndex = 0;
  for (let start = 0; start < path.length; start = STEP.lastIndex) {
    STEP.lastIndex = start;
    const match = STEP.exec(path);
    const name = match?.[1] ?? match?.[2]?.replace(/\\(.)/g, '$1');
    if (name === undefined) return false;
    const { properties, additionalProperties: values } = at;
    const next = isObject(properties) ? (Object.hasOwn(properties, name) ? properties[name] : undefined) : values;
    // Values of any kind have no schema, and nothing below.
    if (!isObject(next)) return values === true && start + (match?.[0].length ?? 0) === path.length;
    at = next;
  }
  return true;
}
