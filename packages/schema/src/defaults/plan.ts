import type { JsonValue } from '@plumbline/core';
import type { Field, Type } from '../type.ts';

/**
 * What Go makes of a member: a structure that is always there (`value`; `bare`: but not written without members), a pointer,
 * a value that is written although it is zero (`always`), or one that is not (`omitted`).
 */
export type Written = 'value' | 'bare' | 'pointer' | 'always' | 'omitted';

export interface Step {
  readonly name: string;
  readonly field: Field;
  readonly written: Written;
  /** The literal of a `+default` marker. */
  readonly preset: JsonValue | undefined;
}

const WRITTEN: Readonly<Record<string, Written>> = { v: 'value', w: 'bare', p: 'pointer', z: 'always' };
const plans = new WeakMap<ReadonlyMap<string, Field>, readonly Step[]>();

/** The members of a built-in structure, read from their texts (schemas/kubernetes/generate/compact.mjs writes them). */
export function planOf(type: Type): readonly Step[] {
  const { fields } = type;
  if (fields === undefined) return [];
  const known = plans.get(fields);
  if (known !== undefined) return known;
  const plan = [...fields].map(([name, field]) => stepOf(name, field));
  plans.set(fields, plan);
  return plan;
}

function stepOf(name: string, field: Field): Step {
  const [head = '', ...attributes] = field.text.split(';');
  let written: Written = /^\d/.test(head) ? 'pointer' : 'omitted';
  let preset: JsonValue | undefined;
  for (const attribute of attributes) {
    const known = WRITTEN[attribute];
    if (known !== undefined) written = known;
    // The generator's own output.
    else if (attribute.startsWith('default=')) preset = JSON.parse(attribute.slice('default='.length)) as JsonValue;
  }
  return { name, field, written, preset };
}
