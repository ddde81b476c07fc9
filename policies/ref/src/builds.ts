import type { Inventory, RuleContext, Unit } from '@plumbline/core';
import { kindKey } from '@plumbline/core';
import { mayMake } from './makers.ts';

const changed = new WeakMap<Inventory, Map<string, Map<string, string>>>();

/**
 * Why an object of that kind and name may come out of a build that was not run: one whose name its own begins or ends with
 * is among the inputs, and builds add prefixes and suffixes.
 */
export function renamed(kind: string, name: string, inventory: Inventory): string | undefined {
  let kinds = changed.get(inventory);
  if (kinds === undefined) {
    kinds = new Map();
    for (const { unit, gvk, name: own } of inventory.all()) {
      if (unit.mayAdd?.fields !== true || own === '') continue;
      const key = kindKey(gvk);
      const names = kinds.get(key) ?? new Map<string, string>();
      names.set(own, unit.why ?? 'a build was not run');
      kinds.set(key, names);
    }
    changed.set(inventory, kinds);
  }
  const names = kinds.get(kind);
  if (names === undefined) return undefined;
  for (let at = 0; at < name.length; at++) {
    const why = names.get(name.slice(at)) ?? names.get(name.slice(0, name.length - at));
    if (why !== undefined) return why;
  }
  return undefined;
}

const custom = new WeakMap<Inventory, ReadonlySet<Unit>>();

/** Whether the unit holds resources whose controllers may make what no file says. */
export function hasMakers(unit: Unit, context: RuleContext): boolean {
  let units = custom.get(context.inventory);
  if (units === undefined) {
    const found = new Set<Unit>();
    for (const resource of context.inventory.all()) if (mayMake(resource, context)) found.add(resource.unit);
    units = found;
    custom.set(context.inventory, units);
  }
  return units.has(unit);
}
