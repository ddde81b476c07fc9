import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSecretMask,
  isArray,
  isEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parseGvk,
  type Resource,
  type SecretMask,
  stringify,
  valueAt,
} from '@plumbline/core';
import { asTaken, type Drift, type DriftPorts, driftOf, entriesOf } from '@plumbline/drift';
import { extractFields, parseJson, readFieldsV1 } from '@plumbline/merge';
import { createDefaults, createSchemaSet, kindTypes, topologyOf } from '@plumbline/schema';
import { dataDirectory, openData } from '@plumbline/schemas-kubernetes';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import type { CaseResult, Suite } from '../suite.ts';

const VERSION = '1.37';
const PARTS = { diff: judgeDiff, 'server-side-diff': judgeServerSide, 'hide-secret-data': judgeMasks, 'normalize-secret': judgeSecret };

/** What Argo CD's own comparison says of a desired and a live object. */
export const suite: Suite = {
  name: 'drift/gitops-engine-diff',
  data: 'drift/gitops-engine-diff',
  isShownByPart: true,
  async *run(folder) {
    const schemas = createSchemaSet(openData(dataDirectory()));
    const defaults = createDefaults(schemas);
    const ports: DriftPorts = {
      typeOf: kindTypes(schemas, VERSION),
      defaulted: (object) => defaults.asStored(object, VERSION),
      isNamespaced: () => undefined,
    };
    for (const [part, judge] of Object.entries(PARTS)) {
      const data = parseJson(readFileSync(join(folder, suite.data, `${part}.json`), 'utf8'));
      const cases = member(data, 'cases');
      for (const [index, entry] of (isArray(cases) ? cases : []).entries()) {
        const id = `${part}/${String(member(entry, 'test'))}/${index}`;
        yield { ...(await guarded(id, () => judge(id, asObject(entry), ports))), part };
      }
    }
  },
};

/** Where we say something else, and are right: what it is about, and why. */
const NAMED: readonly { readonly cause: string; readonly isIt: (entry: JsonObject, drift: Drift | undefined) => boolean }[] = [
  {
    // The controller that aggregates writes the rules whatever Git says of them: an apply would be undone at once.
    cause: 'rules of an aggregated role are their controller’s, also where nobody asked to ignore them',
    isIt: ({ config, modified }, drift) =>
      modified === true &&
      isObject(member(config, 'aggregationRule')) &&
      (drift?.changes.length ?? 0) > 0 &&
      drift?.changes.every(({ path }) => path[0] === 'rules') === true,
  },
];

/** `modified` is drift. A custom normalizer is code, which no data can tell. */
function judgeDiff(id: string, entry: JsonObject, ports: DriftPorts): CaseResult {
  const normalizer = valueAt(entry, ['options', 'customNormalizer']);
  if (typeof normalizer === 'string' && !normalizer.endsWith('noopNormalizer'))
    return { id, outcome: 'not-evaluated', cause: 'the case has a normalizer in Go' };
  const [drift] = driftOf(side(entry.config, entry.live), side(entry.live, entry.config), ports);
  return judged(id, entry, drift);
}

/**
 * What a server-side apply would give is recorded. What webhooks put there is left out by what the manager owns of it; then it is a
 * desired object like any other.
 */
function judgeServerSide(id: string, entry: JsonObject, ports: DriftPorts): CaseResult {
  const predicted = asObject(entry.serverDryRunResult);
  const manager = String(entry.manager);
  const desired = entry.ignoreMutationWebhook === true ? ownedBy(manager, predicted, ports) : predicted;
  const [drift] = driftOf(side(desired, entry.live), side(entry.live, entry.config), ports, { managers: [manager], hasMarks: true });
  return judged(id, entry, drift);
}

function ownedBy(manager: string, object: JsonObject, ports: DriftPorts): JsonObject {
  const entries = valueAt(object, ['metadata', 'managedFields']);
  const fields = (isArray(entries) ? entries : []).find((one) => member(one, 'manager') === manager);
  const type = ports.typeOf(object)?.type;
  if (fields === undefined || type === undefined) return object;
  const owned = asObject(extractFields(object, readFieldsV1(member(fields, 'fieldsV1') ?? null), topologyOf(type)));
  const { apiVersion, kind, metadata } = object;
  const names = { name: member(metadata, 'name') ?? null, namespace: member(metadata, 'namespace') ?? null };
  return { ...owned, apiVersion: apiVersion ?? null, kind: kind ?? null, metadata: { ...asObject(owned.metadata), ...names } };
}

/** Equal in `modified`; then in where: each drift of ours is on the way to a difference of theirs, or below one. */
function judged(id: string, entry: JsonObject, drift: Drift | undefined): CaseResult {
  const isModified = drift !== undefined && drift.status !== 'in-sync';
  const ours = (drift?.changes ?? []).filter((change) => change.class === 'drift').map(({ path }) => path.map(String));
  if (isModified !== entry.modified) {
    if (NAMED.some(({ isIt }) => isIt(entry, drift))) return { id, outcome: 'passed' };
    const got = drift === undefined ? 'nothing' : `${drift.status} ${ours.map((path) => `/${path.join('/')}`).join(' ')}`;
    return { id, outcome: 'failed', expected: `modified: ${String(entry.modified)}`, got, cause: isModified ? 'false drift' : 'missed' };
  }
  const theirs = differing(entry.normalizedLive ?? null, entry.predictedLive ?? null);
  const stray = isModified ? ours.filter((path) => !theirs.some((their) => isOnTheWay(path, their))) : [];
  if (stray.length === 0) return { id, outcome: 'passed' };
  const [expected, got] = [theirs, stray].map((paths) => paths.map((path) => `/${path.join('/')}`).join(' '));
  return { id, outcome: 'failed', expected: expected ?? '', got: got ?? '', cause: 'at another place' };
}

