import {
  closest,
  type Inventory,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  matchesSelector,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { isInjectedPort, type PodMaker, podsMatching } from '../pods-in-sight.ts';
import { isSurelyIn, placeOf } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/service-target-port',
  title: 'The target port of a Service is one that its pods have',
  why: 'The name of a target port is looked up in each pod. A pod that has no port of that name and protocol gets no traffic; a number that no container listens on refuses every connection.',
  remedy: 'Write the name or number of a container port of the pods, or name the port in the pod template.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  ports:
    - port: 80
      targetPort: http
---
apiVersion: v1
kind: Pod
metadata:
  name: shop
  labels:
    app: shop
spec:
  containers:
    - name: shop
      image: shop
      ports:
        - name: http
          containerPort: 8080
`,
    fail: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  ports:
    - port: 80
      targetPort: web
---
apiVersion: v1
kind: Pod
metadata:
  name: shop
  labels:
    app: shop
spec:
  containers:
    - name: shop
      image: shop
      ports:
        - name: http
          containerPort: 8080
`,
  },
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  kinds: ['Service'],
  scope: 'unit',
  *check(resource, context) {
    const spec = resource.object.spec;
    const selector = member(spec, 'selector');
    const ports = member(spec, 'ports');
    if (!isObject(selector) || Object.keys(selector).length === 0 || !isArray(ports)) return;
    if (member(spec, 'type') === 'ExternalName') return;
    const place = placeOf(resource);
    const pods = podsMatching(context.inventory, { matchLabels: selector }, place);
    // Pods that may be in another namespace are no evidence of their own.
    if (!pods.some((pod) => pod.resource.unit.state !== 'as-applied' || isSurelyIn(pod.resource, place))) return;
    const unbuilt = pods.find((pod) => pod.resource.unit.state !== 'as-applied');
    if (unbuilt !== undefined) {
      yield { notEvaluated: unbuilt.resource.unit.why ?? 'a build was not run' };
      return;
    }
    const numbers: Target[] = [];
    for (const [index, port] of ports.entries()) {
      if (!isObject(port)) continue;
      const target = member(port, 'targetPort') ?? member(port, 'port');
      const field = member(port, 'targetPort') === undefined ? 'port' : 'targetPort';
      const path = ['spec', 'ports', index, field];
      if (typeof target === 'string') yield* judgeName(target, protocolOf(port), pods, path);
      // The headless Service of a StatefulSet names its pods; its ports are often only decoration.
      else if (typeof target === 'number' && member(spec, 'clusterIP') !== 'None') numbers.push({ target, path });
    }
    const isAside = ASIDE.test(resource.name) || ports.some((port) => ASIDE.test(String(member(port, 'name') ?? '')));
    yield* judgeNumbers(numbers, pods, isAside, context);
  },
};

interface Target {
  readonly target: number;
  readonly path: (string | number)[];
}

