import { type FieldPath, type Inventory, isArray, kindKey, member, type Resource, type ResourceRule, valueAt } from '@plumbline/core';
import { find } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/owner-chain-cycle',
  title: 'Nothing waits for itself',
  why: 'In a circle of dependencies each waits for the others, so none of them is ever applied.',
  remedy: 'Take one dependency of the circle away.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infrastructure
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
`,
    fail: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infrastructure
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
spec:
  dependsOn:
    - name: apps
`,
  },
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  // Owners have a uid that only the cluster knows: meta/owner-reference-in-git speaks of those.
  kinds: ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'],
  scope: 'unit',
  *check(resource, { inventory }) {
    if (!hasEdges(resource)) return;
    const circle = circlesOf(inventory).get(resource);
    if (circle === undefined) return;
    for (const { to, path } of edgesOf(resource, inventory)) {
      if (circlesOf(inventory).get(to) !== circle) continue;
      const way = wayBack(to, resource, circle, inventory);
      const names = [resource, ...way].map((each) => `"${each.name}"`);
      const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-2)] : names;
      yield {
        path,
        message: `${resource.gvk.kind} ${shown.join(' → ')} is a circle`,
        ...(to === resource ? {} : { related: [{ resource: to, path: ['metadata', 'name'], message: 'the next one of the circle' }] }),
      };
      return;
    }
  },
};

interface Edge {
  readonly to: Resource;
  readonly path: FieldPath;
}

function hasEdges({ gvk, object }: Resource): boolean {
  return gvk.group.endsWith('.toolkit.fluxcd.io') && isArray(valueAt(object, ['spec', 'dependsOn']));
}

function* edgesOf(resource: Resource, inventory: Inventory): Iterable<Edge> {
  const dependencies = valueAt(resource.object, ['spec', 'dependsOn']);
  for (const [index, dependency] of isArray(dependencies) ? dependencies.entries() : []) {
    const namespace = member(dependency, 'namespace');
    const wanted = typeof namespace === 'string' ? namespace : resource.namespace;
    const to = theOne(resource, kindKey(resource.gvk), member(dependency, 'name'), wanted, inventory);
    if (to !== undefined) yield { to, path: ['spec', 'dependsOn', index] };
  }
}

/** What a reference means, where that is certain: the one of the same unit, else the only one. */
function theOne(from: Resource, key: string, name: unknown, namespace: string | undefined, inventory: Inventory): Resource | undefined {
  if (typeof name !== 'string') return undefined;
  const found = find(inventory, key, name, { namespace, unit: from.unit }).filter((each) => each.namespace === namespace);
  const own = found.filter((each) => each.unit === from.unit);
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  return found.length === 1 && namespace !== undefined ? found[0] : undefined;
}

type Circle = ReadonlySet<Resource>;

const known = new WeakMap<Inventory, ReadonlyMap<Resource, Circle>>();

/** The circle that each resource is part of: the strongly connected components, found in one walk (Tarjan), without recursion. */
function circlesOf(inventory: Inventory): ReadonlyMap<Resource, Circle> {
  let circles = known.get(inventory);
  if (circles === undefined) {
    circles = findCircles(inventory);
    known.set(inventory, circles);
  }
  return circles;
}

interface Visit {
  readonly resource: Resource;
  readonly edges: Iterator<Edge>;
}

function findCircles(inventory: Inventory): ReadonlyMap<Resource, Circle> {
  const circles = new Map<Resource, Circle>();
  const order = new Map<Resource, number>();
  const low = new Map<Resource, number>();
  const open: Resource[] = [];
  const isOpen = new Set<Resource>();
  const enter = (resource: Resource, visits: Visit[]): void => {
    order.set(resource, order.size);
    low.set(resource, order.size - 1);
    open.push(resource);
    isOpen.add(resource);
    visits.push({ resource, edges: edgesOf(resource, inventory)[Symbol.iterator]() });
  };
  const lower = (resource: Resource, to: number | undefined): void => {
    low.set(resource, Math.min(low.get(resource) ?? 0, to ?? 0));
  };
  for (const start of inventory.all()) {
    if (order.has(start) || !hasEdges(start)) continue;
    const visits: Visit[] = [];
    enter(start, visits);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { resource, edges } = visit;
      const next = edges.next();
      if (next.done !== true) {
        const { to } = next.value;
        if (!order.has(to)) enter(to, visits);
        else if (isOpen.has(to)) lower(resource, order.get(to));
        continue;
      }
      visits.pop();
      const before = visits.at(-1);
      if (before !== undefined) lower(before.resource, low.get(resource));
      if (low.get(resource) === order.get(resource)) close(resource, open, isOpen, circles, inventory);
    }
  }
  return circles;
}

function close(root: Resource, open: Resource[], isOpen: Set<Resource>, circles: Map<Resource, Circle>, inventory: Inventory): void {
  const members = new Set<Resource>();
  for (let resource = open.pop(); resource !== undefined; resource = open.pop()) {
    isOpen.delete(resource);
    members.add(resource);
    if (resource === root) break;
  }
  const isCircle = members.size > 1 || [...edgesOf(root, inventory)].some(({ to }) => to === root);
  if (isCircle) for (const resource of members) circles.set(resource, members);
}

/** The shortest way from `from` back to `goal` inside the circle, both included. */
function wayBack(from: Resource, goal: Resource, circle: Circle, inventory: Inventory): readonly Resource[] {
  const cameFrom = new Map<Resource, Resource | undefined>([[from, undefined]]);
  for (const resource of cameFrom.keys()) {
    if (resource === goal) break;
    for (const { to } of edgesOf(resource, inventory)) if (circle.has(to) && !cameFrom.has(to)) cameFrom.set(to, resource);
  }
  const way: Resource[] = [];
  for (let at: Resource | undefined = goal; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
