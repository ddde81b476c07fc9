import { isCertainlyClusterScoped } from './scopes.ts';

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What kustomize tells objects apart by. */
export interface ResId extends Gvk {
  readonly name: string;
  readonly namespace: string;
  /** Known to have no namespace; never so of an id that an object had before. */
  readonly isClusterScoped: boolean;
}

const NO_NAMESPACE = '_non_namespaceable_';

export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function resId(apiVersion: string, kind: string, name: string, namespace: string): ResId {
  const { group, version } = splitApiVersion(apiVersion);
  return { group, version, kind, name, namespace, isClusterScoped: isCertainlyClusterScoped(apiVersion, kind) };
}

/** The namespace that counts: no namespace is `default`, and all cluster-wide objects share one that is none. */
export function effectiveNamespace(id: ResId): string {
  if (id.isClusterScoped) return NO_NAMESPACE;
  return id.namespace === '' ? 'default' : id.namespace;
}

export function isSameId(a: ResId, b: ResId): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.group === b.group &&
    a.version === b.version &&
    effectiveNamespace(a) === effectiveNamespace(b)
  );
}

/** One key for ids that `isSameId` holds equal. */
export function keyOf(id: ResId): string {
  return `${id.group}|${id.version}|${id.kind}|${effectiveNamespace(id)}|${id.name}`;
}

/** Whether a selector without patterns, whose empty parts match everything, means the kind. */
export function isSelected(id: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === id.group) &&
    (!selector.version || selector.version === id.version) &&
    (!selector.kind || selector.kind === id.kind)
  );
}

/** For messages: `Deployment web in "live"`. */
export function describe(id: ResId): string {
  const place = id.isClusterScoped || id.namespace === '' || id.namespace === NO_NAMESPACE ? '' : ` in namespace "${id.namespace}"`;
  return `${id.kind === '' ? 'object' : id.kind} "${id.name}"${place}`;
}

export function gvkText({ group, version, kind }: Partial<Gvk>): string {
  return `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`;
}
