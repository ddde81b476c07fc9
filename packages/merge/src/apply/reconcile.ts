import type { Topology } from '../topology.ts';
import { fieldNameOf, type PathElement } from './element.ts';
import { differenceBelow, type FieldSet, insert, type OpenSet, union } from './field-set.ts';

/**
 * A field set brought in line with a schema that changed since: what became atomic is owned as one by whoever owned a part of it.
 * The same set where nothing changed.
 */
export function reconcileFields(fields: FieldSet, type: Topology): FieldSet {
  const atomic: OpenSet = new Map();
  walk(fields, type, [], atomic);
  return atomic.size === 0 ? fields : union(differenceBelow(fields, atomic), atomic);
}

function walk(fields: FieldSet, type: Topology, path: PathElement[], atomic: OpenSet): void {
  const { map, list } = type;
  if (map !== undefined) {
    if (map.isDeduced) return;
    if (map.isAtomic) {
      if (fields.size > 0) insert(atomic, path);
      return;
    }
    for (const [element, node] of fields) {
      // A place that is owned whole is what it is, atomic or not.
      if (node.children === undefined) continue;
      const name = fieldNameOf(element);
      const below = (name === undefined ? undefined : map.fields.get(name)?.type) ?? map.values;
      // Fields that the schema does not know stay as they are.
      if (below === undefined) continue;
      path.push(element);
      walk(node.children, below, path, atomic);
      path.pop();
    }
  } else if (type.scalar === undefined && list !== undefined) {
    if (list.kind === 'atomic') {
      insert(atomic, path);
      return;
    }
    for (const [element, node] of fields) {
      if (node.children === undefined) continue;
      path.push(element);
      walk(node.children, list.item, path, atomic);
      path.pop();
    }
  }
}
