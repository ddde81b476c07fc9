import { type Inventory, type Resource, type ResourceRule, type RuleContext, valueAt } from '@plumbline/core';

/** Kubernetes makes them itself. */
const ALWAYS = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

export const rule: ResourceRule = {
  id: 'meta/namespace-missing-object',
  title: 'The namespace of an object exists',
  why: 'The API server refuses an object whose namespace does not exist, so it is never applied.',
  remedy:
    'Correct the name, or add the Namespace. If something outside this repository makes it, name it under "external" in the configuration.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n',
    fail: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: web-shop\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: webshop\n',
  },
  kinds: ['*'],
  scope: 'unit',
  *check(resource, context) {
    const { namespace, unit } = resource;
    const { inventory } = context;
    if (namespace === undefined || ALWAYS.has(namespace) || unit.state !== 'as-applied') return;
    if (unit.mayAdd?.namespace === true || unit.mayAdd?.resources === true || inventory.incomplete !== undefined) return;
    if (valueAt(resource.object, ['metadata', 'namespace']) !== namespace || context.kinds.scopeOf(resource.gvk) === 'Cluster') return;
    const own = ownNamespaces(context);
    // Many repositories use namespaces that others make: only one that makes its own can miss one.
    if (own.names.size === 0 || own.names.has(namespace) || own.first.get(namespace) !== resource) return;
    if (inventory.isExternal('Namespace', undefined, namespace)) return;
    const meant = [...own.names].find((name) => isSlip(namespace, name));
    if (meant === undefined && !own.ownsAll) return;
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
    yield { path: ['metadata', 'namespace'], message: `no Namespace "${namespace}" is defined here${hint}` };
  },
};

interface OwnNamespaces {
  readonly names: ReadonlySet<string>;
  /** Nearly every namespace in use is defined: then one that is not was forgotten. */
  readonly ownsAll: boolean;
  /** The first resource in each namespace: one word for a namespace is enough. */
  readonly first: ReadonlyMap<string, Resource>;
}

const known = new WeakMap<Inventory, OwnNamespaces>();

function ownNamespaces({ inventory }: RuleContext): OwnNamespaces {
  let own = known.get(inventory);
  if (own === undefined) {
    const names = new Set<string>();
    const first = new Map<string, Resource>();
    for (const resource of inventory.all()) {
      const made = namespaceMadeBy(resource);
      if (made !== undefined) names.add(made);
      if (resource.namespace !== undefined && !first.has(resource.namespace)) first.set(resource.namespace, resource);
    }
    const used = [...first.keys()].filter((name) => !ALWAYS.has(name));
    const defined = used.filter((name) => names.has(name));
    own = { names, first, ownsAll: defined.length >= 3 && defined.length >= used.length * 0.9 };
    known.set(inventory, own);
  }
  return own;
}

/** A Namespace, or what makes one: a Flux release with createNamespace, an OpenShift project. */
function namespaceMadeBy({ gvk, name, object }: Resource): string | undefined {
  if ((gvk.kind === 'Namespace' && gvk.group === '') || gvk.group === 'project.openshift.io') return name;
  if (gvk.kind === 'SubnamespaceAnchor') return name;
  if (gvk.kind !== 'HelmRelease' || valueAt(object, ['spec', 'install', 'createNamespace']) !== true) return undefined;
  const target = valueAt(object, ['spec', 'targetNamespace']);
  return typeof target === 'string' ? target : undefined;
}

/** One letter too many or too few, two swapped, or only hyphens that differ. A different letter or digit may well be another name. */
function isSlip(written: string, meant: string): boolean {
  if (written.length < 4) return false;
  if (written.replaceAll('-', '') === meant.replaceAll('-', '')) return true;
  const [short, long] = written.length < meant.length ? [written, meant] : [meant, written];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length === short.length + 1) return /[a-z]/.test(long[at] ?? '') && short.slice(at) === long.slice(at + 1);
  return (
    short.length === long.length && short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  );
}
