import { type Inventory, type Resource, type ResourceRule, type RuleContext, valueAt } from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

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
  check(resource, context) {
    const message = missingIn(context).get(resource);
    return message === undefined ? NOTHING : [{ path: ['metadata', 'namespace'], message }];
  },
};

const known = new WeakMap<Inventory, ReadonlyMap<Resource, string>>();

/** The first resource of each namespace that surely is not made, with the message; made once for an inventory. */
function missingIn(context: RuleContext): ReadonlyMap<Resource, string> {
  let missing = known.get(context.inventory);
  if (missing === undefined) {
    missing = findMissing(context);
    known.set(context.inventory, missing);
  }
  return missing;
}

function findMissing({ inventory, kinds }: RuleContext): ReadonlyMap<Resource, string> {
  const missing = new Map<Resource, string>();
  if (inventory.incomplete !== undefined) return missing;
  const names = new Set<string>();
  const first = new Map<string, Resource>();
  for (const resource of inventory.all()) {
    const made = namespaceMadeBy(resource);
    if (made !== undefined) names.add(made);
    const { namespace } = resource;
    if (namespace === undefined || ALWAYS.has(namespace)) continue;
    if (!first.has(namespace) && kinds.scopeOf(resource.gvk) !== 'Cluster') first.set(namespace, resource);
  }
  // Many repositories use namespaces that others make: only one that makes its own can miss one. Where nearly every namespace
  // in use is made here, one that is not was forgotten; elsewhere only a slip of the pen is certain.
  const defined = [...first.keys()].filter((name) => names.has(name)).length;
  const ownsAll = defined >= 3 && defined >= first.size * 0.9;
  for (const [namespace, resource] of first) {
    if (names.size === 0 || names.has(namespace) || !isAsWritten(resource, namespace)) continue;
    if (inventory.isExternal('Namespace', undefined, namespace)) continue;
    const meant = [...names].find((name) => isSlip(namespace, name));
    if (meant === undefined && !ownsAll) continue;
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
    missing.set(resource, `no Namespace "${namespace}" is defined here${hint}`);
  }
  return missing;
}

/** Whether the namespace is the one that is applied: no build sets another or adds the Namespace. */
function isAsWritten({ unit, object }: Resource, namespace: string): boolean {
  if (unit.state !== 'as-applied' || unit.mayAdd?.namespace === true || unit.mayAdd?.resources === true) return false;
  return valueAt(object, ['metadata', 'namespace']) === namespace;
}

/** A Namespace, or what makes one: a Flux release with createNamespace, an OpenShift project. */
function namespaceMadeBy(resource: Resource): string | undefined {
  const { gvk, name } = resource;
  if ((gvk.kind === 'Namespace' && gvk.group === '') || gvk.group === 'project.openshift.io') return name;
  if (gvk.kind === 'SubnamespaceAnchor') return name;
  if (gvk.kind !== 'HelmRelease') return undefined;
  // An object that is known from an earlier run is read only when it is asked for.
  const { object } = resource;
  if (valueAt(object, ['spec', 'install', 'createNamespace']) !== true) return undefined;
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
