import { addTo, type FieldPath, isEqual, isSecretKind, type JsonObject, type JsonValue, type Resource, valueAt } from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import { asTaken } from '../desired.ts';
import { isSameValue } from '../equal.ts';
import { driftOfObject, type KindPorts } from '../object-drift.ts';
import type { NotWritten, WantedEdit } from '../reverse/wanted-edit.ts';
import { counterpartOf } from './counterpart.ts';
import { compareImages } from './images.ts';
import { namesEnvironment, withoutEnvironment } from './names-environment.ts';

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
 * from the base too, or alone, it stays as it is. An image of a newer version is carried in any case, one of an older never. `environment` is the name
 * of the first environment: a value that names it is not carried.
 */
export function promotion({ from, to, base }: Trio, ports: KindPorts, environment = ''): Promotion {
  const edits: WantedEdit[] = [];
  const kept: { resource: Resource; path: FieldPath; why: string }[] = [];
  const not: NotWritten[] = [];
  const [source, target] = [asTaken(from.object), asTaken(to.object)];
  const before = base === undefined ? undefined : ports.defaulted(asTaken(base.object));
  const known = ports.typeOf(source);
  for (const change of driftOfObject(source, target, ports).changes) {
    if (change.class === 'server' || isSameButHash(change) || isByDefault(change, target)) continue;
    const verdict = judge(change, source, target, before, ports);
    if (verdict !== undefined) kept.push({ resource: to, path: change.live, why: verdict });
    else if (from.encrypted === true || to.encrypted === true || (isSecretKind(to.gvk.kind) && change.live[0] === 'data'))
      not.push({ resource: to, path: change.live, why: 'secret values are not carried from one environment to another' });
    else if (change.op !== 'remove' && namesEnvironment(change.after, change.before, environment))
      not.push({
        resource: to,
        path: change.live.at(-1) === '-' ? change.path : change.live,
        why: `the value names ${environment}: say by hand what it is here`,
      });
    else edits.push(editTo(change, to));
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

/** Whether what is to go is there by default only, and in no text: it goes with what it follows from. `written`: without defaults. */
export function isByDefault({ op, live }: DriftChange, written: JsonObject): boolean {
  return op === 'remove' && valueAt(written, live) === undefined;
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
export function editTo({ op, live, after }: DriftChange, to: Resource): WantedEdit {
  const written = valueAt(to.object, live);
  if (op === 'remove' || after === undefined) return { resource: to, path: live, op: 'remove' };
  return { resource: to, path: live, op: written === undefined ? 'add' : 'set', value: after };
}

/**
 * Pairs objects of two environments by group, kind and name, and by namespace where several have the same; those that are left by their
 * names without the words that name the environment (`qa-web` and `live-web`), where that is one object on each side. `added` are those of
 * `onlyFrom` that the source got since the base, `gone` those of `onlyTo` that the source had then; both empty without a base.
 */
export function pairEnvironments(
  from: readonly Resource[],
  to: readonly Resource[],
  base: readonly Resource[],
  names: { readonly from: string; readonly to: string } = { from: '', to: '' },
): {
  readonly trios: readonly Trio[];
  readonly onlyFrom: readonly Resource[];
  readonly onlyTo: readonly Resource[];
  readonly added: ReadonlySet<Resource>;
  readonly gone: ReadonlySet<Resource>;
} {
  const [targets, bases] = [by(nameKey, to), by(nameKey, base)];
  const pairs = new Map<Resource, Resource>();
  const taken = new Set<Resource>();
  const take = (resource: Resource, target: Resource | undefined): void => {
    if (target === undefined || taken.has(target)) return;
    taken.add(target);
    pairs.set(resource, target);
  };
  for (const resource of from) take(resource, like(resource, targets));
  const left = from.filter((resource) => !pairs.has(resource));
  const free = to.filter((resource) => !taken.has(resource));
  const [sources, others] = [by((one) => plainKey(one, names.from), left), by((one) => plainKey(one, names.to), free)];
  for (const [key, [resource, ...more]] of sources) {
    const [target, ...rest] = others.get(key) ?? [];
    if (resource === undefined || target === undefined || more.length > 0 || rest.length > 0) continue;
    if (nameKey(resource) !== nameKey(target)) take(resource, target);
  }
  const trios = from.flatMap((resource): Trio[] => {
    const target = pairs.get(resource);
    return target === undefined ? [] : [{ from: resource, to: target, base: like(resource, bases) }];
  });
  const onlyFrom = from.filter((resource) => !pairs.has(resource));
  const onlyTo = to.filter((resource) => !taken.has(resource));
  const had = new Set(base.map((one) => plainKey(one, names.from)));
  return {
    trios,
    onlyFrom,
    onlyTo,
    added: new Set(base.length === 0 ? [] : onlyFrom.filter((one) => !had.has(plainKey(one, names.from)))),
    gone: new Set(onlyTo.filter((one) => had.has(plainKey(one, names.to)))),
  };
}

function by(keyOf: (resource: Resource) => string, resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const map = new Map<string, Resource[]>();
  for (const resource of resources) {
    addTo(map, keyOf(resource), resource);
  }
  return map;
}

function nameKey({ gvk, name }: Resource): string {
  const plain = gvk.kind === 'ConfigMap' || gvk.kind === 'Secret' ? name.replace(HASH, '') : name;
  return `${gvk.group}\n${gvk.kind}\n${plain}`;
}

/** Without the words of the name that say the environment. */
function plainKey(resource: Resource, environment: string): string {
  const [group, kind, name = ''] = nameKey(resource).split('\n');
  return `${group}\n${kind}\n${withoutEnvironment(name, environment)}`;
}

function like(resource: Resource, among: ReadonlyMap<string, readonly Resource[]>): Resource | undefined {
  const same = among.get(nameKey(resource)) ?? [];
  return same.length === 1 ? same[0] : same.find(({ namespace }) => namespace === resource.namespace);
}