function* judgeName(target: string, protocol: string, pods: readonly PodMaker[], path: (string | number)[]): Iterable<Problem> {
  // A number in quotes is refused by the API server.
  if (!/[a-z]/.test(target) || isInjectedPort(target)) return;
  const ports = pods.flatMap((pod) => portsOf(pod));
  const named = ports.filter(({ port }) => member(port, 'name') === target);
  if (named.some(({ port }) => protocolOf(port) === protocol)) return;
  const other = named[0];
  if (other !== undefined) {
    yield {
      path,
      message: `target port "${target}" is for ${protocolOf(other.port)} in the pods, the Service wants ${protocol}`,
      related: [{ resource: other.resource, path: other.path, message: 'the port of the pods' }],
    };
    return;
  }
  const names = ports.flatMap(({ port }) => (typeof port.name === 'string' ? [port.name] : []));
  const meant = closest(target, names) ?? (names.length === 1 ? names[0] : undefined);
  const first = pods[0]?.resource;
  yield {
    path,
    message: `no container of ${describe(pods)} has a port named "${target}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    ...(first === undefined ? {} : { related: [{ resource: first, path: ['spec'], message: 'the pods that the Service selects' }] }),
  };
}

/**
 * `containerPort` only informs: a container may listen on more. A number is likely wrong where every container says its ports,
 * none is told of this one, and a port of theirs stands without a Service in its place.
 */
function* judgeNumbers(
  targets: readonly Target[],
  pods: readonly PodMaker[],
  isAsideService: boolean,
  context: RuleContext,
): Iterable<Problem> {
  const unsaid = targets.filter(({ target }) => isUnsaid(target, pods));
  if (unsaid.length === 0) return;
  const loose = loosePorts(pods, context.inventory);
  const own = loose.filter(({ isAside }) => !isAside);
  // One port each: what else should it lead to?
  const isOnly = targets.length === 1 && !isAsideService && saidPorts(pods).length === 1;
  const said = [...new Set(pods.flatMap((pod) => portsOf(pod).map(({ port }) => port.containerPort)))];
  const first = pods[0]?.resource;
  for (const { target, path } of unsaid) {
    const isPaired = own.length > 0 && unsaid.length === own.length;
    if (!isOnly && !isPaired && !loose.some(({ port }) => isSlipOfPort(target, port))) continue;
    yield {
      path,
      severity: 'warning',
      message: `target port "${target}" is not among the container ports of ${describe(pods)}: "${said.slice(0, 5).map(String).join('", "')}"`,
      ...(first === undefined ? {} : { related: [{ resource: first, path: ['spec'], message: 'the pods that the Service selects' }] }),
    };
  }
}

function isUnsaid(target: number, pods: readonly PodMaker[]): boolean {
  return pods.every((pod) => {
    const containers = listOf(pod.spec, 'containers');
    const isSaid = containers.length > 0 && containers.every((container) => listOf(container, 'ports').length > 0);
    return isSaid && !portsOf(pod).some(({ port }) => port.containerPort === target) && !containers.some((each) => isToldOf(each, target));
  });
}

/** Whether the command, the environment or a probe of a container speaks of a port. */
function isToldOf(container: JsonObject, port: number): boolean {
  const said = ['command', 'args', 'env', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'].map(
    (key) => container[key] ?? null,
  );
  return new RegExp(`\\b${port}\\b`).test(JSON.stringify(said));
}

// Ports for the cluster's own use: scraped or probed in the pod, with no Service in between.
const ASIDE = /metric|prom|health|ready|live|probe|stat|admin|debug|prof|webhook/;

interface SaidPort {
  readonly port: number;
  readonly name: string;
  readonly isAside: boolean;
}

function saidPorts(pods: readonly PodMaker[]): readonly SaidPort[] {
  const said = new Map<number, SaidPort>();
  for (const pod of pods) {
    for (const { port } of portsOf(pod)) {
      const name = typeof port.name === 'string' ? port.name : '';
      const number = port.containerPort;
      if (typeof number === 'number') said.set(number, { port: number, name, isAside: ASIDE.test(name) });
    }
  }
  return [...said.values()];
}

/** The container ports of pods that no Service in sight sends to. */
function loosePorts(pods: readonly PodMaker[], inventory: Inventory): readonly SaidPort[] {
  const used = new Set<JsonValue>();
  for (const service of inventory.byKind('Service')) {
    const selector = valueAt(service.object, ['spec', 'selector']);
    if (!isObject(selector) || !pods.some((pod) => matchesSelector({ matchLabels: selector }, pod.labels))) continue;
    for (const port of listOf(service.object.spec, 'ports')) used.add(port.targetPort ?? port.port ?? null);
  }
  return saidPorts(pods).filter(({ port, name }) => !used.has(port) && !used.has(name));
}

/** Whether two ports of the same length differ in one digit, or have two neighbours swapped. */
function isSlipOfPort(written: number, meant: number): boolean {
  const [a, b] = [String(written), String(meant)];
  if (a.length !== b.length || a.length < 3) return false;
  const differ = [...a].flatMap((digit, index) => (digit === b[index] ? [] : [index]));
  const [one, two] = differ;
  if (one === undefined) return false;
  if (differ.length === 1) return true;
  return two === one + 1 && differ.length === 2 && a[one] === b[two] && a[two] === b[one];
}

interface PlacedPort {
  readonly port: JsonObject;
  readonly resource: Resource;
  readonly path: (string | number)[];
}

function portsOf({ resource, spec }: PodMaker): readonly PlacedPort[] {
  const root = resource.object.spec === spec ? ['spec'] : ['spec', 'template', 'spec'];
  return ['containers', 'initContainers'].flatMap((list) =>
    listOf(spec, list).flatMap((container, index) =>
      listOf(container, 'ports').map((port, at) => ({ port, resource, path: [...root, list, index, 'ports', at] })),
    ),
  );
}

function listOf(value: JsonValue | undefined, key: string): readonly JsonObject[] {
  const list = valueAt(value, [key]);
  return isArray(list) ? list.filter(isObject) : [];
}

function protocolOf(port: JsonObject): string {
  return typeof port.protocol === 'string' ? port.protocol : 'TCP';
}

function describe(pods: readonly PodMaker[]): string {
  const first = pods[0]?.resource;
  if (first === undefined) return 'the pods';
  const more = pods.length - 1;
  return `${first.gvk.kind} "${first.name}"${more === 0 ? '' : ` and ${more} more`}`;
}
