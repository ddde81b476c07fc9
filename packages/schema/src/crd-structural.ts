import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, type Resource } from '@plumbline/core';
import { judgeMembers } from './crd-members.ts';
import { judgeParts } from './crd-parts.ts';
import { quote, refuse, type Verdict } from './verdict.ts';

// What a CustomResourceDefinition of apiextensions.k8s.io/v1 must say of the structure of its objects:
// apiextensions-apiserver/pkg/apiserver/schema/validation.go and complete.go.

const RULE = 'api/crd-structural';
const PRESERVE = 'x-kubernetes-preserve-unknown-fields';
const EMBEDDED = 'x-kubernetes-embedded-resource';
const INT_OR_STRING = 'x-kubernetes-int-or-string';
const FORMS = ['allOf', 'anyOf', 'oneOf'] as const;
/** What a sub-schema under allOf, anyOf, oneOf or not may not say, since only the structure says it. */
const STRUCTURE_ONLY = [
  'description',
  'title',
  'type',
  'default',
  'additionalProperties',
  'nullable',
  PRESERVE,
  EMBEDDED,
  INT_OR_STRING,
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];
/** What a form that only spells out a type says nothing of; the server drops what no schema has. */
const MEMBERS = [
  ...STRUCTURE_ONLY.filter((name) => name !== 'type'),
  ...['id', '$schema', '$ref', 'format', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum', 'maxLength', 'minLength'],
  ...['pattern', 'maxItems', 'minItems', 'uniqueItems', 'multipleOf', 'enum', 'maxProperties', 'minProperties', 'required', 'items'],
  ...['allOf', 'oneOf', 'anyOf', 'not', 'properties', 'patternProperties', 'dependencies', 'additionalItems', 'definitions'],
  ...['externalDocs', 'example'],
];
/** Where the node stands that is judged. */
type Level = 'root' | 'item' | 'field';

/** A CustomResourceDefinition of apiextensions.k8s.io/v1 as the server judges it on create. */
export function judgeDefinition(resource: Resource, verdict: Verdict): void {
  const { spec } = resource.object;
  if (!isObject(spec)) return;
  if (spec.preserveUnknownFields === true)
    refuse(verdict, RULE, ['spec', 'preserveUnknownFields'], 'preserveUnknownFields may not be true in apiextensions.k8s.io/v1');
  judgeParts(resource, spec, verdict);
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
    if (schema.nullable === true) refuse(verdict, RULE, [...at, 'nullable'], 'the root may not be nullable');
    judgeNode(schema, 'root', at, verdict);
    for (const [form, formPath] of formsOf(schema, at)) judgeCompleteness(form, schema, formPath, verdict);
  });
}

function judgeNode(schema: JsonObject, level: Level, path: FieldPath, verdict: Verdict): void {
  judgeMembers(schema, path, verdict, level === 'root');
  judgeType(schema, level, path, verdict);
  if (level === 'root' || schema[EMBEDDED] === true) judgeObjectParts(schema, path, verdict);
  if (level === 'root') judgeMetadata(member(schema.properties, 'metadata'), [...path, 'properties', 'metadata'], verdict);
  judgeExtensions(schema, level, path, verdict);
  for (const [name, one] of nodesOf(schema.properties)) judgeNode(one, 'field', [...path, 'properties', name], verdict);
  if (isObject(schema.items)) judgeNode(schema.items, 'item', [...path, 'items'], verdict);
  if (isObject(schema.additionalProperties)) judgeNode(schema.additionalProperties, 'field', [...path, 'additionalProperties'], verdict);
  for (const [form, formPath] of formsOf(schema, path)) if (!isTypePair(schema, formPath)) judgeForm(form, formPath, verdict, schema);
}

function judgeType(schema: JsonObject, level: Level, path: FieldPath, verdict: Verdict): void {
  const { type } = schema;
  const isEmpty = type === undefined || type === null || type === '';
  const more = { part: isEmpty ? ('key' as const) : ('value' as const) };
  if (schema[EMBEDDED] === true && type !== 'object')
    refuse(verdict, RULE, [...path, 'type'], `the type of an embedded resource is "object"`, more);
  else if (isEmpty && schema[INT_OR_STRING] !== true && schema[PRESERVE] !== true) {
    const what = level === 'root' ? 'the root' : level === 'item' ? 'the items of a list' : 'a field';
    refuse(verdict, RULE, [...path, 'type'], `${what} of the schema has no type`, more);
  }
  if (level === 'root' && !isEmpty && type !== 'object') refuse(verdict, RULE, [...path, 'type'], 'the type of the root is not "object"');
  if (type === 'array' && !isObject(schema.items) && !isArray(schema.items))
    refuse(verdict, RULE, [...path, 'items'], 'a list has no items', { part: 'key' });
}

/** What the schema of a whole object may say of what every object has. */
function judgeObjectParts(schema: JsonObject, path: FieldPath, verdict: Verdict): void {
  for (const [name, type] of [
    ['apiVersion', 'string'],
    ['kind', 'string'],
    ['metadata', 'object'],
  ] as const) {
    const part = nodesOf(schema.properties).find(([one]) => one === name)?.[1];
    if (part === undefined || part.type === type) continue;
    const hasType = typeof part.type === 'string' && part.type !== '';
    // A part with no type at all is a field without a type.
    if (hasType || part[PRESERVE] === true || part[INT_OR_STRING] === true)
      refuse(verdict, RULE, [...path, 'properties', name, 'type'], `the type of ${name} is "${type}"`, { part: hasType ? 'value' : 'key' });
  }
}

