import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, type Resource } from '@plumbline/core';
import { judgeParts } from './crd-parts.ts';
import { createPartType } from './crd-type.ts';
import { patternOf } from './pattern.ts';
import { isPlain } from './quick.ts';
import { quote, refuse, type Verdict } from './verdict.ts';

const RULE = 'api/crd-structural';
const VALUES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];
/** What a sub-schema under allOf, anyOf, oneOf or not may not say, since only the structure says it. */
const STRUCTURE_ONLY = ['description', 'type', 'default', 'additionalProperties', 'nullable'];
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

/** A CustomResourceDefinition of apiextensions.k8s.io/v1 as the server judges its schemas on create. */
export function judgeDefinition(resource: Resource, verdict: Verdict): void {
  const { spec } = resource.object;
  if (!isObject(spec)) return;
  if (spec.preserveUnknownFields === true)
    refuse(verdict, RULE, ['spec', 'preserveUnknownFields'], 'preserveUnknownFields may not be true in apiextensions.k8s.io/v1');
  judgeDefinitionName(resource, spec, verdict);
  judgeParts(spec, verdict);
  if (!isArray(spec.versions)) return;
  spec.versions.forEach((version, index) => {
    const path: FieldPath = ['spec', 'versions', index];
    const schema = member(member(version, 'schema'), 'openAPIV3Schema');
    if (!isObject(version)) return;
    if (!isObject(schema)) {
      const message = `version ${JSON.stringify(version.name ?? '')} has no schema.openAPIV3Schema`;
      refuse(verdict, RULE, [...path, 'schema', 'openAPIV3Schema'], message, { part: 'key' });
      return;
    }
    const at: FieldPath = [...path, 'schema', 'openAPIV3Schema'];
    if (schema.type !== 'object')
      refuse(verdict, RULE, [...at, 'type'], 'the type of the root is not "object"', { part: schema.type === undefined ? 'key' : 'value' });
    judgeNode(schema, at, verdict, true);
  });
}

function judgeDefinitionName(resource: Resource, spec: JsonObject, verdict: Verdict): void {
  const plural = member(spec.names, 'plural');
  const name = member(resource.object.metadata, 'name');
  if (typeof plural !== 'string' || typeof spec.group !== 'string' || typeof name !== 'string' || name === '') return;
  const wanted = `${plural}.${spec.group}`;
  if (name !== wanted)
    refuse(verdict, 'meta/name-invalid', ['metadata', 'name'], `name "${name}" is not "${wanted}", the plural and the group`);
}

function judgeNode(schema: JsonObject, path: FieldPath, verdict: Verdict, isRoot = false): void {
  const { type } = schema;
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
  const isPreserved = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (type === undefined || type === null || type === '') {
    if (!isIntOrString && !isPreserved && !isRoot)
      refuse(verdict, RULE, [...path, 'type'], 'a field of the schema has no type', { part: 'key' });
  } else if (typeof type === 'string' && !VALUES.includes(type))
    refuse(verdict, RULE, [...path, 'type'], `"${type}" is no type of a schema`);
  if (type === 'array' && !isObject(schema.items)) {
    const message = isArray(schema.items) ? 'items is a list: it must be one schema' : 'a list has no items';
    refuse(verdict, RULE, [...path, 'items'], message, { part: 'key' });
  }
  if (
    isObject(schema.properties) &&
    schema.additionalProperties !== undefined &&
    schema.additionalProperties !== null &&
    schema.additionalProperties !== false
  )
    refuse(verdict, RULE, [...path, 'additionalProperties'], 'additionalProperties and properties exclude each other', { part: 'key' });
  judgeMembers(schema, path, verdict, isRoot);
  if (schema['x-kubernetes-list-type'] === 'map') judgeListMap(schema, path, verdict);
  for (const [name, one] of members(schema.properties)) {
    // The server knows these three by itself.
    if (isRoot && (name === 'metadata' || name === 'apiVersion' || name === 'kind')) continue;
    judgeNode(one, [...path, 'properties', name], verdict);
  }
  if (isObject(schema.items)) judgeNode(schema.items, [...path, 'items'], verdict);
  if (isObject(schema.additionalProperties)) judgeNode(schema.additionalProperties, [...path, 'additionalProperties'], verdict);
  judgeForms(schema, path, verdict, isIntOrString);
}

