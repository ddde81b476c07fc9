import {
  closest,
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  mayGainFields,
  member,
  type Resource,
  valueAt,
} from '@plumbline/core';
import { nameFault } from './names.ts';
import { isLeftToLater } from './placeholder.ts';
import { byteLength } from './scalar.ts';
import { quote, refuse, skip, type Verdict } from './verdict.ts';

// What apiextensions-apiserver/pkg/apis/apiextensions/validation says of a definition beside its schemas.

const COLUMN_TYPES = ['integer', 'number', 'string', 'boolean', 'date'];
const COLUMN_FORMATS = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];
const APPROVAL = 'api-approved.kubernetes.io';

/** Name, approval, scope, names, versions, columns, subresources and conversion of a definition. */
export function judgeParts(resource: Resource, spec: JsonObject, verdict: Verdict): void {
  judgeOwnName(resource, spec, verdict);
  judgeApproval(resource, spec, verdict);
  judgeGroup(spec.group, verdict);
  judgeChoice(spec.scope, ['Cluster', 'Namespaced'], ['spec', 'scope'], verdict);
  judgeNames(spec.names, verdict);
  judgeConversion(spec.conversion, verdict);
  if (!isArray(spec.versions)) return;
  judgeVersions(spec.versions, verdict);
  spec.versions.forEach((version, index) => {
    if (!isObject(version)) return;
    const path: FieldPath = ['spec', 'versions', index];
    judgeLabel(version.name, [...path, 'name'], verdict);
    judgeWarning(version, path, verdict);
    judgeSelectable(version, path, verdict);
    judgeScale(member(version.subresources, 'scale'), [...path, 'subresources', 'scale'], verdict);
    const columns = version.additionalPrinterColumns;
    if (!isArray(columns)) return;
    columns.forEach((column, at) => {
      const columnPath = [...path, 'additionalPrinterColumns', at];
      judgeChoice(member(column, 'type'), COLUMN_TYPES, [...columnPath, 'type'], verdict);
      judgeChoice(member(column, 'format'), COLUMN_FORMATS, [...columnPath, 'format'], verdict);
      judgeJsonPath(member(column, 'jsonPath'), [''], [...columnPath, 'jsonPath'], verdict);
    });
  });
}

function judgeOwnName(resource: Resource, spec: JsonObject, verdict: Verdict): void {
  const plural = member(spec.names, 'plural');
  const name = member(resource.object.metadata, 'name') ?? '';
  if (typeof plural !== 'string' || typeof spec.group !== 'string' || typeof name !== 'string' || name === '') return;
  const wanted = `${plural}.${spec.group}`;
  if (name !== wanted)
    refuse(verdict, 'meta/name-invalid', ['metadata', 'name'], `name "${name}" is not "${wanted}", the plural and the group`);
}

/** The groups of the Kubernetes project are kept for what it approved: apiextensions-apiserver/pkg/apihelpers. */
function judgeApproval(resource: Resource, spec: JsonObject, verdict: Verdict): void {
  const { group } = spec;
  if (typeof group !== 'string' || !/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const path: FieldPath = ['metadata', 'annotations', APPROVAL];
  const approval = valueAt(resource.object, path);
  if (approval === undefined || approval === null || approval === '') {
    if (mayGainFields(resource)) skip(verdict, 'api/crd-structural', 'a build that was not run may add the annotation');
    else
      refuse(verdict, 'api/crd-structural', path, `a definition of the group "${group}" needs the annotation "${APPROVAL}"`, {
        part: 'key',
      });
    return;
  }
  if (typeof approval !== 'string' || approval.startsWith('unapproved') || /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]/.test(approval)) return;
  if (isLeftToLater(approval, verdict)) return;
  refuse(verdict, 'api/crd-structural', path, `${quote(approval)} is neither a URL nor begins with "unapproved"`);
}

