import { closest, type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { nameFault } from './names.ts';
import { isLeftToLater } from './placeholder.ts';
import { quote, refuse, type Verdict } from './verdict.ts';

// What apiextensions-apiserver/pkg/apis/apiextensions/validation says of a definition beside its schemas.

const COLUMN_TYPES = ['integer', 'number', 'string', 'boolean', 'date'];

/** Scope, names, versions, columns, subresources and conversion of a definition. */
export function judgeParts(spec: JsonObject, verdict: Verdict): void {
  judgeChoice(spec.scope, ['Cluster', 'Namespaced'], ['spec', 'scope'], verdict);
  judgeNames(spec.names, verdict);
  judgeConversion(spec.conversion, verdict);
  if (!isArray(spec.versions)) return;
  spec.versions.forEach((version, index) => {
    if (!isObject(version)) return;
    const path: FieldPath = ['spec', 'versions', index];
    judgeLabel(version.name, [...path, 'name'], verdict);
    judgeScale(member(version.subresources, 'scale'), [...path, 'subresources', 'scale'], verdict);
    const columns = version.additionalPrinterColumns;
    if (!isArray(columns)) return;
    columns.forEach((column, at) => {
      const columnPath = [...path, 'additionalPrinterColumns', at];
      judgeChoice(member(column, 'type'), COLUMN_TYPES, [...columnPath, 'type'], verdict);
      judgeJsonPath(member(column, 'jsonPath'), [''], [...columnPath, 'jsonPath'], verdict);
    });
  });
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
    for (const [index, one] of list.entries()) judgeLabel(one, [...path, name, index], verdict);
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
  if (conversion.strategy === 'None' && hasWebhook)
    refuse(verdict, 'schema/invalid', [...path, 'webhook'], 'a webhook goes only with conversion strategy Webhook', { part: 'key' });
}

function judgeScale(scale: JsonValue | undefined, path: FieldPath, verdict: Verdict): void {
  judgeJsonPath(member(scale, 'specReplicasPath'), ['.spec.'], [...path, 'specReplicasPath'], verdict);
  judgeJsonPath(member(scale, 'statusReplicasPath'), ['.status.'], [...path, 'statusReplicasPath'], verdict);
  judgeJsonPath(member(scale, 'labelSelectorPath'), ['.spec.', '.status.'], [...path, 'labelSelectorPath'], verdict);
}

function judgeJsonPath(value: JsonValue | undefined, under: readonly string[], path: FieldPath, verdict: Verdict): void {
  if (typeof value !== 'string' || value === '') return;
  if (!value.startsWith('.')) refuse(verdict, 'schema/invalid', path, `${quote(value)} does not start with "."`);
  else if (!under.some((start) => value.startsWith(start)))
    refuse(verdict, 'schema/invalid', path, `${quote(value)} is not under ${under.join(' or ')}`);
}
