import type { JsonValue } from '@plumbline/core';
import * as T from './type.ts';

/**
 * How values of a type merge: the same form as `Topology` of @plumbline/merge, which this package may not know. Made as the API server
 * makes its merge schema of its OpenAPI document (kube-openapi's schemaconv).
 */
export interface Topology {
  readonly scalar: 'string' | 'numeric' | 'boolean' | 'any' | undefined;
  readonly list: ListTopology | undefined;
  readonly map: MapTopology | undefined;
}

export interface ListTopology {
  readonly kind: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  readonly item: Topology;
}

export interface MapTopology {
  readonly isAtomic: boolean;
  readonly fields: { get(name: string): FieldTopology | undefined };
  readonly values: Topology | undefined;
  readonly isDeduced: boolean;
}

export interface FieldTopology {
  readonly type: Topology;
  readonly default: JsonValue | undefined;
  readonly patchStrategies: readonly string[];
  readonly mergeKey: string | undefined;
}

/** The topology of a type, of a built-in kind or of a definition's. The same object each time; its parts are made when asked for. */
export function topologyOf(type: T.Type): Topology {
  return topology(type, false);
}

/** Custom resources without a schema: maps are merged member by member, lists as one. */
export function deducedTopology(): Topology {
  return DEDUCED;
}

const NO_FIELDS: MapTopology['fields'] = { get: () => undefined };
const NO_STRATEGIES: readonly string[] = [];

const UNTYPED: Topology = {
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

const DEDUCED: Topology = {
  scalar: 'any',
  list: UNTYPED_LIST,
  get map() {
    return DEDUCED_MAP;
  },
};
const DEDUCED_MAP: MapTopology = { isAtomic: false, fields: NO_FIELDS, values: DEDUCED, isDeduced: true };

const SCALARS = {
  string: scalar('string'),
  numeric: scalar('numeric'),
  boolean: scalar('boolean'),
  any: scalar('any'),
} as const;

function scalar(kind: Topology['scalar']): Topology {
  return { scalar: kind, list: undefined, map: undefined };
}

const closed = new WeakMap<T.Type, Topology>();
const open = new WeakMap<T.Type, Topology>();

/** `isOpen`: something above keeps what it does not know, and so does all below it. */
function topology(type: T.Type, isOpen: boolean): Topology {
  const opens = isOpen || isKeeping(type);
  const known = opens ? open : closed;
  let made = known.get(type);
  if (made === undefined) {
    made = make(type, opens);
    known.set(type, made);
  }
  return made;
}

/** Built-in structures are closed; a definition's may keep what they do not name. */
function isKeeping(type: T.Type): boolean {
  return type.isOpen && type.code !== T.UNTYPED && type.name === '';
}

function make(type: T.Type, isOpen: boolean): Topology {
  switch (type.code) {
    case T.OBJECT:
    case T.MAP:
      return { scalar: undefined, list: undefined, map: mapOf(type, isOpen) };
    case T.LIST:
      return { scalar: undefined, list: listOf(type, isOpen), map: undefined };
    case T.STRING:
      // A string of a format may be anything to the server's merge, as a time is.
      return isPlainText(type) ? SCALARS.string : SCALARS.any;
    case T.BYTES:
      return SCALARS.string;
    case T.INT32:
    case T.INT64:
    case T.NUMBER:
      return SCALARS.numeric;
    case T.BOOLEAN:
      return SCALARS.boolean;
    case T.QUANTITY:
    case T.INT_OR_STRING:
    case T.TIME:
    case T.MICRO_TIME:
      return SCALARS.any;
    case T.RAW:
      return UNTYPED;
    case T.UNTYPED:
      return { scalar: 'any', list: listOf(type, isOpen), map: mapOf(type, isOpen) };
    default:
      return DEDUCED;
  }
}

function isPlainText(type: T.Type): boolean {
  const format = type.limits?.format;
  return format === undefined || format === '' || format === 'byte';
}

function listOf(type: T.Type, isOpen: boolean): ListTopology {
  const { item } = type;
  const strategies = strategiesOf(type);
  const mergeKey = type.facts?.mergeKey;
  const merges = type.list === undefined && strategies.includes('merge');
  return {
    kind: type.list ?? (merges ? (mergeKey === undefined ? 'set' : 'map') : 'atomic'),
    keys: merges && mergeKey !== undefined ? [mergeKey] : type.keys,
    get item() {
      return item === undefined ? UNTYPED : topology(T.typeOf(item), isOpen);
    },
  };
}

function mapOf(type: T.Type, isOpen: boolean): MapTopology {
  const { fields, item } = type;
  const names = fields === undefined || fields.size === 0 ? undefined : fields;
  // A structure of no members that takes none either is one that nothing is known of.
  const isFree = item === undefined && (isOpen || type.isOpen || names === undefined);
  return {
    isAtomic: type.facts?.isAtomicMap === true,
    fields: names === undefined ? NO_FIELDS : lazyFields(names, isOpen),
    get values() {
      return isFree ? DEDUCED : item === undefined ? undefined : topology(T.typeOf(item), isOpen);
    },
    isDeduced: isFree && names === undefined,
  };
}

function lazyFields(fields: ReadonlyMap<string, T.Field>, isOpen: boolean): MapTopology['fields'] {
  const made = new Map<string, FieldTopology>();
  return {
    get(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const field = fields.get(name);
      if (field === undefined) return undefined;
      const topology = fieldTopology(field, isOpen);
      made.set(name, topology);
      return topology;
    },
  };
}

function fieldTopology(field: T.Field, isOpen: boolean): FieldTopology {
  const type = T.typeOf(field);
  return {
    type: topology(type, isOpen),
    default: defaultOf(field, type),
    patchStrategies: strategiesOf(type),
    mergeKey: type.facts?.mergeKey,
  };
}

function strategiesOf(type: T.Type): readonly string[] {
  return type.facts?.patchStrategy?.split(',') ?? NO_STRATEGIES;
}

/** The field's own default, or the zero that Go writes where a field is no pointer and never left out (`z` in the type data). */
function defaultOf(field: T.Field, type: T.Type): JsonValue | undefined {
  // The generator's own text, or stringify's.
  if (type.facts?.default !== undefined) return JSON.parse(type.facts.default) as JsonValue;
  if (!/;z(?:;|$)/.test(field.text)) return undefined;
  if (type.code === T.STRING) return '';
  if (type.code === T.BOOLEAN) return false;
  return type.code === T.INT32 || type.code === T.INT64 || type.code === T.NUMBER ? 0 : undefined;
}
