import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { type Type, typeOfItem, typeOfMember } from '@plumbline/schema';
import { isApplierMark, whyMarked } from './applier-marks.ts';
import type { DriftChange } from './change.ts';
import { isNothing, isSameScalar, isSameValue } from './equal.ts';
import { pairItems } from './items.ts';
import { type Manager, ownerOf, owns } from './owners.ts';
import { isServerOwned } from './server-owned.ts';
import { isSameBag, isWithoutOrder } from './without-order.ts';

/** Two sides of one object. */
export interface Comparison {
  readonly desired: JsonObject;
  /** The desired object with the server's defaults; items of lists stand where they stand in `desired`. */
  readonly defaulted: JsonObject;
  readonly live: JsonObject;
  /** Undefined where nothing is known of the kind: lists are then whole values, and no value is rewritten. */
  readonly type: Type | undefined;
  /** Read into Go structures, so that an empty value is an absent one. */
  readonly isBuiltin: boolean;
  readonly managers: readonly Manager[];
  /** Whether what a manager set was set from the source. */
  readonly isOurs: (manager: Manager) => boolean;
  /** What was applied before, where the object says so: a field in it that is not desired any more was removed from the source. */
  readonly previous: JsonObject | undefined;
  /** Whether the marks of whoever applies are in `desired` too; where not, they are no difference. */
  readonly hasMarks: boolean;
}

/** Every difference between the two sides, each with its class. Nothing where the server would leave the live object as it is. */
export function compare(comparison: Comparison): readonly DriftChange[] {
  const { desired, defaulted, live, type } = comparison;
  const walk = new Walk(comparison);
  walk.members(desired, defaulted, live, { type, owner: '', desired: [], live: [], previous: comparison.previous, isWhole: false });
  return walk.changes;
}

/** Where a walk stands on each side. */
interface Place {
  readonly type: Type | undefined;
  /** The name of the structure that it is a member of; '' where that is none. */
  readonly owner: string;
  readonly desired: FieldPath;
  readonly live: FieldPath;
  readonly previous: JsonValue | undefined;
  /** Inside of a list or map that has one owner as a whole: nothing in it can be somebody else's. */
  readonly isWhole: boolean;
}

class Walk {
  readonly changes: DriftChange[] = [];
  readonly #of: Comparison;

  constructor(of: Comparison) {
    this.#of = of;
  }

  /** `desired` undefined: the source does not say, `defaulted` is what the server puts there by itself. */
  #value(desired: JsonValue | undefined, defaulted: JsonValue | undefined, live: JsonValue | undefined, place: Place): void {
    if (isServerOwned(place.desired)) return;
    if (live === undefined || live === null) {
      if (this.#isNothing(desired, place)) return;
      // Labels and annotations come and go one by one.
      if (isObject(desired) && place.owner === 'meta.v1.ObjectMeta') this.members(desired, asObject(defaulted), {}, place);
      else this.#add(place, desired ?? null);
      return;
    }
    if (desired === undefined || desired === null) {
      this.#undesired(defaulted, live, place);
      return;
    }
    if (isObject(desired) && isObject(live)) {
      if (place.type?.facts?.isAtomicMap === true) this.members(desired, asObject(defaulted), live, { ...place, isWhole: true });
      else this.members(desired, asObject(defaulted), live, place);
    } else if (isArray(desired) && isArray(live)) this.#list(desired, isArray(defaulted) ? defaulted : desired, live, place);
    else if (!isSameScalar(desired, live, place.type)) this.#replace(place, desired, live);
  }

