import {
  addTo,
  type Inventory,
  isArray,
  isSlip,
  isSureSlip,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import { missing, OUTSIDE, slipOfDefault } from '../missing.ts';
import { find, inNamespace, isSurelyIn, locals, namesakes, type Place, placeOf } from '../sight.ts';

const RBAC = 'rbac.authorization.k8s.io';

export const rule: ResourceRule = {
  id: 'ref/rolebinding-role',
  title: 'A role binding names a role and accounts that exist',
  why: 'A binding to a role that does not exist grants nothing, and one for an account of another namespace grants it to whoever gets that name.',
  remedy: 'Write kind (Role or ClusterRole) and name of a role that exists, and for each ServiceAccount the namespace that it is in.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
`,
    fail: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
`,
  },
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  kinds: [`${RBAC}/RoleBinding`, `${RBAC}/ClusterRoleBinding`],
  scope: 'unit',
  *check(resource, context) {
    yield* judgeRole(resource, context);
    yield* judgeSubjects(resource, context);
  },
};

function* judgeRole(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { inventory } = context;
  const role = resource.object.roleRef;
  const kind = member(role, 'kind');
  const name = member(role, 'name');
  if (typeof name !== 'string' || name === '' || (kind !== 'Role' && kind !== 'ClusterRole')) return;
  const path = ['roleRef', 'name'];
  const place = placeOf(resource);
  if (kind === 'Role') {
    if (resource.gvk.kind === 'ClusterRoleBinding' || find(inventory, `${RBAC}/Role`, name, place).length > 0) return;
    const cluster = namesakes(inventory, `${RBAC}/ClusterRole`, name)[0];
    if (cluster !== undefined && !inventory.isExternal(`${RBAC}/Role`, place.namespace, name)) {
      yield otherKind(cluster, kind, name, place, inventory);
      return;
    }
    // A Role is written beside its binding, unless something else makes the roles here.
    const isWritten = locals(inventory, `${RBAC}/Role`, place).length > 0;
    const otherwise = isWritten ? 'warning' : { notEvaluated: OUTSIDE };
    yield* missing({ kind: `${RBAC}/Role`, name, place, path, isFree: unboundIn(inventory), otherwise }, context);
    return;
  }
  if (BUILTIN.has(name) || namesakes(inventory, `${RBAC}/ClusterRole`, name).length > 0) return;
  const builtin = [...BUILTIN].find((each) => isSureSlip(name, each));
  if (builtin !== undefined) {
    yield { path, message: `no ClusterRole "${name}" is defined here; did you mean "${builtin}"?` };
    return;
  }
  if (name.startsWith('system:')) return;
  const own = locals(inventory, `${RBAC}/Role`, place).find((each) => each.name === name);
  if (own !== undefined && !inventory.isExternal(`${RBAC}/ClusterRole`, undefined, name)) {
    yield otherKind(own, kind, name, place, inventory);
    return;
  }
  if (isSlip(name, 'cluster-admin')) {
    yield { path, message: `no ClusterRole "${name}" is defined here; did you mean "cluster-admin"?` };
    return;
  }
  const candidates = (rolesByUnit(inventory).get(resource.unit) ?? []).slice(0, 300);
  const isFree = unboundIn(inventory);
  yield* missing(
    {
      kind: `${RBAC}/ClusterRole`,
      name,
      place: { ...place, namespace: undefined },
      path,
      candidates,
      isFree,
      otherwise: { notEvaluated: OUTSIDE },
    },
    context,
  );
}

