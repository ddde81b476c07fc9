import { NO_TYPE, type Topology } from '../topology.ts';
import { fieldNameOf, type PathElement } from './element.ts';
import type { FieldNode, FieldSet } from './field-set.ts';

/** With each named field that leads to a place of the set as a place itself: removing all below it then removes it too. */
export function withNamedFields(fields: FieldSet, type: Topology): FieldSet {
  let out: Map<PathElement, FieldNode> | undefined;
  for (const [element, node] of fields) {
    if (node.children === undefined) continue;
    const name = fieldNameOf(element);
    const field = name === undefined ? undefined : type.map?.fields.get(name);
    const below = typeBelow(element, type);
    const children = below === undefined ? node.children : withNamedFields(node.children, below);
    const isMember = node.isMember || field !== undefined;
    if (isMember === node.isMember && children === node.children) continue;
    out ??= new Map(fields);
    out.set(element, { isMember, children });
  }
  return out ?? fields;
}

/** `fields` without the places of `withNamedFields(others)`. */
export function withoutNamedFields(fields: FieldSet, others: FieldSet, type: Topology): FieldSet {
  let out: Map<PathElement, FieldNode> | undefined;
  for (const [element, node] of fields) {
    const other = others.get(element);
    if (other === undefined) continue;
    const name = fieldNameOf(element);
    const field = name === undefined ? undefined : type.map?.fields.get(name);
    const isMember = node.isMember && !other.isMember && !(field !== undefined && other.children !== undefined);
    const children = node.children && other.children ? without(element, node.children, other.children, type) : node.children;
    if (isMember === node.isMember && children === node.children) continue;
    out ??= new Map(fields);
    const below = children?.size === 0 ? undefined : children;
    if (isMember || below !== undefined) out.set(element, { isMember, children: below });
    else out.delete(element);
  }
  return out ?? fields;
}

function without(element: PathElement, fields: FieldSet, others: FieldSet, type: Topology): FieldSet {
  return withoutNamedFields(fields, others, typeBelow(element, type) ?? NO_TYPE);
}

/** The type of what an element leads to, where it is known to have named fields. */
function typeBelow(element: PathElement, { map, list }: Topology): Topology | undefined {
  const name = fieldNameOf(element);
  if (name !== undefined) return map?.fields.get(name)?.type ?? map?.values;
  return element.startsWith('k:') ? list?.item : undefined;
}
