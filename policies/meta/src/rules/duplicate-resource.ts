import {
  type Inventory,
  isEqual,
  kindKey,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  type Severity,
} from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'meta/duplicate-resource',
  title: 'An object is defined once in what is applied together',
  why: 'Both definitions are applied one after the other, so the last one wins: the settings of the other are lost, or the two alternate for ever. Kustomize refuses to build.',
  remedy: 'Delete one of the two, or give it another name or namespace.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: "1"\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: "2"\n',
  },
  kinds: ['*'],
  scope: 'unit',
  check(resource, context) {
    const first = repeatsOf(context).get(resource);
    if (first === undefined) return NOTHING;
    const isSame = isEqual(first.object, resource.object);
    // The same thing in two plain files does no harm: an all-in-one file beside its parts is how examples are published.
    if (isSame && isPlain(resource) && first.document.file !== resource.document.file) return NOTHING;
    const problem: Problem = {
      path: ['metadata', 'name'],
      message: `${resource.gvk.kind} "${resource.name}" is defined twice${isSame ? ', both times the same' : ''}`,
      related: [{ resource: first, path: ['metadata', 'name'], message: 'first defined here' }],
      ...severityOf(first, resource, isSame),
    };
    return [problem];
  },
};

const known = new WeakMap<Inventory, ReadonlyMap<Resource, Resource>>();

/** Each resource whose identity another one before it has, with that one; made once for an inventory. */
function repeatsOf(context: RuleContext): ReadonlyMap<Resource, Resource> {
  let repeats = known.get(context.inventory);
  if (repeats === undefined) {
    const made = new Map<Resource, Resource>();
    const firsts = new Map<string, Resource>();
    for (const resource of context.inventory.all()) {
      const identity = identityOf(resource, context);
      if (identity === undefined) continue;
      const first = firsts.get(identity);
      if (first === undefined) firsts.set(identity, resource);
      // The name of one that the server gives its name is only the beginning of it. Most objects need no look to know that they are no repeat.
      else if (!isNamed(first)) firsts.set(identity, resource);
      else if (isNamed(resource)) made.set(resource, first);
    }
    repeats = made;
    known.set(context.inventory, repeats);
  }
  return repeats;
}

/**
 * An error where the two are surely applied together: in one file, or in a unit that a kustomization, Flux or Argo CD takes as
 * a whole. Two plain files of a folder are alternatives more often than not (examples, variants of a test), of which people
 * apply one.
 */
function severityOf(first: Resource, resource: Resource, isSame: boolean): { severity?: Severity } {
  if (!isPlain(resource)) return {};
  if (first.document.file === resource.document.file) return isSame ? { severity: 'warning' } : {};
  return { severity: 'info' };
}

/** Whether nothing but their folder says that the files of its unit belong together. */
function isPlain({ unit }: Resource): boolean {
  return unit.kind === 'files' && unit.claimedBy === undefined;
}

/** Unit, group, kind, namespace and name; the version is no part of it. Undefined for what has no certain identity. */
function identityOf(resource: Resource, { kinds }: RuleContext): string | undefined {
  const { gvk, unit, namespace, name } = resource;
  if (gvk.version === '' || unit.state !== 'as-applied' || name === '') return undefined;
  // One that names no namespace needs no look at its scope: the word for it is the same either way.
  const isCluster = namespace !== undefined && namespace !== 'default' && kinds.scopeOf(gvk) === 'Cluster';
  return `${unit.id}\n${kindKey(gvk)}\n${isCluster ? 'default' : (namespace ?? 'default')}\n${name}`;
}

function isNamed({ object }: Resource): boolean {
  const name = member(member(object, 'metadata'), 'name');
  return typeof name === 'string' && name !== '';
}
