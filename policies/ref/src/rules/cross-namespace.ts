import {
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { find, namesakes, placeOf } from '../sight.ts';

const GATEWAY = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

export const rule: ResourceRule = {
  id: 'ref/cross-namespace',
  title: 'A reference does not leave its namespace where the kind does not allow it',
  why: 'Most references mean an object of the same namespace. One into another namespace is not followed, unless the other side allows it (a ReferenceGrant, the allowedRoutes of a Gateway).',
  remedy:
    'Move the object into the same namespace, use the cluster-wide kind (ClusterIssuer), or allow the reference in the other namespace.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  examples: {
    pass: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: shop
  namespace: shop
spec:
  secretName: shop-tls
  issuerRef:
    name: letsencrypt
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: letsencrypt
  namespace: shop
`,
    fail: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: shop
  namespace: shop
spec:
  secretName: shop-tls
  issuerRef:
    name: letsencrypt
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: letsencrypt
  namespace: cert-manager
`,
  },
  link: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  kinds: [...ROUTES.map((kind) => `${GATEWAY}/${kind}`), `${GATEWAY}/Gateway`, 'cert-manager.io/Certificate', 'networking.k8s.io/Ingress'],
  scope: 'unit',
  *check(resource, context) {
    const { gvk } = resource;
    if (gvk.kind === 'Certificate') yield* judgeIssuer(resource, context);
    else if (gvk.kind === 'Ingress') yield* judgeIngress(resource);
    else if (gvk.kind === 'Gateway') yield* judgeReferences(resource, ['spec', 'listeners'], ['tls', 'certificateRefs'], 'Secret', context);
    else {
      yield* judgeReferences(resource, ['spec', 'rules'], ['backendRefs'], 'Service', context);
      yield* judgeParents(resource, context);
    }
  },
};

function* judgeIssuer(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { inventory } = context;
  const ref = valueAt(resource.object, ['spec', 'issuerRef']);
  const name = member(ref, 'name');
  const group = member(ref, 'group') ?? 'cert-manager.io';
  const place = placeOf(resource);
  if (typeof name !== 'string' || (member(ref, 'kind') ?? 'Issuer') !== 'Issuer' || group !== 'cert-manager.io') return;
  if (place.namespace === undefined || find(inventory, 'cert-manager.io/Issuer', name, place).length > 0) return;
  const away = namesakes(inventory, 'cert-manager.io/Issuer', name)[0];
  const wide = namesakes(inventory, 'cert-manager.io/ClusterIssuer', name)[0];
  if ((away === undefined && wide === undefined) || inventory.isExternal('cert-manager.io/Issuer', place.namespace, name)) return;
  if (inventory.incomplete !== undefined) {
    yield { notEvaluated: inventory.incomplete };
    return;
  }
  const path = ['spec', 'issuerRef'];
  if (wide !== undefined) {
    yield {
      path,
      message: `no Issuer "${name}" is in namespace "${place.namespace}", "${name}" is a ClusterIssuer: the kind must be said`,
      related: [{ resource: wide, path: ['kind'], message: 'this is a ClusterIssuer' }],
    };
  } else if (away !== undefined) {
    yield {
      path,
      message: `Issuer "${name}" is in namespace "${away.namespace}", a Certificate of "${place.namespace}" cannot use it`,
      related: [{ resource: away, path: ['metadata', 'namespace'], message: 'the Issuer' }],
    };
  }
}

/** A backend has no field for a namespace, so people write it into the name. */
function* judgeIngress(resource: Resource): Iterable<Problem> {
  const spec = resource.object.spec;
  const backends: [FieldPath, JsonValue | undefined][] = [[['spec', 'defaultBackend'], member(spec, 'defaultBackend')]];
  const rules = member(spec, 'rules');
  for (const [index, each] of isArray(rules) ? rules.entries() : []) {
    const paths = valueAt(each, ['http', 'paths']);
    for (const [at, path] of isArray(paths) ? paths.entries() : [])
      backends.push([['spec', 'rules', index, 'http', 'paths', at, 'backend'], member(path, 'backend')]);
  }
  for (const [path, backend] of backends) {
    const name = valueAt(backend, ['service', 'name']);
    if (typeof name !== 'string' || !/^[a-z0-9-]+(\/[a-z0-9-]+|\.[a-z0-9-]+(\.svc(\.cluster\.local)?)?)$/.test(name)) continue;
    yield {
      path: [...path, 'service', 'name'],
      message: `"${name}" names a Service of another namespace, an Ingress leads to Services of its own only`,
    };
  }
}

