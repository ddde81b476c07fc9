import type { JsonValue } from '@plumbline/core';
import type { FieldTopology, ListTopology, MapTopology, ScalarKind, Topology } from '@plumbline/merge';

/** A schema of structured-merge-diff, as JSON. */
export interface SmdSchema {
  readonly types: readonly SmdType[];
}

interface SmdAtom {
  readonly scalar?: string;
  readonly list?: { readonly elementType?: SmdRef; readonly elementRelationship?: string; readonly keys?: readonly string[] };
  readonly map?: { readonly fields?: readonly SmdField[]; readonly elementType?: SmdRef; readonly elementRelationship?: string };
}
interface SmdType extends SmdAtom {
  readonly name: string;
}
interface SmdRef extends SmdAtom {
  readonly namedType?: string;
  readonly elementRelationship?: string;
}
interface SmdField {
  readonly name: string;
  readonly type: SmdRef;
  readonly default?: JsonValue;
}

const NOTHING: Topology = { scalar: undefined, list: undefined, map: undefined };
const SCALARS: Readonly<Record<string, ScalarKind>> = { numeric: 'numeric', string: 'string', boolean: 'boolean' };

/** The types of a schema by name; undefined for a name that it does not have. */
export function topologies(schema: SmdSchema): (name: string) => Topology | undefined {
  const types = new Map(schema.types.map((type) => [type.name, type]));
  const made = new Map<string, Topology>();
  const isDeduced = (ref: SmdRef): boolean =>
    ref.namedType === undefined ? ref.scalar === 'untyped' : ref.namedType === '__untyped_deduced_';

  function named(name: string): Topology | undefined {
    const type = types.get(name);
    if (type === undefined) return undefined;
    const known = made.get(name) ?? ofAtom(type, undefined);
    made.set(name, known);
    return known;
  }

  function ofRef(ref: SmdRef | undefined): Topology {
    if (ref === undefined) return NOTHING;
    const override = ref.elementRelationship;
    if (ref.namedType === undefined) return ofAtom(ref, override);
    if (override === undefined) return named(ref.namedType) ?? NOTHING;
    const type = types.get(ref.namedType);
    return type === undefined ? NOTHING : ofAtom(type, override);
  }

  function ofAtom(atom: SmdAtom, override: string | undefined): Topology {
    // What is neither a map nor a list has no relationship of its elements to override.
    if (override !== undefined && atom.map === undefined && atom.list === undefined) return NOTHING;
    const scalar = atom.scalar === undefined ? undefined : (SCALARS[atom.scalar] ?? 'any');
    const list = atom.list === undefined ? undefined : listOf(atom.list, atom.map === undefined ? override : undefined);
    const map = atom.map === undefined ? undefined : mapOf(atom.map, override);
    return { scalar, list, map };
  }

  function listOf(list: NonNullable<SmdAtom['list']>, override: string | undefined): ListTopology {
    const keys = list.keys ?? [];
    const isAssociative = (override ?? list.elementRelationship) === 'associative';
    let item: Topology | undefined;
    return {
      kind: isAssociative ? (keys.length > 0 ? 'map' : 'set') : 'atomic',
      keys,
      get item() {
        item ??= ofRef(list.elementType);
        return item;
      },
    };
  }

  function mapOf(map: NonNullable<SmdAtom['map']>, override: string | undefined): MapTopology {
    let values: Topology | undefined;
    const { elementType } = map;
    return {
      isAtomic: (override ?? map.elementRelationship) === 'atomic',
      fields: new Map((map.fields ?? []).map((field) => [field.name, fieldOf(field)])),
      get values() {
        if (elementType !== undefined) values ??= ofRef(elementType);
        return values;
      },
      isDeduced: map.fields === undefined && elementType !== undefined && isDeduced(elementType),
    };
  }

  function fieldOf(field: SmdField): FieldTopology {
    let type: Topology | undefined;
    return {
      get type() {
        type ??= ofRef(field.type);
        return type;
      },
      default: field.default,
      patchStrategies: [],
      mergeKey: undefined,
    };
  }

  return named;
}
