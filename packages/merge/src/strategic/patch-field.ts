import { MergeError } from '../merge-error.ts';
import type { FieldTopology, Topology } from '../topology.ts';

/** How strategic merge treats the value of a field. */
export interface PatchField {
  /** Of the value; of its items where it is a list. */
  readonly type: Topology;
  /** '' where the schema says nothing. */
  readonly strategy: string;
  readonly retainsKeys: boolean;
  /** '' for lists of scalars. */
  readonly mergeKey: string;
}

export const RETAIN_KEYS = 'retainKeys';

/** A field that holds an object. Throws `invalid-value` where the schema does not know it. */
export function objectField(type: Topology, key: string): PatchField {
  const field = find(type, key);
  return patchField(field, field.type);
}

/** A field that holds a list. Throws `invalid-value` where the schema does not know it. */
export function listField(type: Topology, key: string): PatchField {
  const field = find(type, key);
  return patchField(field, field.type.list?.item ?? field.type);
}

function find(type: Topology, key: string): FieldTopology {
  const field = type.map?.fields.get(key);
  if (field === undefined) throw new MergeError('invalid-value', `unable to find api field ${JSON.stringify(key)}`);
  return field;
}

function patchField(field: FieldTopology, type: Topology): PatchField {
  const others = field.patchStrategies.filter((strategy) => strategy !== RETAIN_KEYS);
  const retainsKeys = others.length < field.patchStrategies.length;
  if (field.patchStrategies.length > 2 || others.length > 1) {
    throw new MergeError('invalid-value', `unexpected patch strategy: [${field.patchStrategies.join(' ')}]`);
  }
  return { type, strategy: others[0] ?? '', retainsKeys, mergeKey: field.mergeKey ?? '' };
}
