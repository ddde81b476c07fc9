import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { createPresetType } from './crd-type.ts';
import { patternOf } from './pattern.ts';
import { isPlain } from './quick.ts';
import { quote, refuse, type Verdict } from './verdict.ts';

// What apiextensions-apiserver/pkg/apis/apiextensions/validation says of the members of a schema, wherever it stands.

const RULE = 'api/crd-structural';
const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];
/** What the server does not take at all, and whether an empty value counts as not written. */
const UNSUPPORTED: readonly (readonly [name: string, isEmptyThere: boolean])[] = [
  ['id', false],
  ['$schema', false],
  ['additionalItems', true],
  ['patternProperties', false],
  ['definitions', false],
  ['dependencies', true],
  ['$ref', true],
];
const REASONS = ['FieldValueInvalid', 'FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate'];
const LIST_TYPE = 'x-kubernetes-list-type';
const MAP_TYPE = 'x-kubernetes-map-type';
const KEYS = 'x-kubernetes-list-map-keys';
const KEY = { part: 'key' as const };

export function judgeMembers(schema: JsonObject, path: FieldPath, verdict: Verdict, isRoot: boolean): void {
  const { type, pattern, items } = schema;
  if (typeof type === 'string' && type !== '' && !TYPES.includes(type))
    refuse(verdict, RULE, [...path, 'type'], `"${type}" is no type of a schema`);
  if (schema.uniqueItems === true) refuse(verdict, RULE, [...path, 'uniqueItems'], 'uniqueItems may not be true');
  for (const [name, isEmptyThere] of UNSUPPORTED) {
    const value = schema[name];
    // Versions that differ in empty members only count as equal, and the first stands for all.
    const isThere = value !== undefined && value !== null && ((isEmptyThere && path[2] === 0) || !isEmpty(value));
    if (isThere) refuse(verdict, RULE, [...path, name], `${name} is not supported in a schema`, KEY);
  }
  if (isArray(items)) refuse(verdict, RULE, [...path, 'items'], 'items is a list: it must be one schema', KEY);
  const { properties, additionalProperties: more } = schema;
  if (isObject(properties) && Object.keys(properties).length > 0 && more !== undefined && more !== null && more !== true)
    refuse(verdict, RULE, [...path, 'additionalProperties'], 'additionalProperties and properties exclude each other', KEY);
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    refuse(verdict, RULE, [...path, 'x-kubernetes-preserve-unknown-fields'], 'x-kubernetes-preserve-unknown-fields may only be true');
  if (typeof pattern === 'string' && patternOf(pattern) === undefined)
    refuse(verdict, RULE, [...path, 'pattern'], `pattern ${quote(pattern)} is no regular expression of Go (RE2)`);
  judgeKind(schema, LIST_TYPE, 'array', ['atomic', 'set', 'map'], path, verdict);
  judgeKind(schema, MAP_TYPE, 'object', ['atomic', 'granular'], path, verdict);
  judgeListType(schema, path, verdict);
  judgeRules(schema['x-kubernetes-validations'], [...path, 'x-kubernetes-validations'], verdict);
  judgeDefault(schema, path, verdict, isRoot);
}

function isEmpty(value: JsonValue): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function judgeKind(schema: JsonObject, name: string, type: string, values: readonly string[], path: FieldPath, verdict: Verdict): void {
  const value = schema[name];
  if (typeof value !== 'string') return;
  if (!values.includes(value)) refuse(verdict, RULE, [...path, name], `${quote(value)} is none of ${values.join(', ')}`);
  else if (schema.type !== type) refuse(verdict, RULE, [...path, name], `${name} goes only with type ${type}`, KEY);
}

function judgeListType(schema: JsonObject, path: FieldPath, verdict: Verdict): void {
  const { items } = schema;
  const list = schema[LIST_TYPE];
  const keys = schema[KEYS];
  const hasKeys = isArray(keys) && keys.length > 0;
  if (hasKeys && list !== 'map') refuse(verdict, RULE, [...path, KEYS], `${KEYS} goes only with ${LIST_TYPE} map`, KEY);
  if (list === 'map') judgeListMap(schema, path, verdict);
  if ((list !== 'set' && list !== 'map') || !isObject(items)) return;
  if (items.nullable === true) refuse(verdict, RULE, [...path, 'items', 'nullable'], `the items of a list of type ${list} may not be null`);
  if (list === 'map' || schema.type !== 'array') return;
  const inner = items.type === 'array' ? (items[LIST_TYPE] ?? 'atomic') : items.type === 'object' ? items[MAP_TYPE] : 'atomic';
  if (inner === 'atomic') return;
  const name = items.type === 'array' ? LIST_TYPE : MAP_TYPE;
  refuse(verdict, RULE, [...path, 'items', name], 'the items of a list of type set must be atomic', items[name] === undefined ? KEY : {});
}

