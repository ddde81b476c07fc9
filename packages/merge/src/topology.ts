import type { JsonValue } from '@plumbline/core';

/**
 * How values of one type merge: what they may be, and how their lists and maps are taken apart. A type that may hold values of
 * several shapes has several parts. Plain data; whoever knows the schema makes it, lazily through getters where types recur.
 */
export interface Topology {
  readonly scalar: ScalarKind | undefined;
  readonly list: ListTopology | undefined;
  readonly map: MapTopology | undefined;
}

/** `any`: quantities, times, int-or-string and what has no type. */
export type ScalarKind = 'string' | 'numeric' | 'boolean' | 'any';

export interface ListTopology {
  /** `atomic`: one value as a whole. `set`: items are their own names. `map`: the values of `keys` name an item. */
  readonly kind: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  readonly item: Topology;
}

export interface MapTopology {
  /** One value as a whole (x-kubernetes-map-type or struct type atomic). */
  readonly isAtomic: boolean;
  readonly fields: { get(name: string): FieldTopology | undefined };
  /** The type of the members that no field names; undefined where there may be none. */
  readonly values: Topology | undefined;
  /** Holds members of no known type only: field sets are never brought in line with it. */
  readonly isDeduced: boolean;
}

export interface FieldTopology {
  readonly type: Topology;
  /** Stands for the field where it is a key of a list and an item lacks it. */
  readonly default: JsonValue | undefined;
  /** x-kubernetes-patch-strategy, split at commas: `merge`, `replace`, `retainKeys`. */
  readonly patchStrategies: readonly string[];
  /** x-kubernetes-patch-merge-key. */
  readonly mergeKey: string | undefined;
}

/** The type of what a schema says nothing about: it merges with nothing. */
export const NO_TYPE: Topology = { scalar: undefined, list: undefined, map: undefined };

const NO_FIELDS: MapTopology['fields'] = { get: () => undefined };

/** Any value, merged as one (`__untyped_atomic_` of structured-merge-diff). */
export const UNTYPED: Topology = {
  scalar: 'any',
  get list() {
    return UNTYPED_LIST;
  },
  get map() {
    return UNTYPED_MAP;
  },
};
const UNTYPED_LIST: ListTopology = { kind: 'atomic', keys: [], item: UNTYPED };
const UNTYPED_MAP: MapTopology = { isAtomic: true, fields: NO_FIELDS, values: UNTYPED, isDeduced: false };

/** Any value, maps member by member and lists as one (`__untyped_deduced_`): custom resources without a schema. */
export const DEDUCED: Topology = {
  scalar: 'any',
  list: UNTYPED_LIST,
  get map() {
    return DEDUCED_MAP;
  },
};
const DEDUCED_MAP: MapTopology = { isAtomic: false, fields: NO_FIELDS, values: DEDUCED, isDeduced: true };
