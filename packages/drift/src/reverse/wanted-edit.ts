import { type FieldPath, isArray, isEqual, isObject, isSecretKind, type JsonValue, type Resource, valueAt } from '@plumbline/core';
import { hasPlaceholder } from '@plumbline/schema';
import type { DriftChange } from '../change.ts';
import { asTaken } from '../desired.ts';
import type { Drift } from '../drift.ts';
import type { KindPorts } from '../object-drift.ts';
import { putAt } from '../predict/set-at.ts';

/** A change of an object that is to be made in the text that it was written with. */
export interface WantedEdit {
  readonly resource: Resource;
  /** Into the object. Ends in '-' for an item that comes in at the end of a list. */
  readonly path: FieldPath;
  readonly op: 'set' | 'add' | 'remove';
  readonly value?: JsonValue;
}

/** What is not written, and why. */
export interface NotWritten {
  readonly resource: Resource;
  /** `[]` for the object as a whole. */
  readonly path: FieldPath;
  readonly why: string;
}

/** What has to be written so that a source says what is live: every change of class drift, the other way round. */
export function reversed(
  drifts: readonly Drift[],
  ports: KindPorts,
): { readonly edits: readonly WantedEdit[]; readonly not: readonly NotWritten[] } {
  const edits: WantedEdit[] = [];
  const not: NotWritten[] = [];
  for (const drift of drifts) {
    const { desired, status, changes } = drift;
    if (status === 'missing' && desired !== undefined)
      not.push({ resource: desired, path: [], why: 'it is not there any more: take it out of the source, or apply it again' });
    if (status === 'extra' && drift.actual !== undefined)
      not.push({ resource: drift.actual, path: [], why: 'the source does not have it: a new file is for people to write' });
    if (status !== 'changed' || desired === undefined) continue;
    for (const change of changes) {
      if (change.class !== 'drift') continue;
      const why = unwritable(desired, change);
      if (why === undefined) edits.push(editOf(change, desired, ports));
      else not.push({ resource: desired, path: change.path, why });
    }
  }
  return { edits, not };
}

function unwritable({ gvk, name, encrypted, locate }: Resource, { path, after }: DriftChange): string | undefined {
  if (encrypted === true) return 'the file is encrypted';
  if (locate !== undefined && isGenerated(gvk.kind, name)) return 'the object is generated: another content gives another object';
  if (typeof after === 'string' && hasPlaceholder(after)) return 'a variable stands there, which is replaced before it is applied';
  const isData = path[0] === 'data' || path[0] === 'stringData';
  return isSecretKind(gvk.kind) && isData ? 'the value of a Secret is not written to a file' : undefined;
}

/** Whether a name ends in the hash of a content, as Kustomize makes it. */
function isGenerated(kind: string, name: string): boolean {
  return (kind === 'ConfigMap' || kind === 'Secret') && /-[bcdfghkmt2456789]{10}$/.test(name);
}

function editOf({ op, path, before, after }: DriftChange, resource: Resource, ports: KindPorts): WantedEdit {
  if (op === 'add' || before === undefined) return { resource, path, op: 'remove' };
  if (after !== undefined) return { resource, path, op: 'set', value: before };
  const isItem = typeof path.at(-1) === 'number';
  const place = isItem ? [...path.slice(0, -1), '-'] : path;
  return { resource, path: place, op: 'add', value: withoutDefaults(before, place, resource, ports) };
}

/** So many members are looked at for what the server put there by itself. */
const MOST_MEMBERS = 200;

/** What comes into the source, without what a server would put there anyway. */
function withoutDefaults(value: JsonValue, path: FieldPath, { object }: Resource, ports: KindPorts): JsonValue {
  if (!isObject(value)) return value;
  const taken = asTaken(object);
  const list = valueAt(taken, path.slice(0, -1));
  const place = path.at(-1) === '-' ? [...path.slice(0, -1), isArray(list) ? list.length : 0] : path;
  const storedAs = (one: JsonValue): JsonValue | undefined => {
    const made = ports.defaulted(objectOf(putAt(taken, place, { op: 'set', value: one })));
    return valueAt(made, place);
  };
  const wanted = storedAs(value);
  let left = MOST_MEMBERS;
  let at: JsonValue = value;
  const prune = (below: FieldPath): void => {
    const here = valueAt(at, below);
    for (const key of isObject(here) ? Object.keys(here) : isArray(here) ? here.keys() : []) {
      if (left-- <= 0) return;
      const inner = [...below, key];
      const without = putAt(at, inner, { op: 'remove' });
      // An item of a list is there because somebody wrote it.
      if (typeof key === 'string' && isEqual(storedAs(without), wanted)) at = without;
      else prune(inner);
    }
  };
  prune([]);
  return at;
}

function objectOf(value: JsonValue) {
  return isObject(value) ? value : {};
}
