import type { Resource } from '../read/resource.ts';
import { starMatcher } from '../values/star.ts';
import { indexKinds } from './index-kinds.ts';
import type { Inventory } from './inventory.ts';

/** An object that configuration declares to exist outside Git. `name` and `namespace` may hold `*`. */
export interface ExternalObject {
  /** A kind (`Secret`) or a kind key (`apps/Deployment`); `*` for any. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * The inventory of one unit group. The order of `resources` does not count: they are put in order of file and position.
 * Objects `elsewhere` in the repository, looked up by kind key and name, are known to exist, like the external ones, and are no evidence of anything else.
 */
export function collect(
  resources: readonly Resource[],
  group: { readonly incomplete?: string | undefined } = {},
  external: readonly ExternalObject[] = [],
  elsewhere: (kind: string, name: string) => readonly Resource[] = () => NONE,
): Inventory {
  let ordered: readonly Resource[] | undefined;
  let kinds: ReadonlyMap<string, readonly Resource[]> | undefined;
  const names = new Map<string, Map<string, Resource>>();
  const matchers = external.map(externalMatcher);

  const all = (): readonly Resource[] => {
    ordered ??= inOrder(resources);
    return ordered;
  };
  const byKind = (key: string): readonly Resource[] => {
    kinds ??= indexKinds(all());
    return kinds.get(key) ?? NONE;
  };

  return {
    all,
    byKind,
    byKey(key, namespace, name) {
      let named = names.get(key);
      if (named === undefined) {
        named = new Map();
        for (const resource of byKind(key)) {
          const own = nameKey(resource.namespace, resource.name);
          if (!named.has(own)) named.set(own, resource);
        }
        names.set(key, named);
      }
      return named.get(nameKey(namespace, name));
    },
    incomplete: group.incomplete,
    isExternal(key, namespace, name) {
      if (matchers.some((matches) => matches(key, namespace, name))) return true;
      // A build may still set the namespace of what says none.
      return elsewhere(key, name).some(
        (resource) => namespace === undefined || resource.namespace === undefined || resource.namespace === namespace,
      );
    },
  };
}

const NONE: readonly Resource[] = [];

function nameKey(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function inOrder(resources: readonly Resource[]): readonly Resource[] {
  for (let index = 1; index < resources.length; index++) {
    const before = resources[index - 1];
    const here = resources[index];
    if (before !== undefined && here !== undefined && compare(before, here) > 0) return [...resources].sort(compare);
  }
  return resources;
}

function compare(a: Resource, b: Resource): number {
  if (a.document !== b.document) {
    const pathA = a.document.file.path;
    const pathB = b.document.file.path;
    const order = pathA < pathB ? -1 : pathA > pathB ? 1 : a.document.index - b.document.index;
    if (order !== 0) return order;
  }
  for (let index = 0; index < a.root.length && index < b.root.length; index++) {
    const stepA = a.root[index];
    const stepB = b.root[index];
    if (typeof stepA === 'number' && typeof stepB === 'number' && stepA !== stepB) return stepA - stepB;
  }
  return a.root.length - b.root.length;
}

function externalMatcher(external: ExternalObject): (key: string, namespace: string | undefined, name: string) => boolean {
  const isName = starMatcher(external.name);
  const isNamespace = external.namespace === undefined ? undefined : starMatcher(external.namespace);
  const kind = external.kind;
  return (key, namespace, name) =>
    (kind === '*' || key === kind || (!kind.includes('/') && key.endsWith(`/${kind}`))) &&
    isName(name) &&
    (isNamespace === undefined || isNamespace(namespace ?? ''));
}
