import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from '@plumbline/core';
import { at, type Draft, ensure, get, isZero, listAt } from './draft.ts';

// defaultHugePagePodLimits and defaultPodRequests: the resources of a pod as a whole, from those of its containers.

type Amounts = Map<string, Quantity>;

/** Only where the pod names some resources of its own. */
export function fillPodResources(spec: Draft): void {
  const resources = at(spec, 'resources');
  if (resources === undefined) return;
  fillHugePages(spec, resources);
  const limits = at(resources, 'limits');
  if (isZero(limits)) return;
  const sums = sumOf(spec, 'requests');
  const requests = at(resources, 'requests') ?? {};
  for (const [name, amount] of sums)
    if (get(requests, name) === undefined && (name === 'cpu' || name === 'memory')) requests[name] = formatQuantity(amount);
  for (const [name, limit] of Object.entries(limits ?? {}))
    if (get(requests, name) === undefined && isForPods(name)) requests[name] = limit;
  if (!isZero(requests)) resources.requests = requests;
}

function fillHugePages(spec: Draft, resources: Draft): void {
  if (isZero(get(resources, 'limits')) && isZero(get(resources, 'requests'))) return;
  for (const [name, amount] of sumOf(spec, 'limits')) {
    if (!name.startsWith('hugepages-') || get(at(resources, 'requests'), name) !== undefined) continue;
    const limits = ensure(resources, 'limits');
    if (get(limits, name) === undefined) limits[name] = formatQuantity(amount);
  }
}

function isForPods(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** All containers and sidecars together, or the most that a step of the start needs. */
function sumOf(spec: Draft, kind: 'requests' | 'limits'): Amounts {
  const sum: Amounts = new Map();
  const sidecars: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of listAt(spec, 'containers')) add(sum, amountsOf(container, kind));
  for (const container of listAt(spec, 'initContainers')) {
    const own = amountsOf(container, kind);
    if (get(container, 'restartPolicy') === 'Always') {
      add(sum, own);
      add(sidecars, own);
      raise(most, sidecars);
    } else {
      const step: Amounts = new Map(own);
      add(step, sidecars);
      raise(most, step);
    }
  }
  raise(sum, most);
  return sum;
}

function amountsOf(container: Draft, kind: 'requests' | 'limits'): Amounts {
  const amounts: Amounts = new Map();
  for (const [name, text] of Object.entries(at(container, 'resources', kind) ?? {})) {
    const amount = parseQuantity(String(text));
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}

function add(into: Amounts, more: Amounts): void {
  for (const [name, amount] of more) {
    const known = into.get(name);
    into.set(name, known === undefined ? amount : plus(known, amount));
  }
}

function raise(into: Amounts, more: Amounts): void {
  for (const [name, amount] of more) {
    const known = into.get(name);
    if (known === undefined || compareQuantities(known, amount) < 0) into.set(name, amount);
  }
}

/** In the format of the first, unless that is zero. */
function plus(a: Quantity, b: Quantity): Quantity {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = ({ mantissa, exponent: own }: Quantity): bigint => mantissa * 10n ** BigInt(own - exponent);
  return { mantissa: scaled(a) + scaled(b), exponent, format: a.mantissa === 0n ? b.format : a.format };
}
