import {
  type GroupVersionKind,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parse,
  parseGvk,
  type SourceFile,
  valueAt,
} from '@plumbline/core';
import { type CustomKind, createCrdIndex } from '../crd-index.ts';

/** What a file that a user brings holds: definitions, or one JSON Schema. */
export interface SchemaFile {
  readonly definitions: readonly CustomKind[];
  readonly schema: JsonObject | undefined;
  /** `group/version/Kind` of everything in it; of a JSON Schema, what it says of itself. */
  readonly kinds: readonly string[];
}

const NOTHING: SchemaFile = { definitions: [], schema: undefined, kinds: [] };

/** Reads a YAML or JSON file; the problem as text where it cannot be read. */
export function readSchemaFile(file: SourceFile): SchemaFile | string {
  const documents = parse(file);
  const broken = documents.flatMap(({ problems }) => problems).find(({ level }) => level !== 'note');
  if (broken !== undefined) return `${broken.range.line}:${broken.range.column}: ${broken.message}`;
  const objects = documents.flatMap(({ value }) => objectsIn(value ?? null));
  const definitions = objects.filter((object) => object.kind === 'CustomResourceDefinition').map(kindOf);
  const known = definitions.filter((kind): kind is CustomKind => kind !== undefined);
  if (known.length > 0) return { definitions: known, schema: undefined, kinds: known.flatMap(kindsOf) };
  const schema = objects.length === 1 ? objects[0] : undefined;
  if (schema === undefined || !isSchema(schema)) return NOTHING;
  return { definitions: [], schema, kinds: kindsSaid(schema) };
}

function objectsIn(value: JsonValue): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const items = member(value, 'items');
  return typeof value.kind === 'string' && value.kind.endsWith('List') && isArray(items) ? items.filter(isObject) : [value];
}

function kindOf(object: JsonObject): CustomKind | undefined {
  const group = valueAt(object, ['spec', 'group']);
  const kind = valueAt(object, ['spec', 'names', 'kind']);
  if (typeof group !== 'string' || typeof kind !== 'string') return undefined;
  return createCrdIndex([{ object }]).kindOf(group, kind);
}

function kindsOf({ group, kind, versions }: CustomKind): string[] {
  return [...versions.keys()].map((version) => `${group}/${version}/${kind}`);
}

/** A schema of an object: no manifest, and it says something of members. */
function isSchema(object: JsonObject): boolean {
  if (typeof object.apiVersion === 'string' && typeof object.kind === 'string') return false;
  return object.$schema !== undefined || isObject(object.properties) || object.$ref !== undefined || isArray(object.oneOf);
}

/** What a schema says of the kind it is of: the extension of Kubernetes, or the values that apiVersion and kind may have. */
function kindsSaid(schema: JsonObject): string[] {
  const gvks = schema['x-kubernetes-group-version-kind'];
  if (isArray(gvks))
    return gvks.flatMap((gvk) => {
      const [group, version, kind] = ['group', 'version', 'kind'].map((name) => member(gvk, name));
      return typeof version === 'string' && typeof kind === 'string'
        ? [`${typeof group === 'string' ? group : ''}/${version}/${kind}`]
        : [];
    });
  const versions = valuesOf(valueAt(schema, ['properties', 'apiVersion']));
  const kinds = valuesOf(valueAt(schema, ['properties', 'kind']));
  return versions.flatMap((apiVersion) =>
    kinds.map((kind) => {
      const gvk = parseGvk(apiVersion, kind);
      return `${gvk.group}/${gvk.version}/${gvk.kind}`;
    }),
  );
}

function valuesOf(schema: JsonValue | undefined): string[] {
  const constant = member(schema, 'const');
  const choices = member(schema, 'enum');
  const values = constant === undefined ? (isArray(choices) ? choices : []) : [constant];
  return values.filter((value): value is string => typeof value === 'string');
}

/** `group/version/Kind`, in one text. */
export function kindText({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}/${kind}`;
}
