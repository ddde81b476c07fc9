import { type Inventory, type Resource, type ResourceRule, type RuleContext, valueAt } from '@plumbline/core';

/** Kinds that run pods: what belongs to a namespace of its own. */
const WORKLOADS = /^(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)$/;

export const rule: ResourceRule = {
  id: 'meta/default-namespace',
  title: 'Workloads live in a namespace of their own',
  why: 'Everything that names no namespace meets in "default": quotas, network policies and access rules for one application then apply to all, or to none.',
  remedy: 'Set metadata.namespace to the namespace of the application.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: workload('shop'),
    fail: workload('default'),
  },
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#when-to-use-multiple-namespaces',
  kinds: ['Pod', 'ReplicationController', 'apps/*', 'batch/*'],
  scope: 'unit',
  *check(resource, context) {
    const { unit, gvk } = resource;
    if (!WORKLOADS.test(gvk.kind) || unit.mayAdd?.namespace === true) return;
    const written = valueAt(resource.object, ['metadata', 'namespace']);
    if (written === 'default') {
      yield { path: ['metadata', 'namespace'], message: `${gvk.kind} "${resource.name}" is in the namespace "default"` };
    } else if ((written === undefined || written === null || written === '') && resource.namespace === undefined) {
      // A folder whose manifests name no namespace is applied with one chosen (`-n`); one that names it elsewhere is not.
      if (foldersWithNamespace(context).has(folderOf(resource))) {
        yield {
          path: ['metadata'],
          part: 'key',
          message: `${gvk.kind} "${resource.name}" has no namespace, unlike most objects in its folder`,
          // Nothing in Git shows how plain files are applied: a pipeline may choose the namespace.
          ...(unit.kind === 'files' && unit.claimedBy === undefined ? { severity: 'info' as const } : {}),
        };
      }
    }
  },
};

const known = new WeakMap<Inventory, ReadonlySet<string>>();

/** The folders in which most of the namespaced objects say their namespace; made once for an inventory. */
function foldersWithNamespace({ inventory, kinds }: RuleContext): ReadonlySet<string> {
  let folders = known.get(inventory);
  if (folders === undefined) {
    const balance = new Map<string, number>();
    for (const resource of inventory.all()) {
      if (kinds.scopeOf(resource.gvk) !== 'Namespaced') continue;
      const folder = folderOf(resource);
      balance.set(folder, (balance.get(folder) ?? 0) + (resource.namespace === undefined ? -1 : 1));
    }
    folders = new Set([...balance].filter(([, count]) => count > 0).map(([folder]) => folder));
    known.set(inventory, folders);
  }
  return folders;
}

function folderOf({ document, unit }: Resource): string {
  const { path } = document.file;
  return `${unit.id}\n${path.slice(0, path.lastIndexOf('/') + 1)}`;
}

function workload(namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: ${namespace}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop:1.0
`;
}