/** References that need a ReferenceGrant in the namespace they lead to. */
function* judgeReferences(
  resource: Resource,
  holders: FieldPath,
  field: FieldPath,
  defaultKind: string,
  context: RuleContext,
): Iterable<Problem | NotEvaluated> {
  const list = valueAt(resource.object, holders);
  if (!isArray(list) || resource.namespace === undefined) return;
  const { inventory } = context;
  for (const [index, holder] of list.entries()) {
    const references = valueAt(holder, field);
    for (const [at, reference] of isArray(references) ? references.entries() : []) {
      const namespace = member(reference, 'namespace');
      const name = member(reference, 'name');
      const kind = member(reference, 'kind') ?? defaultKind;
      const group = member(reference, 'group') ?? '';
      if (typeof namespace !== 'string' || namespace === resource.namespace || typeof name !== 'string') continue;
      if (typeof kind !== 'string' || typeof group !== 'string') continue;
      if (isGranted(resource, { group, kind, name, namespace }, context)) continue;
      const key = group === '' ? kind : `${group}/${kind}`;
      const target = namesakes(inventory, key, name).find((each) => each.namespace === namespace);
      if (inventory.incomplete !== undefined || target === undefined) {
        // Whoever owns the namespace grants it.
        yield { notEvaluated: inventory.incomplete ?? 'the grant may stand beside its target, outside Git' };
        continue;
      }
      yield {
        path: [...holders, index, ...field, at, 'namespace'],
        message: `no ReferenceGrant in namespace "${namespace}" lets a ${resource.gvk.kind} of "${resource.namespace}" use ${kind} "${name}"`,
        related: [{ resource: target, path: ['metadata', 'name'], message: `the ${kind}` }],
      };
    }
  }
}

interface Referred {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

function isGranted({ gvk, namespace }: Resource, to: Referred, { inventory }: RuleContext): boolean {
  return inventory.byKind(`${GATEWAY}/ReferenceGrant`).some((grant) => {
    if (grant.namespace !== undefined && grant.namespace !== to.namespace && grant.unit.mayAdd?.namespace !== true) return false;
    const from = valueAt(grant.object, ['spec', 'from']);
    const targets = valueAt(grant.object, ['spec', 'to']);
    if (!isArray(from) || !isArray(targets)) return true;
    const isFrom = from.some(
      (each) => member(each, 'group') === gvk.group && member(each, 'kind') === gvk.kind && member(each, 'namespace') === namespace,
    );
    return (
      isFrom &&
      targets.some(
        (each) =>
          (member(each, 'group') ?? '') === to.group &&
          member(each, 'kind') === to.kind &&
          (member(each, 'name') === undefined || member(each, 'name') === to.name),
      )
    );
  });
}

/** A Gateway takes routes of its own namespace only, unless its listeners say otherwise. */
function* judgeParents(resource: Resource, { inventory }: RuleContext): Iterable<Problem> {
  const parents = valueAt(resource.object, ['spec', 'parentRefs']);
  if (!isArray(parents) || resource.namespace === undefined) return;
  for (const [index, parent] of parents.entries()) {
    const namespace = member(parent, 'namespace');
    const name = member(parent, 'name');
    if (typeof namespace !== 'string' || namespace === resource.namespace || typeof name !== 'string') continue;
    if ((member(parent, 'kind') ?? 'Gateway') !== 'Gateway' || (member(parent, 'group') ?? GATEWAY) !== GATEWAY) continue;
    const gateways = namesakes(inventory, `${GATEWAY}/Gateway`, name).filter((each) => each.namespace === namespace);
    const gateway = gateways[0];
    if (gateway === undefined || gateways.length > 1 || gateway.unit.state !== 'as-applied') continue;
    const listeners = listenersOf(gateway, parent);
    if (listeners.length === 0 || !listeners.every(isOwnOnly)) continue;
    yield {
      path: ['spec', 'parentRefs', index, 'namespace'],
      message: `Gateway "${name}" takes no ${resource.gvk.kind} of namespace "${resource.namespace}", only of its own "${namespace}"`,
      related: [{ resource: gateway, path: ['spec', 'listeners'], message: 'no listener has allowedRoutes for other namespaces' }],
    };
  }
}

function listenersOf(gateway: Resource, parent: JsonValue): readonly JsonObject[] {
  const listeners = valueAt(gateway.object, ['spec', 'listeners']);
  const section = member(parent, 'sectionName');
  const port = member(parent, 'port');
  if (!isArray(listeners) || valueAt(gateway.object, ['spec', 'allowedListeners']) !== undefined) return [];
  return listeners
    .filter(isObject)
    .filter((listener) => (section === undefined || listener.name === section) && (port === undefined || listener.port === port));
}

function isOwnOnly(listener: JsonObject): boolean {
  const from = valueAt(listener, ['allowedRoutes', 'namespaces', 'from']) ?? 'Same';
  return from === 'Same' || from === 'None';
}
