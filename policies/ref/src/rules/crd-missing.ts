import {
  addTo,
  apiVersionOf,
  type Inventory,
  isArray,
  isSlip,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';

export const rule: ResourceRule = {
  id: 'ref/crd-missing',
  title: 'The definition of a custom resource has its kind and version',
  why: 'The API server does not know a kind or version that no CustomResourceDefinition serves, and refuses the object.',
  remedy: 'Write a kind and version that the CustomResourceDefinition serves, or update the definition.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: shop.example/v1
kind: Basket
metadata:
  name: a
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: baskets.shop.example
spec:
  group: shop.example
  names:
    kind: Basket
  versions:
    - name: v1
      served: true
`,
    fail: `apiVersion: shop.example/v1beta1
kind: Basket
metadata:
  name: a
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: baskets.shop.example
spec:
  group: shop.example
  names:
    kind: Basket
  versions:
    - name: v1
      served: true
`,
  },
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/',
  kinds: ['*'],
  scope: 'unit',
  check(resource, context) {
    const { gvk } = resource;
    if (gvk.version === '' || context.kinds.isBuiltinGroup(gvk.group)) return NOTHING;
    const group = definitionsOf(context.inventory).get(gvk.group);
    if (group !== undefined) return judge(resource, group, context);
    return context.kinds.scopeOf(gvk) === undefined
      ? [{ notEvaluated: 'the definition of its kind may be installed outside Git' }]
      : NOTHING;
  },
};

const NOTHING: readonly Problem[] = [];

interface Definition {
  readonly crd: Resource;
  readonly kind: string;
  readonly served: readonly string[];
}

function* judge(resource: Resource, group: readonly Definition[], context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { gvk } = resource;
  const ofKind = group.filter((definition) => definition.kind === gvk.kind);
  const definition = ofKind[0];
  if (definition !== undefined) {
    if (ofKind.some(({ served, crd }) => served.length === 0 || served.includes(gvk.version) || crd.unit.state !== 'as-applied')) return;
    yield {
      path: ['apiVersion'],
      message: `the definition of ${gvk.kind} does not serve "${apiVersionOf(gvk)}", only "${definition.served.join('", "')}"`,
      related: [{ resource: definition.crd, path: ['spec', 'versions'], message: 'its versions' }],
    };
    return;
  }
  if (context.kinds.scopeOf(gvk) !== undefined) return;
  const meant = group.find((each) => isSlip(gvk.kind, each.kind));
  if (meant === undefined) {
    yield { notEvaluated: 'the definition of its kind may be installed outside Git' };
    return;
  }
  yield {
    path: ['kind'],
    message: `no definition of "${gvk.group}" has the kind "${gvk.kind}"; did you mean "${meant.kind}"?`,
    related: [{ resource: meant.crd, path: ['spec', 'names', 'kind'], message: 'this kind has a similar name' }],
  };
}

const known = new WeakMap<Inventory, ReadonlyMap<string, readonly Definition[]>>();

function definitionsOf(inventory: Inventory): ReadonlyMap<string, readonly Definition[]> {
  let groups = known.get(inventory);
  if (groups === undefined) {
    const made = new Map<string, Definition[]>();
    for (const crd of inventory.byKind('apiextensions.k8s.io/CustomResourceDefinition')) {
      const group = valueAt(crd.object, ['spec', 'group']);
      const kind = valueAt(crd.object, ['spec', 'names', 'kind']);
      if (typeof group !== 'string' || typeof kind !== 'string') continue;
      const definition: Definition = { crd, kind, served: servedBy(crd) };
      addTo(made, group, definition);
    }
    groups = made;
    known.set(inventory, groups);
  }
  return groups;
}

function servedBy(crd: Resource): readonly string[] {
  const versions = valueAt(crd.object, ['spec', 'versions']);
  if (isArray(versions)) {
    return versions.flatMap((version) => {
      const name = member(version, 'name');
      return typeof name === 'string' && member(version, 'served') !== false ? [name] : [];
    });
  }
  const version = valueAt(crd.object, ['spec', 'version']);
  return typeof version === 'string' ? [version] : [];
}
