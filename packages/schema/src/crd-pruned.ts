import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, type Resource } from '@plumbline/core';
import { advise, type Verdict } from './verdict.ts';

/** What the server itself adds to the properties of a whole object. */
const OF_OBJECTS = ['apiVersion', 'kind', 'metadata'];

/**
 * A definition that demands what it prunes. The server takes it, and then no object of the kind: a field under `required`
 * that `properties` lacks is unknown, and dropped before the check that it is there.
 */
export function judgePruned(resource: Resource, verdict: Verdict): void {
  const versions = member(resource.object.spec, 'versions');
  if (!isArray(versions)) return;
  versions.forEach((version, index) => {
    const schema = member(member(version, 'schema'), 'openAPIV3Schema');
    if (isObject(schema)) judgeNode(schema, ['spec', 'versions', index, 'schema', 'openAPIV3Schema'], verdict, true);
  });
}

function judgeNode(schema: JsonObject, path: FieldPath, verdict: Verdict, isWhole: boolean): void {
  const { required, properties, items, additionalProperties } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || isObject(additionalProperties) || additionalProperties === true;
  if (isArray(required) && schema.type === 'object' && !isOpen) {
    required.forEach((name, index) => {
      if (typeof name !== 'string' || member(properties, name) !== undefined || (isWhole && OF_OBJECTS.includes(name))) return;
      advise(verdict, 'schema/preserve-unknown', [...path, 'required', index], `required field "${name}" is not among the properties`);
    });
  }
  for (const [name, one] of entries(properties)) {
    judgeNode(one, [...path, 'properties', name], verdict, one['x-kubernetes-embedded-resource'] === true);
  }
  if (isObject(items)) judgeNode(items, [...path, 'items'], verdict, items['x-kubernetes-embedded-resource'] === true);
  if (isObject(additionalProperties)) judgeNode(additionalProperties, [...path, 'additionalProperties'], verdict, false);
}

function entries(value: JsonValue | undefined): [string, JsonObject][] {
  return isObject(value) ? Object.entries(value).filter((entry): entry is [string, JsonObject] => isObject(entry[1])) : [];
}