  members(desired: JsonObject | undefined, defaulted: JsonObject, live: JsonObject, place: Place): void {
    for (const key of new Set([...Object.keys(desired ?? {}), ...Object.keys(live)])) {
      this.#value(member(desired, key), member(defaulted, key), member(live, key), {
        type: place.type === undefined ? undefined : typeOfMember(place.type, key),
        owner: place.type?.name ?? '',
        desired: [...place.desired, key],
        live: [...place.live, key],
        previous: member(place.previous, key),
        isWhole: place.isWhole,
      });
    }
  }

  #list(desired: readonly JsonValue[], defaulted: readonly JsonValue[], live: readonly JsonValue[], place: Place): void {
    const { type } = place;
    const item = type === undefined ? undefined : typeOfItem(type);
    const at = (from: number, to: number, isWhole: boolean): Place => ({
      type: item,
      owner: '',
      desired: [...place.desired, from],
      live: [...place.live, to],
      previous: isWhole && isArray(place.previous) ? place.previous[from] : undefined,
      isWhole,
    });
    const kind = type?.list;
    if (type === undefined || place.isWhole || (kind !== 'map' && kind !== 'set')) {
      if (isWithoutOrder(place.owner, place.desired.at(-1)) && isSameBag(defaulted, live)) return;
      if (desired.length !== live.length) this.#unequalLengths(desired, defaulted, live, place);
      else for (const [index, one] of desired.entries()) this.#value(one, defaulted[index], live[index], at(index, index, true));
      return;
    }
    const { pairs, missing, extra } = pairItems(defaulted, live, type, (index) => this.#isForeign([...place.live, index]));
    for (const [from, to] of pairs) this.#value(desired[from], defaulted[from], live[to], at(from, to, false));
    for (const index of missing) this.#add({ ...at(index, index, false), live: [...place.live, '-'] }, desired[index] ?? null);
    for (const index of extra) this.#undesired(undefined, live[index] ?? null, at(index, index, false), true);
  }

  /** A list that is one value as a whole. Where items are missing and all else is as it should be, it is those. */
  #unequalLengths(desired: readonly JsonValue[], defaulted: readonly JsonValue[], live: readonly JsonValue[], place: Place): void {
    const item = place.type === undefined ? undefined : typeOfItem(place.type);
    const missing: number[] = [];
    let next = 0;
    for (const [index, one] of desired.entries()) {
      const there = live[next];
      if (there !== undefined && isSameValue(defaulted[index] ?? one, there, item, this.#of.isBuiltin)) next++;
      else missing.push(index);
    }
    if (next < live.length) this.#replace(place, desired, live);
    else
      for (const index of missing)
        this.#add(
          { ...place, type: item, owner: '', desired: [...place.desired, index], live: [...place.live, index] },
          desired[index] ?? null,
        );
  }

  /** A live value of which the source says nothing. `isItem`: an item of a keyed list, which comes and goes as one. */
  #undesired(defaulted: JsonValue | undefined, live: JsonValue, place: Place, isItem = false): void {
    if (defaulted !== undefined && isSameValue(defaulted, live, place.type, this.#of.isBuiltin)) return;
    if (this.#isNothing(live, place)) return;
    // Of a structure each member may be somebody else's.
    if (!isItem && isObject(live) && place.type?.facts?.isAtomicMap !== true) {
      this.members(undefined, asObject(defaulted), live, place);
      return;
    }
    const change = { path: place.desired, live: place.live, op: 'remove' as const, before: live };
    const owners = this.#ownersAt(place);
    if (!this.#of.hasMarks && isApplierMark(place.live, live, this.#of.live, namesOf(owners))) return;
    const foreign = owners.find((manager) => !this.#of.isOurs(manager));
    if (place.isWhole) {
      // Of a kind that nothing is known of, nobody knows what its server puts there either.
      const isServers = this.#of.type === undefined && foreign === undefined && place.previous === undefined;
      if (isServers)
        this.changes.push({ ...change, class: 'server', why: 'nothing is known of the kind, so it may be a default of its server' });
      else this.changes.push({ ...change, class: 'drift', why: 'the list that it stands in has one owner as a whole' });
      return;
    }
    const wasOurs = place.previous !== undefined || owners.some((manager) => this.#of.isOurs(manager));
    if (foreign !== undefined)
      this.changes.push({ ...change, class: 'unmanaged', owner: ownerOf(foreign), why: 'another manager set it, and the source does not' });
    else if (wasOurs)
      this.changes.push({
        ...change,
        class: 'drift',
        ...this.#owner(place),
        why: 'it was applied before, and is not in the source any more',
      });
    // A server writes down who scales only where somebody owned the replicas before.
    else if (this.#of.managers.length === 0 || (place.live.length === 2 && place.live[0] === 'spec' && place.live[1] === 'replicas'))
      this.changes.push({ ...change, class: 'unmanaged', why: 'the source does not set it; who did is not recorded' });
    else this.changes.push({ ...change, class: 'server', why: 'no manager set it' });
  }

  #isNothing(value: JsonValue | undefined, { owner, desired }: Place): boolean {
    return isNothing(value, this.#of.isBuiltin, owner, desired.at(-1));
  }

  #isForeign(live: FieldPath): boolean {
    return !this.#of.managers.some((manager) => this.#of.isOurs(manager) && owns(manager, this.#of.live, live));
  }

  #add(place: Place, after: JsonValue): void {
    const why = 'the source has it, the live object does not';
    this.changes.push({ path: place.desired, live: place.live, op: 'add', after, class: 'drift', why });
  }

  #replace(place: Place, after: JsonValue, before: JsonValue): void {
    const marked =
      !this.#of.hasMarks && place.desired[0] === 'metadata'
        ? whyMarked(place.live, before, this.#of.live, namesOf(this.#ownersAt(place)))
        : undefined;
    if (marked !== undefined) {
      this.changes.push({ path: place.desired, live: place.live, op: 'replace', before, after, class: 'ignored', why: marked });
      return;
    }
    this.changes.push({ path: place.desired, live: place.live, op: 'replace', before, after, class: 'drift', ...this.#owner(place) });
  }

  #ownersAt({ live }: Place): readonly Manager[] {
    return this.#of.managers.filter((manager) => owns(manager, this.#of.live, live));
  }

  /** Who set the live value: of several the last. */
  #owner(place: Place): Pick<DriftChange, 'owner'> {
    const owners = this.#ownersAt(place);
    const last = owners.toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1)).at(-1);
    return last === undefined ? {} : { owner: ownerOf(last) };
  }
}

function namesOf(owners: readonly Manager[]): readonly string[] {
  return owners.map(({ manager }) => manager);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
