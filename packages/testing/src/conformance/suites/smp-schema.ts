import { isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { FieldTopology, ListTopology, Topology } from '@plumbline/merge';

type Named = (name: string) => Topology | undefined;
interface Parts {
  readonly fields: JsonObject;
  readonly fieldOf: (field: JsonObject) => FieldTopology;
}

const SCALAR: Topology = { scalar: 'any', list: undefined, map: undefined };

/** The definitions of a swagger document by name, with their patch strategies and merge keys. */
export function swaggerTopologies(document: JsonValue): Named {
  const definitions = member(document, 'definitions');
  const named = remembered((name) => objectType({ fields: objectAt(objectAt(definitions, name), 'properties'), fieldOf }));
  const typeOf = (schema: JsonValue): Topology => {
    const ref = textAt(schema, '$ref');
    if (ref !== '') return named(ref.replace('#/definitions/', '')) ?? SCALAR;
    if (textAt(schema, 'type') === 'array') return listOf(() => typeOf(member(schema, 'items') ?? null));
    return SCALAR;
  };
  const fieldOf = (schema: JsonObject): FieldTopology => ({
    get type() {
      return typeOf(schema);
    },
    default: undefined,
    patchStrategies: strategiesOf(textAt(schema, 'x-kubernetes-patch-strategy')),
    mergeKey: textAt(schema, 'x-kubernetes-patch-merge-key') || undefined,
  });
  return named;
}

function objectType({ fields, fieldOf }: Parts): Topology {
  const made = new Map<string, FieldTopology>();
  const get = (key: string): FieldTopology | undefined => {
    const field = member(fields, key);
    const known = made.get(key) ?? (isObject(field) ? fieldOf(field) : undefined);
    if (known !== undefined) made.set(key, known);
    return known;
  };
  return { scalar: undefined, list: undefined, map: { isAtomic: false, fields: { get }, values: undefined, isDeduced: false } };
}

function listOf(item: () => Topology): Topology {
  const list: ListTopology = {
    kind: 'atomic',
    keys: [],
    get item() {
      return item();
    },
  };
  return { scalar: undefined, list, map: undefined };
}

function remembered(make: Named): Named {
  const known = new Map<string, Topology | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, make(name));
    return known.get(name);
  };
}

function strategiesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function objectAt(value: JsonValue | undefined, key: string): JsonObject {
  const found = member(value, key);
  return isObject(found) ? found : {};
}

function textAt(value: JsonValue, key: string): string {
  const found = member(value, key);
  return typeof found === 'string' ? found : '';
}
