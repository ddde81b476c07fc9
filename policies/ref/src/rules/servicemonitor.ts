import {
  addTo,
  closest,
  type Inventory,
  isArray,
  isObject,
  isSlip,
  type JsonObject,
  type JsonValue,
  kindKey,
  matchesSelector,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { isInjectedPort, podsMatching } from '../pods-in-sight.ts';
import { isSurelyIn, locals, placeOf } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/servicemonitor',
  title: 'A ServiceMonitor or PodMonitor finds what it monitors, and its port',
  why: 'Prometheus drops a monitor that selects nothing, or a port that is not there, without a word: no metrics, and no alert.',
  remedy: 'Give spec.selector the labels of the Service (not those of the pods), and write the name of a port of the Service.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: shop
spec:
  selector:
    matchLabels:
      app: shop
  endpoints:
    - port: metrics
---
apiVersion: v1
kind: Service
metadata:
  name: shop
  labels:
    app: shop
spec:
  ports:
    - name: metrics
      port: 9090
`,
    fail: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: shop
spec:
  selector:
    matchLabels:
      app: shop
  endpoints:
    - port: http-metrics
---
apiVersion: v1
kind: Service
metadata:
  name: shop
  labels:
    app: shop
spec:
  ports:
    - name: metrics
      port: 9090
`,
  },
  link: 'https://prometheus-operator.dev/docs/developer/getting-started/',
  kinds: ['monitoring.coreos.com/ServiceMonitor', 'monitoring.coreos.com/PodMonitor'],
  scope: 'unit',
  *check(resource, context) {
    const selector = valueAt(resource.object, ['spec', 'selector']);
    if (!isObject(selector) || Object.keys(selector).length === 0) return;
    if (kindKey(resource.gvk).endsWith('PodMonitor')) yield* judgePods(resource, selector, context);
    else yield* judgeServices(resource, selector, context);
  },
};

function* judgeServices(resource: Resource, selector: JsonObject, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { inventory } = context;
  const found = servicesMatching(inventory, selector).filter((service) => isReached(resource, service));
  if (found.length > 0) {
    if (found.some((service) => service.unit.state !== 'as-applied' || hasUnseenPorts(service))) return;
    const names = found.flatMap((service) => portNames(member(service.object.spec, 'ports')));
    yield* judgePorts('endpoints', names, `Service "${found[0]?.name}"`, found[0], resource);
    return;
  }
  if (inventory.incomplete !== undefined) {
    yield { notEvaluated: inventory.incomplete };
    return;
  }
  const near = nearest(selector, resource, locals(inventory, 'Service', placeOf(resource)));
  if (near === undefined) {
    yield { notEvaluated: 'its Service may be made by a chart or an operator' };
    return;
  }
  const isPods = podsMatching(inventory, selector, placeOf(resource)).length > 0;
  yield {
    path: ['spec', 'selector'],
    message: `the selector matches no Service${isPods ? ', only pods' : ''}; nearest is Service "${near.name}"`,
    related: [{ resource: near, path: ['metadata'], message: 'this Service has other labels' }],
  };
}

function* judgePods(resource: Resource, selector: JsonObject, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const pods = podsMatching(context.inventory, selector, { namespace: undefined, unit: resource.unit }).filter((pod) =>
    isReached(resource, pod.resource),
  );
  const first = pods[0];
  if (first === undefined) {
    yield { notEvaluated: 'its pods may be made by a chart or an operator' };
    return;
  }
  if (pods.some((pod) => pod.resource.unit.state !== 'as-applied')) return;
  const names = pods.flatMap(({ spec }) =>
    ['containers', 'initContainers'].flatMap((list) => {
      const containers = member(spec, list);
      return isArray(containers) ? containers.flatMap((container) => portNames(member(container, 'ports'))) : [];
    }),
  );
  yield* judgePorts('podMetricsEndpoints', names, `${first.resource.gvk.kind} "${first.resource.name}"`, first.resource, resource);
}

function* judgePorts(
  field: string,
  names: readonly string[],
  owner: string,
  related: Resource | undefined,
  resource: Resource,
): Iterable<Problem> {
  const endpoints = valueAt(resource.object, ['spec', field]);
  if (!isArray(endpoints)) return;
  for (const [index, endpoint] of endpoints.entries()) {
    const port = member(endpoint, 'port');
    if (typeof port !== 'string' || port === '' || names.includes(port) || isInjectedPort(port)) continue;
    const meant = closest(port, names) ?? (names.length === 1 ? names[0] : undefined);
    yield {
      path: ['spec', field, index, 'port'],
      message: `${owner} has no port named "${port}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      ...(related === undefined ? {} : { related: [{ resource: related, path: ['spec'], message: 'what the monitor selects' }] }),
    };
  }
}

const labelled = new WeakMap<Inventory, ReadonlyMap<string, readonly Resource[]>>();

function servicesMatching(inventory: Inventory, selector: JsonObject): readonly Resource[] {
  let byLabel = labelled.get(inventory);
  if (byLabel === undefined) {
    const made = new Map<string, Resource[]>();
    for (const service of inventory.byKind('Service')) {
      const labels = labelsOf(service);
      for (const [key, value] of isObject(labels) ? Object.entries(labels) : []) {
        const pair = `${key}=${String(value ?? '')}`;
        addTo(made, pair, service);
      }
    }
    byLabel = made;
    labelled.set(inventory, byLabel);
  }
  let among = inventory.byKind('Service');
  const map = member(selector, 'matchLabels');
  for (const [key, value] of isObject(map) ? Object.entries(map) : []) {
    const bucket = byLabel.get(`${key}=${String(value ?? '')}`) ?? [];
    if (bucket.length < among.length) among = bucket;
  }
  return among.filter((service) => matchesSelector(selector, labelsOf(service)));
}

/** Whether the monitor looks into the namespace: its own, those it names, or any. */
function isReached(monitor: Resource, { namespace }: Resource): boolean {
  const wanted = valueAt(monitor.object, ['spec', 'namespaceSelector']);
  if (namespace === undefined || member(wanted, 'any') === true) return true;
  const names = member(wanted, 'matchNames');
  if (isArray(names) && names.length > 0) return names.includes(namespace);
  return monitor.namespace === undefined || monitor.namespace === namespace;
}

function hasUnseenPorts(service: Resource): boolean {
  return !isArray(valueAt(service.object, ['spec', 'ports']));
}

function portNames(ports: JsonValue | undefined): readonly string[] {
  if (!isArray(ports)) return [];
  return ports.flatMap((port) => {
    const name = member(port, 'name');
    return typeof name === 'string' ? [name] : [];
  });
}

/** A Service of the monitor's own name, or with a value that is a slip of the wanted one. */
function nearest(selector: JsonObject, monitor: Resource, services: readonly Resource[]): Resource | undefined {
  const place = placeOf(monitor);
  const map = member(selector, 'matchLabels');
  const wanted = isObject(map) ? Object.entries(map) : [];
  return services.find(
    (service) =>
      isSurelyIn(service, place) &&
      isReached(monitor, service) &&
      (service.name === monitor.name ||
        wanted.some(([key, value]) => {
          const own = member(labelsOf(service), key);
          return typeof value === 'string' && (value === service.name || (typeof own === 'string' && isSlip(value, own)));
        })),
  );
}

function labelsOf(resource: Resource): JsonValue | undefined {
  return valueAt(resource.object, ['metadata', 'labels']);
}