/** The metadata of the whole object: only its names may be restricted. */
function judgeMetadata(metadata: JsonValue | undefined, path: FieldPath, verdict: Verdict): void {
  if (!isObject(metadata)) return;
  for (const [name, value] of Object.entries(metadata)) {
    if (name === 'type' || name === 'description' || name === 'properties' || name === 'default' || isNothing(value)) continue;
    refuse(verdict, RULE, [...path, name], `of metadata, only name and generateName may be restricted: ${name} may not stand there`, {
      part: 'key',
    });
  }
  for (const [name] of nodesOf(metadata.properties)) {
    if (name === 'name' || name === 'generateName') continue;
    refuse(verdict, RULE, [...path, 'properties', name], `of metadata, only name and generateName may be restricted, not ${name}`, {
      part: 'key',
    });
  }
}

function judgeExtensions(schema: JsonObject, level: Level, path: FieldPath, verdict: Verdict): void {
  const key = { part: 'key' as const };
  const hasMore = schema.additionalProperties !== undefined && schema.additionalProperties !== null;
  if (hasMore && level === 'root')
    refuse(verdict, RULE, [...path, 'additionalProperties'], 'additionalProperties may not stand at the root', key);
  if (schema[INT_OR_STRING] === true)
    for (const other of [PRESERVE, EMBEDDED])
      if (schema[other] === true) refuse(verdict, RULE, [...path, other], `${other} and ${INT_OR_STRING} exclude each other`, key);
  if (schema[EMBEDDED] !== true) return;
  if (hasMore) refuse(verdict, RULE, [...path, 'additionalProperties'], `additionalProperties and ${EMBEDDED} exclude each other`, key);
  if (schema[PRESERVE] !== true && nodesOf(schema.properties).length === 0)
    refuse(verdict, RULE, [...path, 'properties'], `an embedded resource has no properties and does not preserve unknown fields`, key);
}

/** A sub-schema under allOf, anyOf, oneOf or not: it judges values and says nothing of the structure. */
function judgeForm(form: JsonObject, path: FieldPath, verdict: Verdict, structure?: JsonObject): void {
  judgeMembers(form, path, verdict, false);
  for (const name of STRUCTURE_ONLY) {
    const value = form[name];
    // A default is one whatever it is.
    if (name === 'default' ? value === undefined || value === null : isNothing(value)) continue;
    refuse(verdict, RULE, [...path, name], `${name} may not stand under allOf, anyOf, oneOf or not`, { part: 'key' });
  }
  for (const [name, one] of nodesOf(form.properties)) {
    const at = [...path, 'properties', name];
    if (name === 'metadata') refuse(verdict, RULE, at, 'metadata may not stand under allOf, anyOf, oneOf or not', { part: 'key' });
    judgeForm(one, at, verdict);
  }
  if (isObject(form.items)) judgeForm(form.items, [...path, 'items'], verdict);
  for (const [one, onePath] of formsOf(form, path)) {
    const isPair = structure !== undefined && isPairOfFirst(structure, path, onePath);
    if (!isPair) judgeForm(one, onePath, verdict);
  }
}

/** What the forms of the root judge must be in the structure; the server looks at no other node's. */
function judgeCompleteness(form: JsonObject, structure: JsonObject | undefined, path: FieldPath, verdict: Verdict): void {
  for (const [one, onePath] of formsOf(form, path)) judgeCompleteness(one, structure, onePath, verdict);
  if (isObject(form.items)) {
    const items = isObject(structure?.items) ? structure.items : undefined;
    if (items === undefined) refuse(verdict, RULE, [...path, 'items'], 'items are not in the structure', { part: 'key' });
    else judgeCompleteness(form.items, items, [...path, 'items'], verdict);
  }
  for (const [name, one] of nodesOf(form.properties)) {
    const known = nodesOf(structure?.properties).find(([other]) => other === name)?.[1];
    const at = [...path, 'properties', name];
    if (known === undefined) refuse(verdict, RULE, at, `property ${quote(name)} is not in the structure`, { part: 'key' });
    else judgeCompleteness(one, known, at, verdict);
  }
}

/** The two types of an int-or-string, which may be spelt out as its `anyOf`, or as that of its first `allOf`. */
function isTypePair(schema: JsonObject, formPath: FieldPath): boolean {
  return formPath.at(-2) === 'anyOf' && isPair(schema.anyOf);
}

function isPairOfFirst(structure: JsonObject, path: FieldPath, formPath: FieldPath): boolean {
  if (path.at(-2) !== 'allOf' || path.at(-1) !== 0 || formPath.at(-2) !== 'anyOf') return false;
  const first = isArray(structure.allOf) ? structure.allOf[0] : undefined;
  return isPair(member(first, 'anyOf'));
}

function isPair(forms: JsonValue | undefined): boolean {
  if (!isArray(forms) || forms.length !== 2) return false;
  return ['integer', 'string'].every((type, index) => {
    const form = forms[index];
    return isObject(form) && form.type === type && MEMBERS.every((name) => isNothing(form[name]));
  });
}

/** The sub-schemas that judge the same value as the schema. */
function* formsOf(schema: JsonObject, path: FieldPath): Generator<[JsonObject, FieldPath]> {
  for (const name of FORMS) {
    const forms = schema[name];
    if (!isArray(forms)) continue;
    for (const [index, form] of forms.entries()) if (isObject(form)) yield [form, [...path, name, index]];
  }
  if (isObject(schema.not)) yield [schema.not, [...path, 'not']];
}

const NO_SCHEMA: JsonObject = {};

/** The schemas in a map; one that is null says nothing, and is there. */
function nodesOf(value: JsonValue | undefined): [string, JsonObject][] {
  if (!isObject(value)) return [];
  return Object.entries(value)
    .map(([name, one]): [string, JsonValue] => [name, one ?? NO_SCHEMA])
    .filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}

/** What a decoder of Go structures reads as not written. */
function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || value === false || (isArray(value) && value.length === 0);
}
