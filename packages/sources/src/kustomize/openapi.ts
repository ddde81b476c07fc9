import { isArray, isObject, type JsonValue, member } from '@plumbline/core';
import type { MergeSchema } from './merge-schema.ts';

type Definitions = JsonValue | undefined;

/** A schema of an OpenAPI document that a kustomization names, for its merge keys. */
class DocumentSchema implements MergeSchema {
  readonly keys?: readonly string[];
  private readonly schema: JsonValue;
  private readonly definitions: Definitions;

  constructor(schema: JsonValue, definitions: Definitions) {
    this.schema = schema;
    this.definitions = definitions;
    const strategy = member(schema, 'x-kubernetes-patch-strategy');
    if (typeof strategy === 'string' && strategy.split(',').includes('merge')) this.keys = keysOf(schema);
  }

  field(name: string): MergeSchema | undefined {
    const own = member(member(this.schema, 'properties'), name);
    const additional = member(this.schema, 'additionalProperties');
    const found = own ?? (isObject(additional) ? additional : undefined);
    return found === undefined ? undefined : schemaAt(found, this.definitions);
  }

  elements(): MergeSchema | undefined {
    const items = member(this.schema, 'items');
    return member(this.schema, 'type') === 'array' && items !== undefined ? schemaAt(items, this.definitions) : undefined;
  }
}

function keysOf(schema: JsonValue): readonly string[] {
  const keys = member(schema, 'x-kubernetes-list-map-keys');
  if (isArray(keys)) return keys.map(String);
  const key = member(schema, 'x-kubernetes-patch-merge-key');
  return typeof key === 'string' ? [key] : [];
}

const MAX_REFERENCES = 50;

function schemaAt(schema: JsonValue, definitions: Definitions): MergeSchema | undefined {
  let at = schema;
  for (let count = 0; count < MAX_REFERENCES; count++) {
    const reference = member(at, '$ref');
    if (typeof reference !== 'string' || reference === '') return new DocumentSchema(at, definitions);
    const target = reference.startsWith('#/definitions/') ? member(definitions, reference.slice('#/definitions/'.length)) : undefined;
    if (target === undefined) return undefined;
    at = target;
  }
  return undefined;
}

/** Finds the schemas of a document by `x-kubernetes-group-version-kind`. */
export function documentSchemas(document: JsonValue | undefined): (apiVersion: string, kind: string) => MergeSchema | undefined {
  const definitions = member(document, 'definitions');
  const byKind = new Map<string, JsonValue>();
  for (const definition of Object.values(isObject(definitions) ? definitions : {})) {
    const kinds = member(definition, 'x-kubernetes-group-version-kind');
    for (const gvk of isArray(kinds) ? kinds : []) {
      const [group, version, kind] = ['group', 'version', 'kind'].map((part) => member(gvk, part));
      const apiVersion = typeof group === 'string' && group !== '' ? `${group}/${String(version)}` : String(version);
      byKind.set(`${apiVersion} ${String(kind)}`, definition);
    }
  }
  return (apiVersion, kind) => {
    const found = byKind.get(`${apiVersion} ${kind}`);
    return found === undefined ? undefined : schemaAt(found, definitions);
  };
}
