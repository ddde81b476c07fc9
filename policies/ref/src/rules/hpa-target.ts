import {
  addTo,
  type Inventory,
  isObject,
  kindKey,
  member,
  type NotEvaluated,
  type Problem,
  parseGvk,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { missing, OUTSIDE } from '../missing.ts';
import { podsHere } from '../pods-in-sight.ts';
import { find, isSurelyIn, placeOf } from '../sight.ts';

/** The workloads of Kubernetes that can be scaled, and their group. */
const SCALED: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  StatefulSet: 'apps',
  ReplicaSet: 'apps',
  DaemonSet: 'apps',
  ReplicationController: '',
};

const PATHS: Readonly<Record<string, string>> = {
  'autoscaling/HorizontalPodAutoscaler': 'scaleTargetRef',
  'autoscaling.k8s.io/VerticalPodAutoscaler': 'targetRef',
  'keda.sh/ScaledObject': 'scaleTargetRef',
};

export const rule: ResourceRule = {
  id: 'ref/hpa-target',
  title: 'An autoscaler has a target that exists, and has it for itself',
  why: 'An autoscaler without its target does nothing. Two on one target undo what the other does, so the replicas go up and down.',
  remedy:
    'Write apiVersion, kind and name of a workload in the same namespace (apps/v1, Deployment …), and keep one autoscaler for each workload.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: shop
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers: []
`,
    fail: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: shop
spec:
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web-shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers: []
`,
  },
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  kinds: Object.keys(PATHS),
  scope: 'unit',
  *check(resource, context) {
    const target = targetOf(resource);
    if (target === undefined) return;
    yield* judgeTarget(resource, target, context);
    yield* judgeRivals(resource, target, context);
  },
};

interface Target {
  readonly field: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

function targetOf(resource: Resource): Target | undefined {
  const field = PATHS[kindKey(resource.gvk)];
  if (field === undefined) return undefined;
  const target = member(resource.object.spec, field);
  if (!isObject(target)) return undefined;
  const isKeda = resource.gvk.kind === 'ScaledObject';
  // KEDA fills these in; elsewhere they are needed, or mean the core group.
  const kind = member(target, 'kind') ?? (isKeda ? 'Deployment' : undefined);
  const apiVersion = member(target, 'apiVersion') ?? (isKeda ? 'apps/v1' : '');
  const name = member(target, 'name');
  if (typeof kind !== 'string' || typeof apiVersion !== 'string' || typeof name !== 'string' || name === '') return undefined;
  return { field, apiVersion, kind, name };
}

function* judgeTarget(resource: Resource, target: Target, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { kind, name, apiVersion, field } = target;
  if (!Object.hasOwn(SCALED, kind)) return;
  const group = SCALED[kind] ?? '';
  const path = ['spec', field];
  const written = parseGvk(apiVersion, kind).group;
  if (written !== group && (written === '' || written === 'extensions' || written === 'apps')) {
    const needed = group === '' ? 'v1' : `${group}/v1`;
    yield {
      path: [...path, ...(apiVersion === '' ? [] : ['apiVersion'])],
      message:
        apiVersion === ''
          ? `the target ${kind} "${name}" has no apiVersion, "${needed}" is needed`
          : `${kind} is not of "${apiVersion}" but of "${needed}"`,
    };
    return;
  }
  if (written !== group) return;
  const { inventory } = context;
  const place = placeOf(resource);
  const key = group === '' ? kind : `${group}/${kind}`;
  // Objects written for an API of old are what the cluster has under the new one.
  if (find(inventory, key, name, place).length > 0 || find(inventory, `extensions/${kind}`, name, place).length > 0) return;
  const here = podsHere(inventory, place);
  const namesake = here.find((maker) => maker.resource.name === name)?.resource;
  if (namesake !== undefined) {
    yield {
      path: [...path, 'kind'],
      message: `no ${kind} "${name}" is defined here, "${name}" is a ${namesake.gvk.kind}`,
      related: [{ resource: namesake, path: ['kind'], message: `this is a ${namesake.gvk.kind}` }],
    };
    return;
  }
  const otherwise = here.some((maker) => kindKey(maker.resource.gvk) === key) ? 'error' : { notEvaluated: OUTSIDE };
  yield* missing({ kind: key, name, place, path: [...path, 'name'], otherwise }, context);
}

const rivals = new WeakMap<Inventory, ReadonlyMap<string, readonly Resource[]>>();

function* judgeRivals(resource: Resource, target: Target, context: RuleContext): Iterable<Problem> {
  if (resource.gvk.kind === 'VerticalPodAutoscaler' || isTakingOver(resource)) return;
  const place = placeOf(resource);
  for (const other of scalersOf(context.inventory).get(keyOf(resource, target)) ?? []) {
    if (other === resource) return;
    // The same name twice is one object, defined twice.
    const isTwice = other.name === resource.name && other.gvk.kind === resource.gvk.kind;
    if (isTwice || isTakingOver(other) || !isSurelyIn(other, place)) continue;
    // Plain files of a folder may be alternatives, of which people apply one.
    const isTogether = resource.document.file === other.document.file || resource.unit.claimedBy !== undefined;
    yield {
      path: ['spec', target.field, 'name'],
      message: `${other.gvk.kind} "${other.name}" already scales ${target.kind} "${target.name}"`,
      related: [{ resource: other, path: ['spec', target.field, 'name'], message: 'the other autoscaler' }],
      ...(isTogether ? {} : { severity: 'warning' as const }),
    };
    return;
  }
}

/** KEDA may be told to go on with an autoscaler that is there. */
function isTakingOver({ object }: Resource): boolean {
  return valueAt(object, ['metadata', 'annotations', 'scaledobject.keda.sh/transfer-hpa-ownership']) !== undefined;
}

function keyOf({ namespace }: Resource, { kind, name }: Target): string {
  return `${namespace ?? 'default'} ${kind} ${name}`;
}

function scalersOf(inventory: Inventory): ReadonlyMap<string, readonly Resource[]> {
  let byTarget = rivals.get(inventory);
  if (byTarget === undefined) {
    const made = new Map<string, Resource[]>();
    for (const kind of ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject']) {
      for (const resource of inventory.byKind(kind)) {
        const target = targetOf(resource);
        if (target === undefined) continue;
        const key = keyOf(resource, target);
        addTo(made, key, resource);
      }
    }
    byTarget = made;
    rivals.set(inventory, byTarget);
  }
  return byTarget;
}