/** Where two values differ, as deep as both have it. */
function differing(a: JsonValue, b: JsonValue, path: readonly string[] = []): readonly (readonly string[])[] {
  if (isEqual(a, b)) return [];
  if (isArray(a) && isArray(b) && a.length === b.length)
    return a.flatMap((one, at) => differing(one, b[at] ?? null, [...path, String(at)]));
  if (!isObject(a) || !isObject(b)) return [path];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differing(member(a, key) ?? null, member(b, key) ?? null, [...path, key]));
}

function isOnTheWay(a: readonly string[], b: readonly string[]): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

/** What they hide is hidden, and of one key the values of target, live and last applied are equal where theirs are. */
function judgeMasks(id: string, entry: JsonObject, ports: DriftPorts): CaseResult {
  const mask = createSecretMask();
  const shown = (object: JsonValue | undefined): JsonObject => (isObject(object) ? shownOf(object, ports, mask) : {});
  const [target, live] = [shown(entry.target), shown(entry.live)];
  const keys = new Set([entry.maskedTarget, entry.maskedLive].flatMap((one) => Object.keys(asObject(member(one, 'data')))));
  for (const key of keys) {
    const [a, b, left, right] = [entry.maskedTarget, entry.maskedLive, target, live].map((one) => valueAt(one ?? null, ['data', key]));
    if ([left, right].some((one) => one !== undefined && !isMask(one))) return fails(id, 'masks', [left, right], 'shown in the open');
    if (a !== undefined && b !== undefined && (a === b) !== (left === right))
      return fails(id, [a, b], [left, right], 'equal values, unequal masks');
  }
  const open = valuesOf(entry.target).concat(valuesOf(entry.live));
  const text = stringify([target, live]);
  const told = open.filter((value) => text.includes(value));
  return told.length === 0 ? { id, outcome: 'passed' } : fails(id, 'no value of the Secret', told, 'shown in the open');
}

/** A Secret as a report shows it. */
function shownOf(object: JsonObject, ports: DriftPorts, mask: SecretMask): JsonObject {
  const [entry] = entriesOf(driftOf([], side(object, object), ports, { prunes: () => true }), mask);
  return asObject(entry?.changes[0]?.before);
}

function isMask(value: JsonValue): boolean {
  return value === null || (typeof value === 'string' && /^<secret \d+>$/.test(value));
}

function valuesOf(secret: JsonValue | undefined): readonly string[] {
  return Object.values(asObject(member(secret, 'data'))).filter((value) => typeof value === 'string' && value !== '') as string[]; // as filtered
}

/** The data of a Secret as the server takes them in; nothing is nothing, whether it is null, empty or absent. */
function judgeSecret(id: string, entry: JsonObject): CaseResult {
  const plain = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).filter(([, value]) => value !== null && !(isObject(value) && Object.keys(value).length === 0)),
    );
  const [expected, got] = [plain(asObject(entry.output)), plain(asTaken(asObject(entry.input)))];
  return canonicalJson(expected) === canonicalJson(got) ? { id, outcome: 'passed' } : fails(id, expected, got, 'data');
}

/** One side of a comparison. What a case leaves out of the identity (a namespace) is that of the other side: there it is given. */
function side(object: JsonValue | undefined, other: JsonValue | undefined): Resource[] {
  if (!isObject(object)) return [];
  const text = (key: 'name' | 'namespace'): string => {
    const value = valueAt(object, ['metadata', key]) ?? (isObject(other) ? valueAt(other, ['metadata', key]) : undefined);
    return typeof value === 'string' ? value : '';
  };
  // A cluster-scoped object may be written with a namespace.
  const hasNamespaces = [object, other].every((one) => !isObject(one) || valueAt(one, ['metadata', 'namespace']) !== undefined);
  const gvk = parseGvk(String(object.apiVersion ?? 'v1'), String(object.kind));
  const file = { path: 'case.yaml', bytes: new Uint8Array() };
  const range = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const document = { file, index: 0, value: object, text: '', range, rangeOf: () => range } as unknown as Resource['document']; // nothing else is read of it
  const unit = { id: 'case', kind: 'files', root: '', versions: [VERSION], state: 'as-applied' } as const;
  return [{ gvk, namespace: hasNamespaces ? text('namespace') : undefined, name: text('name'), object, document, root: [], unit }];
}

function fails(id: string, expected: unknown, got: unknown, cause: string): CaseResult {
  return { id, outcome: 'failed', expected: JSON.stringify(expected), got: JSON.stringify(got), cause };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
