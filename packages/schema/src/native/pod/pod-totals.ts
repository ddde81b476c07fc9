import { compareQuantities, formatQuantity, type JsonObject, type JsonValue, type Quantity } from '@plumbline/core';
import { listIn, objectIn } from '../values.ts';
import { addAmounts, amountOf } from './amounts.ts';
import { itemAt } from './items.ts';
import { isHugePages, mayOvercommit, podResourceNameFault } from './resource-names.ts';
import { isSidecar } from './restart-rules.ts';

type List = 'requests' | 'limits';
type Totals = ReadonlyMap<string, Quantity>;

/**
 * What the containers need at once, resource by resource: those that run on together, or what an init container needs beside
 * the sidecars before it, where that is more. AggregateContainerRequests of k8s.io/component-helpers.
 * `isPod`: in a Pod a limit without a request is the request, too.
 */
export function together(spec: JsonObject, list: List, isPod: boolean): Totals {
  const totals = new Map<string, Quantity>();
  const sidecars = new Map<string, Quantity>();
  const before = new Map<string, Quantity>();
  const containers = listIn(spec, 'containers');
  for (let index = 0; index < containers.length; index++) add(totals, amountsOf(itemAt(containers, index), list, isPod));
  const first = listIn(spec, 'initContainers');
  for (let index = 0; index < first.length; index++) {
    const container = itemAt(first, index);
    if (container === undefined) continue;
    const own = amountsOf(container, list, isPod);
    if (isSidecar(container)) {
      add(totals, own);
      add(sidecars, own);
      raise(before, sidecars);
    } else {
      const now = new Map(sidecars);
      add(now, own);
      raise(before, now);
    }
  }
  raise(totals, before);
  return totals;
}

function add(to: Map<string, Quantity>, from: Totals): void {
  for (const [name, amount] of from) {
    const before = to.get(name);
    to.set(name, before === undefined ? amount : (addAmounts(before, amount) ?? amount));
  }
}

function raise(to: Map<string, Quantity>, from: Totals): void {
  for (const [name, amount] of from) {
    const before = to.get(name);
    if (before === undefined || compareQuantities(amount, before) > 0) to.set(name, amount);
  }
}

function amountsOf(container: JsonObject | undefined, list: List, isPod: boolean): Totals {
  const amounts = new Map<string, Quantity>();
  const resources = objectIn(container, 'resources');
  const take = (from: JsonObject | undefined): void => {
    for (const name in from) {
      const amount = amountOf(from[name]);
      if (amount !== undefined) amounts.set(name, amount);
    }
  };
  if (list === 'requests' && isPod) take(objectIn(resources, 'limits'));
  take(objectIn(resources, list));
  return amounts;
}

/** The amount of a resource; its name is a user's word. */
export function ownAmount(amounts: JsonObject | undefined, name: string): JsonValue | undefined {
  return amounts !== undefined && Object.hasOwn(amounts, name) ? amounts[name] : undefined;
}

/** The resources of a Pod as a whole with what the server fills in from its containers before it looks: DefaultPodLevelResources. */
export function filledIn(resources: JsonObject, spec: JsonObject): JsonObject {
  const requests = new Map(Object.entries(objectIn(resources, 'requests') ?? {}));
  const limits = new Map(Object.entries(objectIn(resources, 'limits') ?? {}));
  if (requests.size + limits.size === 0) return resources;
  const allLimits = together(spec, 'limits', true);
  for (const [name, total] of allLimits)
    if (isHugePages(name) && !requests.has(name) && !limits.has(name)) limits.set(name, formatQuantity(total));
  for (const [name, total] of together(spec, 'requests', true))
    if (!requests.has(name) && isSupported(name) && mayOvercommit(name)) requests.set(name, formatQuantity(total));
  for (const [name, limit] of limits) if (!requests.has(name) && isSupported(name)) requests.set(name, limit);
  for (const [name, request] of requests) {
    const total = allLimits.get(name);
    if (limits.has(name) || total === undefined || !isSupported(name) || !haveAll(spec, name)) continue;
    const least = amountOf(request);
    limits.set(name, least !== undefined && compareQuantities(least, total) > 0 ? request : formatQuantity(total));
  }
  return { ...resources, requests: Object.fromEntries(requests), limits: Object.fromEntries(limits) };
}

function isSupported(name: string): boolean {
  return podResourceNameFault(name) === undefined;
}

/** Whether every container has a limit of the resource. */
function haveAll(spec: JsonObject, name: string): boolean {
  for (const list of ['initContainers', 'containers'] as const) {
    const containers = listIn(spec, list);
    for (let index = 0; index < containers.length; index++) {
      const limits = objectIn(objectIn(itemAt(containers, index), 'resources'), 'limits');
      if (limits === undefined || !Object.hasOwn(limits, name)) return false;
    }
  }
  return true;
}
