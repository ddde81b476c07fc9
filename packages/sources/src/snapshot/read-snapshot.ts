import { readFileSync } from 'node:fs';
import { addTo, ConfigError, isObject, type JsonObject, type JsonValue, member, type Resource } from '@plumbline/core';
import type { ServedKind } from '../cluster/discovery.ts';
import { textIn } from '../cluster/kubeconfig.ts';
import type { ListRequest } from '../cluster/list.ts';
import { type Live, liveResource, liveUnit, type Unread } from '../cluster/live.ts';
import { readJson } from '../cluster/read-json.ts';
import type { Hash } from './hash-secrets.ts';
import { KEY_VARIABLE, keyOf } from './snapshot-key.ts';
import type { KindLine, SnapshotHead } from './snapshot-lines.ts';
import { SNAPSHOT_PREFIX } from './source-name.ts';

/** A snapshot as what it was taken of, and the hash that its Secrets are compared by. */
export interface OpenSnapshot extends Live {
  readonly hash: Hash;
}

/** Throws `source-missing` or `source-unreadable`, and `usage` where the Secrets are hashed with a key that is not given. */
export function openSnapshot(source: string, environment: Readonly<Record<string, string | undefined>> = process.env): OpenSnapshot {
  const path = source.slice(SNAPSHOT_PREFIX.length);
  const { head, kinds, unreadVersions, definitions, objects } = readLines(path);
  const hash = keyOf(head.key, environment[KEY_VARIABLE]);
  const unit = liveUnit(source);
  const byName = new Map(kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind]));
  const byKind = new Map<KindLine, Resource[]>();
  for (const object of objects) {
    const apiVersion = textIn(object, 'apiVersion') ?? '';
    const kind = byName.get(`${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}/${textIn(object, 'kind') ?? ''}`);
    if (kind === undefined) throw broken(path, `an object of a kind that the snapshot does not list, ${apiVersion}`);
    const resource = liveResource(object, kind, unit);
    addTo(byKind, kind, resource);
  }
  return {
    source,
    version: head.version,
    // What it holds comes first of the versions of a kind: that is what there is to compare with.
    kinds: [...kinds].sort((a, b) => Number(b.isHeld) - Number(a.isHeld)),
    unreadVersions,
    hash,
    async read(requests) {
      return {
        resources: requests.flatMap((request) => (byKind.get(request.kind as KindLine) ?? []).filter((one) => isMeant(one, request))), // kinds are handed out above
        unread: requests.flatMap((request) => unreadOf(request, head)),
      };
    },
    async definitions(asked) {
      const names = new Set(asked.map(({ plural, group }) => `${plural}.${group}`));
      return definitions
        .filter((object) => names.has(textIn(object.metadata, 'name') ?? ''))
        .map((object) => liveResource(object, DEFINITION, unit));
    },
    close: () => undefined,
  };
}

const DEFINITION = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' };

function isMeant({ namespace, object }: Resource, request: ListRequest): boolean {
  if (request.namespace !== undefined && request.namespace !== namespace) return false;
  if (request.labelSelector === undefined) return true;
  const wanted = Object.fromEntries(request.labelSelector.split(',').map((one) => one.split('=', 2) as [string, string])); // as readers of owned objects write it
  const labels = member(object.metadata, 'labels');
  return isObject(labels) && Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function unreadOf({ kind, namespace }: ListRequest, { namespaces }: SnapshotHead): readonly Unread[] {
  const { isHeld, unread = [] } = kind as ServedKind & KindLine; // kinds are handed out above
  if (!isHeld) return [{ kind, namespace, reason: 'the snapshot does not hold the kind' }];
  if (kind.isNamespaced && namespaces.length > 0 && (namespace === undefined || !namespaces.includes(namespace)))
    return [{ kind, namespace, reason: 'the snapshot does not hold the namespace' }];
  return unread
    .filter((one) => one.namespace === '' || namespace === undefined || one.namespace === namespace)
    .map(({ reason, namespace: where }) => ({ kind, namespace: where === '' ? namespace : where, reason }));
}

interface Lines {
  readonly head: SnapshotHead;
  readonly kinds: readonly KindLine[];
  readonly unreadVersions: ReadonlyMap<string, string>;
  readonly definitions: readonly JsonObject[];
  readonly objects: readonly JsonObject[];
}

function readLines(path: string): Lines {
  const bytes = readBytes(path);
  let head: SnapshotHead | undefined;
  const kinds: KindLine[] = [];
  const unreadVersions = new Map<string, string>();
  const definitions: JsonObject[] = [];
  const objects: JsonObject[] = [];
  for (let from = 0; from < bytes.length; ) {
    // A line at a time: the whole may be longer than a text can be.
    const found = bytes.indexOf(10, from);
    const end = found < 0 ? bytes.length : found;
    const line = objectOf(bytes.toString('utf8', from, end), path);
    from = end + 1;
    const [key = ''] = Object.keys(line);
    const value = line[key];
    if (head === undefined) {
      if (key !== 'snapshot' || member(value, 'schemaVersion') !== 1) throw broken(path, 'the first line is not that of a snapshot');
      head = value as unknown as SnapshotHead; // as written by take-snapshot
    } else if (key === 'kind')
      kinds.push(value as unknown as KindLine); // as above
    else if (key === 'unreadVersion') unreadVersions.set(textIn(value, 'version') ?? '', textIn(value, 'reason') ?? '');
    else if (isObject(value) && key === 'definition') definitions.push(value);
    else if (isObject(value) && key === 'object') objects.push(value);
    else throw broken(path, `a line of ${JSON.stringify(key)}`);
  }
  if (head === undefined) throw broken(path, 'it is empty');
  return { head, kinds, unreadVersions, definitions, objects };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // readFileSync throws nothing else
    if (code === 'ENOENT') throw new ConfigError('source-missing', `there is no snapshot ${path}`, { cause: error });
    throw new ConfigError('source-unreadable', `the snapshot ${path} cannot be read: ${code ?? String(error)}`, { cause: error });
  }
}

function objectOf(text: string, path: string): JsonObject {
  let value: JsonValue;
  try {
    value = readJson(text);
  } catch {
    throw broken(path, 'a line is no JSON');
  }
  if (isObject(value)) return value;
  throw broken(path, 'a line is no object');
}

function broken(path: string, why: string): ConfigError {
  return new ConfigError('source-unreadable', `${path} is no snapshot that can be read: ${why}`);
}
