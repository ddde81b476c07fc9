import {
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  meantBy,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { missing, OUTSIDE } from '../missing.ts';
import { find, isSurelyIn, locals, placeOf } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/ingress-backend',
  title: 'An Ingress leads to a Service and port that exist',
  why: 'The ingress controller answers every request to a backend that does not exist with an error, mostly 503.',
  remedy: 'Write the name of a Service in the namespace of the Ingress, and one of the ports under its spec.ports.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  defaultBackend:
    service:
      name: shop
      port:
        number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports:
    - port: 80
`,
    fail: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  defaultBackend:
    service:
      name: shop
      port:
        number: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports:
    - port: 80
`,
  },
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  kinds: ['networking.k8s.io/Ingress', 'extensions/Ingress'],
  scope: 'unit',
  *check(resource, context) {
    const seen = new Set<string>();
    for (const backend of backendsOf(resource)) {
      // One backend stands under many hosts and paths: its first place is enough.
      const key = `${backend.name} ${typeof backend.port} ${String(backend.port)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield* judge(resource, backend, context);
    }
    yield* judgeClass(resource, context);
  },
};

interface Backend {
  readonly name: string;
  readonly namePath: FieldPath;
  readonly port: string | number | undefined;
  readonly portPath: FieldPath;
}

function* backendsOf(resource: Resource): Iterable<Backend> {
  const spec = resource.object.spec;
  for (const key of ['defaultBackend', 'backend']) yield* backendAt(member(spec, key), ['spec', key]);
  const rules = member(spec, 'rules');
  if (!isArray(rules)) return;
  for (const [index, each] of rules.entries()) {
    const paths = valueAt(each, ['http', 'paths']);
    if (!isArray(paths)) continue;
    for (const [at, path] of paths.entries())
      yield* backendAt(member(path, 'backend'), ['spec', 'rules', index, 'http', 'paths', at, 'backend']);
  }
}

function* backendAt(backend: JsonValue | undefined, path: FieldPath): Iterable<Backend> {
  const service = member(backend, 'service');
  if (isObject(service)) {
    const port = member(service, 'port');
    const field = member(port, 'name') === undefined ? 'number' : 'name';
    yield* backendOf(service, 'name', member(port, field), [...path, 'service'], ['port', field]);
  } else if (isObject(backend)) yield* backendOf(backend, 'serviceName', member(backend, 'servicePort'), path, ['servicePort']);
}

function* backendOf(
  holder: JsonObject,
  nameKey: string,
  port: JsonValue | undefined,
  path: FieldPath,
  portPath: FieldPath,
): Iterable<Backend> {
  const name = member(holder, nameKey);
  if (typeof name !== 'string' || name === '') return;
  yield {
    name,
    namePath: [...path, nameKey],
    port: typeof port === 'string' || typeof port === 'number' ? port : undefined,
    portPath: [...path, ...portPath],
  };
}

function* judge(resource: Resource, backend: Backend, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { name, port } = backend;
  const { inventory } = context;
  const place = placeOf(resource);
  // The AWS load balancer controller reads such a backend from an annotation.
  if (port === 'use-annotation' || /[./]/.test(name)) return;
  const services = find(inventory, 'Service', name, place);
  if (services.length === 0) {
    const here = locals(inventory, 'Service', place);
    yield* missing(
      { kind: 'Service', name, place, path: backend.namePath, otherwise: here.length > 0 ? 'warning' : { notEvaluated: OUTSIDE } },
      context,
    );
    return;
  }
  if (port === undefined || services.some((service) => hasPort(service, port))) return;
  const service = services.find((each) => isSurelyIn(each, place));
  if (service === undefined) {
    yield { notEvaluated: 'the namespace or the build of its Service is not known' };
    return;
  }
  yield {
    path: backend.portPath,
    message: `Service "${name}" has no port ${typeof port === 'string' ? 'named ' : ''}"${port}", only ${shownPorts(service)}`,
    related: [{ resource: service, path: ['spec', 'ports'], message: 'its ports' }],
  };
}

function hasPort(service: Resource, wanted: string | number): boolean {
  const spec = service.object.spec;
  const ports = member(spec, 'ports');
  if (member(spec, 'type') === 'ExternalName' || !isArray(ports) || ports.length === 0) return true;
  return ports.some(
    (port) => (typeof wanted === 'string' && member(port, 'name') === wanted) || String(member(port, 'port')) === String(wanted),
  );
}

function shownPorts(service: Resource): string {
  const ports = valueAt(service.object, ['spec', 'ports']);
  const shown = isArray(ports)
    ? ports.map((port) => {
        const name = member(port, 'name');
        return `"${String(member(port, 'port'))}"${typeof name === 'string' ? ` (${name})` : ''}`;
      })
    : [];
  return shown.slice(0, 5).join(', ');
}

function* judgeClass(resource: Resource, context: RuleContext): Iterable<Problem> {
  const name = valueAt(resource.object, ['spec', 'ingressClassName']);
  const classes = context.inventory.byKind('networking.k8s.io/IngressClass');
  if (typeof name !== 'string' || name === '' || classes.some((each) => each.name === name)) return;
  if (context.inventory.isExternal('networking.k8s.io/IngressClass', undefined, name)) return;
  // Classes mostly come with the controller's chart; only a slip is certain enough.
  const meant = meantBy(name, classes.slice(0, 100));
  if (meant === undefined) return;
  yield {
    path: ['spec', 'ingressClassName'],
    severity: 'warning',
    message: `no IngressClass "${name}" is defined here; did you mean "${meant.name}"?`,
    related: [{ resource: meant, path: ['metadata', 'name'], message: 'this IngressClass has a similar name' }],
  };
}