function judgeListMap(schema: JsonObject, path: FieldPath, verdict: Verdict): void {
  const keys = schema[KEYS];
  const { items } = schema;
  if (!isArray(keys) || keys.length === 0) {
    refuse(verdict, RULE, [...path, KEYS], 'a list of type map names no keys', KEY);
    return;
  }
  if (isObject(items) && items.type !== 'object') {
    refuse(
      verdict,
      RULE,
      [...path, 'items', 'type'],
      'the items of a list of type map must be objects',
      items.type === undefined ? KEY : {},
    );
    return;
  }
  const required = member(items, 'required');
  keys.forEach((key, index) => {
    if (typeof key !== 'string') return;
    const property = member(member(items, 'properties'), key);
    const isSure = (isArray(required) && required.includes(key)) || (member(property, 'default') ?? null) !== null;
    const at = [...path, KEYS, index];
    const type = member(property, 'type');
    if (!isObject(property)) refuse(verdict, RULE, at, `the list's key "${key}" is no property of its items`);
    else if (keys.indexOf(key) < index) refuse(verdict, RULE, at, `the list's key "${key}" is named twice`);
    else if (type === 'array' || type === 'object') refuse(verdict, RULE, at, `the list's key "${key}" is no plain value`);
    else if (property.nullable === true) refuse(verdict, RULE, at, `the list's key "${key}" may be null`);
    else if (!isSure) refuse(verdict, RULE, at, `the list's key "${key}" is neither required nor has a default`);
  });
}

/** The CEL rules of a schema, but for what they say. */
function judgeRules(rules: JsonValue | undefined, path: FieldPath, verdict: Verdict): void {
  if (!isArray(rules)) return;
  rules.forEach((rule, index) => {
    const { rule: text, message, messageExpression, reason, fieldPath } = isObject(rule) ? rule : ({} as JsonObject);
    const report = (name: string, fault: string): void => {
      const isThere = isObject(rule) && rule[name] !== undefined;
      refuse(verdict, RULE, [...path, index, name], fault, isThere ? {} : KEY);
    };
    const isBlank = (value: JsonValue | undefined): boolean => typeof value === 'string' && value !== '' && value.trim() === '';
    const isLong = (value: JsonValue | undefined): boolean => typeof value === 'string' && /[\r\n]/.test(value.trim());
    const hasMessage = typeof message === 'string' && message.trim() !== '';
    // One that is missing altogether is a missing field.
    if (isBlank(text)) report('rule', 'the rule is empty');
    else if (isBlank(message)) report('message', 'the message is blank');
    else if (isLong(message)) report('message', 'the message has line breaks');
    else if (isLong(text) && !hasMessage) report('message', 'a rule of several lines has no message');
    if (isBlank(messageExpression)) report('messageExpression', 'the message expression is blank');
    if (typeof reason === 'string' && !REASONS.includes(reason)) report('reason', `${quote(reason)} is none of ${REASONS.join(', ')}`);
    if (isBlank(fieldPath)) report('fieldPath', 'the field path is blank');
    else if (typeof fieldPath === 'string' && /[\r\n]/.test(fieldPath)) report('fieldPath', 'the field path has line breaks');
  });
}

function judgeDefault(schema: JsonObject, path: FieldPath, verdict: Verdict, isRoot: boolean): void {
  const preset = schema.default;
  // The server does not look for defaults below additionalProperties.
  if (preset === undefined || preset === null || isRoot || isBelowMore(path)) return;
  // The last step but those of lists and maps; what every object has is at the root of its schema.
  const root = path.indexOf('openAPIV3Schema') + 1;
  const [step, part] = path.slice(root);
  if (step === 'properties' && (part === 'metadata' || part === 'apiVersion' || part === 'kind'))
    refuse(verdict, RULE, [...path, 'default'], `nothing in the ${part} of an object may have a default`, KEY);
  else if (!isPlain(preset, createPresetType(schema)))
    refuse(verdict, RULE, [...path, 'default'], `default ${quote(preset)} does not hold its own schema`);
}

function isBelowMore(path: FieldPath): boolean {
  return path.some((step, index) => step === 'additionalProperties' && path[index - 1] !== 'properties');
}
