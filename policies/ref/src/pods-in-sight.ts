import {
  addTo,
  type Inventory,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  matchesSelector,
  member,
  podSpecOf,
  type Resource,
  type Selector,
  type Unit,
  valueAt,
} from '@plumbline/core';
import { createNamespaceIndex, type NamespaceIndex } from './namespace-index.ts';
import { isMovable, isSurelyIn, mayBeIn, type Place } from './sight.ts';

/** What runs pods: a workload of Kubernetes, or a custom resource with a pod template (a Rollout, a CloneSet). */
export interface PodMaker {
  readonly resource: Resource;
  readonly labels: JsonObject;
  readonly spec: JsonObject;
}

interface Index {
  readonly all: readonly PodMaker[];
  readonly byLabel: NamespaceIndex<PodMaker>;
  readonly byUnit: ReadonlyMap<Unit, readonly PodMaker[]>;
  readonly labelKeys: ReadonlySet<string>;
  readonly mayChange: string | undefined;
}

const known = new WeakMap<Inventory, Index>();

function indexOf(inventory: Inventory): Index {
  let index = known.get(inventory);
  if (index === undefined) {
    const all: PodMaker[] = [];
    const byLabel = createNamespaceIndex<PodMaker>();
    const byUnit = new Map<Unit, PodMaker[]>();
    const labelKeys = new Set<string>();
    let mayChange: string | undefined;
    for (const resource of inventory.all()) {
      const maker = makerOf(resource);
      if (maker === undefined) continue;
      all.push(maker);
      addTo(byUnit, resource.unit, maker);
      if (resource.unit.mayAdd?.fields === true) mayChange ??= resource.unit.why ?? 'a build was not run';
      for (const [key, value] of Object.entries(maker.labels)) {
        labelKeys.add(key);
        byLabel.add(`${key}=${String(value ?? '')}`, resource.namespace, maker, isMovable(resource));
      }
    }
    index = { all, byLabel, byUnit, labelKeys, mayChange };
    known.set(inventory, index);
  }
  return index;
}

function makerOf(resource: Resource): PodMaker | undefined {
  const pod = podSpecOf(resource);
  if (pod !== undefined) return { resource, spec: pod.spec, labels: labelsOf(pod.metadata) };
  if (resource.gvk.version === '') return undefined;
  const spec = valueAt(resource.object, ['spec', 'template', 'spec']);
  if (!isObject(spec) || !isArray(member(spec, 'containers'))) return undefined;
  return { resource, spec, labels: labelsOf(valueAt(resource.object, ['spec', 'template', 'metadata'])) };
}

function labelsOf(metadata: JsonValue | undefined): JsonObject {
  const labels = member(metadata, 'labels');
  return isObject(labels) ? labels : {};
}

// Controllers put these on each pod; no file says them.
const ADDED = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'pod-template-hash',
  'controller-revision-hash',
]);

/** What may run pods that a label selector matches, in the place or where it may turn out to be. */
export function podsMatching(inventory: Inventory, selector: Selector, place: Place): readonly PodMaker[] {
  const index = indexOf(inventory);
  const wanted = withoutAdded(selector);
  let among: readonly PodMaker[] = index.all;
  const map = member(wanted, 'matchLabels');
  if (isObject(map)) {
    for (const [key, value] of Object.entries(map)) {
      const bucket = index.byLabel.get(`${key}=${String(value ?? '')}`, place.namespace);
      if (bucket.length < among.length) among = bucket;
    }
  }
  return among.filter((maker) => mayBeIn(maker.resource, place) && matchesSelector(wanted, maker.labels));
}

function withoutAdded(selector: Selector): Selector {
  const map = member(selector, 'matchLabels');
  if (!isObject(map) || !Object.keys(map).some((key) => ADDED.has(key))) return selector;
  return { ...selector, matchLabels: Object.fromEntries(Object.entries(map).filter(([key]) => !ADDED.has(key))) };
}

/** What runs pods in the very unit and namespace. */
export function podsHere(inventory: Inventory, place: Place): readonly PodMaker[] {
  return (indexOf(inventory).byUnit.get(place.unit) ?? []).slice(0, 300).filter(({ resource }) => isSurelyIn(resource, place));
}

/** Whether any pod template in sight bears a label of that key. */
export function isLabelKeyInUse(inventory: Inventory, key: string): boolean {
  return indexOf(inventory).labelKeys.has(key);
}

/** Why pod templates in sight may come out with other labels than their files say. */
export function labelsMayChange(inventory: Inventory): string | undefined {
  return indexOf(inventory).mayChange;
}

// Service meshes and Dapr add a container of their own to the pods, with ports of these names.
const INJECTED = /^(linkerd-|http-envoy-prom$|envoy-|istio-|dapr-|consul-)/;

/** Whether a named port may be that of a container which is injected when the pod is made. */
export function isInjectedPort(name: string): boolean {
  return INJECTED.test(name);
}
