import { NO_TYPE, type Topology } from '../topology.ts';
import { fieldNameOf, type PathElement } from './element.ts';
import { differenceBelow, type FieldSet, insert, type OpenSet, union } from './field-set.ts';

/**
 * A field set brought in line with a schema that changed since: what became atomic is owned as one by whoever owned a part of it.
 * The same set where nothing changed.
 */
export function reconcileFields(fields: FieldSet, type: Topology): FieldSet {
  const atomic: OpenSet = new Map();
  walk(fields, type, [], false, atomic);
  return atomic.size === 0 ? fields : union(differenceBelow(fields, atomic), atomic);
}

/** `isOwnedWhole`: the place is in the set and nothing below it. */
function walk(fields: FieldSet | undefined, type: Topology, path: PathElement[], isOwnedWhole: boolean, atomic: OpenSet): void {
  const { map, list } = type;
  if (map !== undefined) {
    if (map.isDeduced) return;
    if (map.isAtomic && !isOwnedWhole) {
      if (fields !== undefined && fields.size > 0) insert(atomic, path);
      return;
    }
    for (const [element, node] of fields ?? []) {
      const name = fieldNameOf(element);
      const below = (name === undefined ? undefined : map.fields.get(name)?.type) ?? map.values;
      // Fields that the schema does not know stay as they are.
      if (below === undefined) continue;
      path.push(element);
      walk(node.children, below, path, node.isMember && node.children === undefined, atomic);
      path.pop();
    }
  } else if (type.scalar === undefined && list !== undefined) {
    if (list.kind === 'atomic' && !isOwnedWhole) {
      insert(atomic, path);
      return;
    }
    for (const [element, node] of fields ?? []) {
      path.push(element);
      walk(node.children, list.item ?? NO_TYPE, path, node.isMember && node.children === undefined, atomic);
      path.pop();
    }
  }
}