function judgeGroup(group: JsonValue | undefined, verdict: Verdict): void {
  if (typeof group !== 'string' || group === '' || isLeftToLater(group, verdict)) return;
  const fault = nameFault(group, 'subdomain') ?? (group.includes('.') ? undefined : 'is no domain with a dot');
  if (fault !== undefined) refuse(verdict, 'meta/name-invalid', ['spec', 'group'], `group ${quote(group)} ${fault}`);
}

/** That exactly one is stored, `api/crd-storage-served` says. */
function judgeVersions(versions: readonly JsonValue[], verdict: Verdict): void {
  const names = versions.map((version) => member(version, 'name'));
  names.forEach((name, index) => {
    if (typeof name !== 'string' || names.indexOf(name) === index) return;
    refuse(
      verdict,
      'schema/list-map-duplicate',
      ['spec', 'versions', index],
      `version ${quote(name)} is there twice, first at index ${names.indexOf(name)}`,
    );
  });
}

function judgeWarning(version: JsonObject, path: FieldPath, verdict: Verdict): void {
  const warning = version.deprecationWarning;
  if (typeof warning !== 'string') return;
  const at = [...path, 'deprecationWarning'];
  if (version.deprecated !== true) refuse(verdict, 'schema/invalid', at, 'a version that is not deprecated has a warning', { part: 'key' });
  if (warning === '') refuse(verdict, 'schema/invalid', at, 'the warning is empty');
  else if (byteLength(warning) > 256) refuse(verdict, 'schema/string-too-long', at, 'the warning is longer than 256 bytes');
  else if (/[\p{Cc}\u2028\u2029]/u.test(warning))
    refuse(verdict, 'schema/invalid', at, 'the warning has line breaks or other characters that do not print');
}

function judgeNames(names: JsonValue | undefined, verdict: Verdict): void {
  if (!isObject(names)) return;
  const path: FieldPath = ['spec', 'names'];
  for (const name of ['plural', 'singular'] as const) judgeLabel(names[name], [...path, name], verdict);
  // Kinds have upper case letters, and are labels otherwise.
  for (const name of ['kind', 'listKind'] as const) judgeLabel(names[name], [...path, name], verdict, true);
  for (const name of ['shortNames', 'categories'] as const) {
    const list = names[name];
    if (!isArray(list)) continue;
    for (const [index, one] of list.entries()) {
      if (one === '' || one === null) refuse(verdict, 'meta/name-invalid', [...path, name, index], 'a name is empty');
      else judgeLabel(one, [...path, name, index], verdict);
    }
  }
  if (names.kind !== undefined && names.kind === names.listKind)
    refuse(verdict, 'schema/invalid', [...path, 'listKind'], 'listKind is the same as kind');
}

function judgeLabel(value: JsonValue | undefined, path: FieldPath, verdict: Verdict, isKind = false): void {
  if (typeof value !== 'string' || value === '' || isLeftToLater(value, verdict)) return;
  const fault = nameFault(isKind ? value.toLowerCase() : value, 'rfc1035');
  if (fault !== undefined)
    refuse(verdict, 'meta/name-invalid', path, `${quote(value)} ${isKind ? fault.replace('lower case letters', 'letters') : fault}`);
}

function judgeChoice(value: JsonValue | undefined, values: readonly string[], path: FieldPath, verdict: Verdict): void {
  if (typeof value !== 'string' || value === '' || values.includes(value) || isLeftToLater(value, verdict)) return;
  const near = closest(value, values);
  const hint = near === undefined ? '' : `, did you mean "${near}"?`;
  refuse(
    verdict,
    near === undefined ? 'schema/invalid' : 'schema/enum-case',
    path,
    `${quote(value)} is none of ${values.join(', ')}${hint}`,
  );
}