/** Those that every cluster has and that people bind to. */
const BUILTIN = new Set([
  'cluster-admin',
  'admin',
  'edit',
  'view',
  'system:auth-delegator',
  'system:basic-user',
  'system:discovery',
  'system:kubelet-api-admin',
  'system:monitoring',
  'system:node',
  'system:node-bootstrapper',
  'system:node-problem-detector',
  'system:node-proxier',
  'system:persistent-volume-provisioner',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

function otherKind(found: Resource, kind: string, name: string, place: Place, { incomplete }: Inventory): Problem {
  return {
    path: ['roleRef', 'kind'],
    message: `no ${kind} "${name}" is defined here${kind === 'Role' ? inNamespace(place.namespace) : ''}, "${name}" is a ${found.gvk.kind}`,
    related: [{ resource: found, path: ['kind'], message: `this is a ${found.gvk.kind}` }],
    // What is not in sight may bear the same name.
    ...(incomplete === undefined && found.unit === place.unit ? {} : { severity: 'warning' as const }),
  };
}

/** A role to which no binding leads may be meant by one that leads nowhere. */
function unboundIn(inventory: Inventory): (role: Resource) => boolean {
  return ({ name }) => !boundBy(inventory).roles.has(name);
}

interface Bound {
  readonly roles: ReadonlySet<string>;
  /** NAMESPACE/NAME of the accounts. */
  readonly accounts: ReadonlySet<string>;
}

const bindings = new WeakMap<Inventory, Bound>();
const roles = new WeakMap<Inventory, ReadonlyMap<Resource['unit'], readonly Resource[]>>();

function boundBy(inventory: Inventory): Bound {
  let bound = bindings.get(inventory);
  if (bound === undefined) {
    const names = new Set<string>();
    const accounts = new Set<string>();
    for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
      for (const { object } of inventory.byKind(`${RBAC}/${kind}`)) {
        const name = member(object.roleRef, 'name');
        if (typeof name === 'string') names.add(name);
        const subjects = member(object, 'subjects');
        if (isArray(subjects))
          for (const each of subjects) accounts.add(`${String(member(each, 'namespace'))}/${String(member(each, 'name'))}`);
      }
    bound = { roles: names, accounts };
    bindings.set(inventory, bound);
  }
  return bound;
}

function rolesByUnit(inventory: Inventory): ReadonlyMap<Resource['unit'], readonly Resource[]> {
  let byUnit = roles.get(inventory);
  if (byUnit === undefined) {
    const made = new Map<Resource['unit'], Resource[]>();
    for (const role of inventory.byKind(`${RBAC}/ClusterRole`)) {
      addTo(made, role.unit, role);
    }
    byUnit = made;
    roles.set(inventory, byUnit);
  }
  return byUnit;
}

function* judgeSubjects(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { inventory } = context;
  const subjects = member(resource.object, 'subjects');
  if (!isArray(subjects)) return;
  for (const [index, subject] of subjects.entries()) {
    const name = member(subject, 'name');
    const namespace = member(subject, 'namespace');
    if (member(subject, 'kind') !== 'ServiceAccount' || typeof name !== 'string' || name === '' || name === 'default') continue;
    // The API server refuses an account without a namespace.
    if (typeof namespace !== 'string' || namespace === '') continue;
    const place: Place = { namespace, unit: resource.unit };
    if (find(inventory, 'ServiceAccount', name, place).length > 0) continue;
    const slip = slipOfDefault(name, namespace, ['subjects', index, 'name']);
    if (slip !== undefined) {
      yield slip;
      continue;
    }
    const away = wrongNamespace(resource, name, namespace, context);
    if (away !== undefined) {
      yield {
        path: ['subjects', index, 'namespace'],
        message: `ServiceAccount "${name}" is not in namespace "${namespace}" but in "${away.namespace}"`,
        related: [{ resource: away, path: ['metadata', 'namespace'], message: 'the ServiceAccount' }],
      };
      continue;
    }
    yield* missing(
      { kind: 'ServiceAccount', name, place, path: ['subjects', index, 'name'], otherwise: { notEvaluated: OUTSIDE } },
      context,
    );
  }
}

/** The only account of that name, in the same unit, while nothing in sight is in the namespace that the binding says. */
function wrongNamespace(binding: Resource, name: string, namespace: string, { inventory }: RuleContext): Resource | undefined {
  const [only, another] = namesakes(inventory, 'ServiceAccount', name);
  if (only === undefined || another !== undefined || only.unit !== binding.unit || only.namespace === undefined) return undefined;
  if (!isSurelyIn(only, { namespace: only.namespace, unit: binding.unit }) || inventory.incomplete !== undefined) return undefined;
  // Bound as it is elsewhere, it may not be what is meant here.
  if (boundBy(inventory).accounts.has(`${only.namespace}/${name}`)) return undefined;
  if (inventory.isExternal('ServiceAccount', namespace, name) || namespacesOf(inventory).has(namespace)) return undefined;
  return namespace.startsWith('kube-') ? undefined : only;
}

const namespaces = new WeakMap<Inventory, ReadonlySet<string>>();

function namespacesOf(inventory: Inventory): ReadonlySet<string> {
  let names = namespaces.get(inventory);
  if (names === undefined) {
    const made = new Set<string>();
    for (const { gvk, name, namespace } of inventory.all()) {
      if (namespace !== undefined) made.add(namespace);
      else if (gvk.kind === 'Namespace' && gvk.group === '') made.add(name);
    }
    names = made;
    namespaces.set(inventory, names);
  }
  return names;
}