/** Members of a schema that the server does not take, or not so. */
function judgeMembers(schema: JsonObject, path: FieldPath, verdict: Verdict, isRoot: boolean): void {
  if (schema.uniqueItems === true) refuse(verdict, RULE, [...path, 'uniqueItems'], 'uniqueItems may not be true');
  for (const name of UNSUPPORTED) {
    const value = schema[name];
    const isThere = value !== undefined && value !== null && value !== '' && !(isObject(value) && Object.keys(value).length === 0);
    if (isThere) refuse(verdict, RULE, [...path, name], `${name} is not supported in a schema`, { part: 'key' });
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    refuse(verdict, RULE, [...path, 'x-kubernetes-preserve-unknown-fields'], 'x-kubernetes-preserve-unknown-fields may only be true');
  judgeKind(schema, 'x-kubernetes-list-type', 'array', ['atomic', 'set', 'map'], path, verdict);
  judgeKind(schema, 'x-kubernetes-map-type', 'object', ['atomic', 'granular'], path, verdict);
  const { pattern } = schema;
  if (typeof pattern === 'string' && patternOf(pattern) === undefined)
    refuse(verdict, RULE, [...path, 'pattern'], `pattern ${quote(pattern)} is no regular expression of Go (RE2)`);
  const preset = schema.default;
  if (preset === undefined || preset === null || isRoot) return;
  if (!isPlain(preset, createPartType(schema)))
    refuse(verdict, RULE, [...path, 'default'], `default ${quote(preset)} does not hold its own schema`);
}

function judgeKind(schema: JsonObject, name: string, type: string, values: readonly string[], path: FieldPath, verdict: Verdict): void {
  const value = schema[name];
  if (typeof value !== 'string' || value === '') return;
  if (!values.includes(value)) refuse(verdict, RULE, [...path, name], `${quote(value)} is none of ${values.join(', ')}`);
  else if (schema.type !== type) refuse(verdict, RULE, [...path, name], `${name} goes only with type ${type}`, { part: 'key' });
}

function judgeListMap(schema: JsonObject, path: FieldPath, verdict: Verdict): void {
  const keys = schema['x-kubernetes-list-map-keys'];
  const items = schema.items;
  if (!isArray(keys) || keys.length === 0) {
    refuse(verdict, RULE, [...path, 'x-kubernetes-list-map-keys'], 'a list of type map names no keys', { part: 'key' });
    return;
  }
  const required = member(items, 'required');
  keys.forEach((key, index) => {
    if (typeof key !== 'string') return;
    const property = member(member(items, 'properties'), key);
    const isSure = (isArray(required) && required.includes(key)) || member(property, 'default') !== undefined;
    const at = [...path, 'x-kubernetes-list-map-keys', index];
    if (!isObject(property)) refuse(verdict, RULE, at, `the list's key "${key}" is no property of its items`);
    else if (!isSure) refuse(verdict, RULE, at, `the list's key "${key}" is neither required nor has a default`);
  });
}

function judgeForms(schema: JsonObject, path: FieldPath, verdict: Verdict, isIntOrString: boolean): void {
  for (const form of ['allOf', 'anyOf', 'oneOf'] as const) {
    const forms: JsonValue | undefined = schema[form];
    if (!isArray(forms)) continue;
    forms.forEach((one, index) => {
      if (isObject(one) && !(isIntOrString && (form === 'anyOf' || one.anyOf !== undefined)))
        judgeForm(one, schema, [...path, form, index], verdict);
    });
  }
  if (isObject(schema.not)) judgeForm(schema.not, schema, [...path, 'not'], verdict);
}

function judgeForm(form: JsonObject, structure: JsonObject, path: FieldPath, verdict: Verdict): void {
  for (const name of STRUCTURE_ONLY) {
    const value = form[name];
    if (value !== undefined && value !== null && value !== '' && value !== false)
      refuse(verdict, RULE, [...path, name], `${name} may not stand under allOf, anyOf, oneOf or not`, { part: 'key' });
  }
  for (const [name, one] of members(form.properties)) {
    const known = member(structure.properties, name);
    if (isObject(known)) judgeForm(one, known, [...path, 'properties', name], verdict);
    else if (!isObject(structure.additionalProperties))
      refuse(verdict, RULE, [...path, 'properties', name], `property "${name}" is not in the structure`, { part: 'key' });
  }
}

function members(value: JsonValue | undefined): [string, JsonObject][] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}