function judgeConversion(conversion: JsonValue | undefined, verdict: Verdict): void {
  if (!isObject(conversion)) return;
  const path: FieldPath = ['spec', 'conversion'];
  judgeChoice(conversion.strategy, ['None', 'Webhook'], [...path, 'strategy'], verdict);
  const hasWebhook = isObject(conversion.webhook);
  if (conversion.strategy === 'Webhook' && !hasWebhook)
    refuse(verdict, 'schema/missing-required', [...path, 'webhook'], 'conversion by webhook names no webhook', { part: 'key' });
  if (conversion.strategy === 'Webhook' && isObject(conversion.webhook)) judgeWebhook(conversion.webhook, [...path, 'webhook'], verdict);
  if (conversion.strategy === 'None' && hasWebhook)
    refuse(verdict, 'schema/invalid', [...path, 'webhook'], 'a webhook goes only with conversion strategy Webhook', { part: 'key' });
}

function judgeWebhook(webhook: JsonObject, path: FieldPath, verdict: Verdict): void {
  const { clientConfig, conversionReviewVersions: versions } = webhook;
  if (isArray(versions) && versions.length > 0 && !versions.includes('v1') && !versions.includes('v1beta1'))
    refuse(verdict, 'schema/invalid', [...path, 'conversionReviewVersions'], 'neither v1 nor v1beta1 is among the versions');
  const count = ['url', 'service'].filter((name) => (member(clientConfig, name) ?? null) !== null).length;
  if (count !== 1)
    refuse(verdict, 'schema/missing-required', [...path, 'clientConfig'], 'the webhook has not exactly one of url and service', {
      part: 'key',
    });
}

function judgeScale(scale: JsonValue | undefined, path: FieldPath, verdict: Verdict): void {
  judgeJsonPath(member(scale, 'specReplicasPath'), ['.spec.'], [...path, 'specReplicasPath'], verdict);
  judgeJsonPath(member(scale, 'statusReplicasPath'), ['.status.'], [...path, 'statusReplicasPath'], verdict);
  judgeJsonPath(member(scale, 'labelSelectorPath'), ['.spec.', '.status.'], [...path, 'labelSelectorPath'], verdict);
}

/** Fields that may be selected by: plain paths to plain values, beside the metadata. */
function judgeSelectable(version: JsonObject, path: FieldPath, verdict: Verdict): void {
  const { selectableFields: fields } = version;
  const schema = valueAt(version, ['schema', 'openAPIV3Schema']);
  if (!isArray(fields) || !isObject(schema)) return;
  fields.forEach((field, index) => {
    const jsonPath = member(field, 'jsonPath');
    if (typeof jsonPath !== 'string' || jsonPath === '') return;
    const at = [...path, 'selectableFields', index, 'jsonPath'];
    const steps = jsonPath.split('.');
    if (!/^[.[]/.test(jsonPath)) refuse(verdict, 'schema/invalid', at, `${quote(jsonPath)} does not start with "."`);
    if (!/^(?:\.[A-Za-z_]\w*)+$/.test(jsonPath)) return;
    if (steps[1] === 'metadata') {
      refuse(verdict, 'schema/invalid', at, `${quote(jsonPath)} is in the metadata, which has selectors of its own`);
      return;
    }
    let node: JsonValue | undefined = schema;
    for (const step of steps.slice(1))
      node = isObject(member(node, 'additionalProperties')) ? undefined : member(member(node, 'properties'), step);
    if (!isObject(node)) refuse(verdict, 'schema/invalid', at, `${quote(jsonPath)} is no field of the schema`);
    else if (!['string', 'boolean', 'integer'].includes(String(node.type)))
      refuse(verdict, 'schema/invalid', at, `${quote(jsonPath)} is neither a string nor a boolean nor an integer`);
  });
}

function judgeJsonPath(value: JsonValue | undefined, under: readonly string[], path: FieldPath, verdict: Verdict): void {
  if (typeof value !== 'string' || value === '') return;
  if (!value.startsWith('.')) refuse(verdict, 'schema/invalid', path, `${quote(value)} does not start with "."`);
  else if (!under.some((start) => value.startsWith(start)))
    refuse(verdict, 'schema/invalid', path, `${quote(value)} is not under ${under.join(' or ')}`);
}
