import { type FieldPath, isEqual, isSecretKind, type JsonObject, type JsonValue, type Resource, valueAt } from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import { asTaken } from '../desired.ts';
import { isSameValue } from '../equal.ts';
import { driftOfObject, type KindPorts } from '../object-drift.ts';
import type { NotWritten, WantedEdit } from '../reverse/wanted-edit.ts';
import { counterpartOf } from './counterpart.ts';
import { compareImages } from './images.ts';

/** The same object in two environments, and in the first one at the time when both were in line. */
export interface Trio {
  readonly from: Resource;
  readonly to: Resource;
  readonly base: Resource | undefined;
}

/** What is carried, what is the target's own, and what is not carried although it changed. */
export interface Promotion {
  readonly edits: readonly WantedEdit[];
  readonly kept: readonly { readonly resource: Resource; readonly path: FieldPath; readonly why: string }[];
  readonly not: readonly NotWritten[];
}

/**
 * Three ways: where the first environment changed since the base and the second did not, the change is carried; where the second one differs
 * from the base too, or alone, it stays as it is. An image of a newer version is carried in any case, one of an older never.
 */
export function promotion({ from, to, base }: Trio, ports: KindPorts): Promotion {
  const edits: WantedEdit[] = [];
  const kept: { resource: Resource; path: FieldPath; why: string }[] = [];
  const not: NotWritten[] = [];
  const [source, target] = [asTaken(from.object), asTaken(to.object)];
  const before = base === undefined ? undefined : ports.defaulted(asTaken(base.object));
  const known = ports.typeOf(source);
  for (const change of driftOfObject(source, target, ports).changes) {
    if (change.class === 'server' || isSameButHash(change)) continue;
    const verdict = judge(change, source, target, before, ports);
    if (verdict !== undefined) kept.push({ resource: to, path: change.live, why: verdict });
    else if (from.encrypted === true || to.encrypted === true || (isSecretKind(to.gvk.kind) && change.live[0] === 'data'))
      not.push({ resource: to, path: change.live, why: 'secret values are not carried from one environment to another' });
    else edits.push(editOf(change, to));
  }
  return { edits, kept, not };

  function judge(
    change: DriftChange,
    source: JsonObject,
    target: JsonObject,
    before: JsonObject | undefined,
    { defaulted }: KindPorts,
  ): string | undefined {
    const order = imageOrder(change);
    if (order !== undefined) return order > 0 ? undefined : 'its version is newer';
    if (before === undefined) return 'nothing says how the two were before';
    const was = change.op === 'remove' ? at(target, change.live, before) : at(source, change.path, before);
    const same = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
      a === undefined || b === undefined ? a === b : isEqual(a, b) || isSameValue(a, b, undefined, known?.isBuiltin === true);
    if (same(change.before, was)) return undefined;
    const now = change.op === 'remove' ? undefined : at(source, change.path, defaulted(source));
    return same(now ?? change.after, was) ? 'it differed before' : 'both environments changed it';
  }

  function at(object: JsonObject, path: FieldPath, other: JsonObject): JsonValue | undefined {
    return counterpartOf(object, path, other, known?.type);
  }
}

/** Above 0 where the image to come is newer; undefined for what is no image, or of no version. */
function imageOrder({ path, before, after }: DriftChange): number | undefined {
  if (path.at(-1) !== 'image' || typeof before !== 'string' || typeof after !== 'string') return undefined;
  return compareImages(after, before);
}

const HASH = /-[bcdfghkmt2456789]{10}$/;

/** A name that a generator makes of the content: it comes by itself. */
function isSameButHash({ before, after }: DriftChange): boolean {
  if (typeof before !== 'string' || typeof after !== 'string' || !HASH.test(before) || !HASH.test(after)) return false;
  return before.replace(HASH, '') === after.replace(HASH, '');
}

/** Into the target as it is written: what it has only by default is new there. */
function editOf({ op, live, after }: DriftChange, to: Resource): WantedEdit {
  const written = valueAt(to.object, live);
  if (op === 'remove' || after === undefined) return { resource: to, path: live, op: 'remove' };
  return { resource: to, path: live, op: written === undefined ? 'add' : 'set', value: after };
}

/** Pairs objects of two environments by group, kind and name, and by namespace where several have the same. */
export function pairEnvironments(
  from: readonly Resource[],
  to: readonly Resource[],
  base: readonly Resource[],
): { readonly trios: readonly Trio[]; readonly onlyFrom: readonly Resource[]; readonly onlyTo: readonly Resource[] } {
  const trios: Trio[] = [];
  const onlyFrom: Resource[] = [];
  const taken = new Set<Resource>();
  const [targets, bases] = [byName(to), byName(base)];
  for (const resource of from) {
    const target = like(resource, targets);
    if (target === undefined || taken.has(target)) {
      onlyFrom.push(resource);
      continue;
    }
    taken.add(target);
    trios.push({ from: resource, to: target, base: like(resource, bases) });
  }
  return { trios, onlyFrom, onlyTo: to.filter((resource) => !taken.has(resource)) };
}

function byName(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const map = new Map<string, Resource[]>();
  for (const resource of resources) {
    const same = map.get(nameKey(resource));
    if (same === undefined) map.set(nameKey(resource), [resource]);
    else same.push(resource);
  }
  return map;
}

function nameKey({ gvk, name }: Resource): string {
  const plain = gvk.kind === 'ConfigMap' || gvk.kind === 'Secret' ? name.replace(HASH, '') : name;
  return `${gvk.group}\n${gvk.kind}\n${plain}`;
}

function like(resource: Resource, among: ReadonlyMap<string, readonly Resource[]>): Resource | undefined {
  const same = among.get(nameKey(resource)) ?? [];
  return same.length === 1 ? same[0] : same.find(({ namespace }) => namespace === resource.namespace);
}
