import {
  addTo,
  type Inventory,
  isPlain,
  type JsonObject,
  type JsonValue,
  member,
  type Resource,
  stringify,
  type Unit,
} from '@plumbline/core';
import { applicationSpec } from './application-spec.ts';
import { normalUrl, sourcesOf } from './git-source.ts';
import { APPLICATION } from './kinds.ts';

/** The first Application before this one in the inventory that applies the very same thing to the same place. */
export function sameApplication(resource: Resource, inventory: Inventory): Resource | undefined {
  const identity = resource.unit.state === 'unbuilt' ? undefined : identityOf(resource);
  if (identity === undefined) return undefined;
  for (const other of applicationsIn(inventory).get(resource.unit)?.get(identity) ?? []) {
    if (other === resource) return undefined;
    if (other.name !== resource.name || other.namespace !== resource.namespace) return other;
  }
  return undefined;
}

const known = new WeakMap<Inventory, ReadonlyMap<Unit, ReadonlyMap<string, readonly Resource[]>>>();

function applicationsIn(inventory: Inventory): ReadonlyMap<Unit, ReadonlyMap<string, readonly Resource[]>> {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const applications = new Map<Unit, Map<string, Resource[]>>();
  for (const resource of inventory.byKind(APPLICATION)) {
    const identity = identityOf(resource);
    if (identity === undefined) continue;
    const ofUnit = applications.get(resource.unit) ?? new Map<string, Resource[]>();
    applications.set(resource.unit, ofUnit);
    addTo(ofUnit, identity, resource);
  }
  known.set(inventory, applications);
  return applications;
}

/** All that decides which objects come out and where they go; undefined where a part is filled in later. */
function identityOf(resource: Resource): string | undefined {
  const found = applicationSpec(resource);
  const sources = sourcesOf(resource);
  if (found === undefined || found.mayGain || sources.length === 0) return undefined;
  const destination = member(found.spec, 'destination');
  const server = member(destination, 'server') === 'https://kubernetes.default.svc' ? 'in-cluster' : member(destination, 'server');
  const parts: JsonValue[] = [server ?? member(destination, 'name') ?? null, member(destination, 'namespace') ?? ''];
  for (const { source } of sources) parts.push(normal(source));
  // Charts take the name of the Application for that of the release.
  const usesName = sources.some(
    ({ source }) => member(source, 'path') === undefined || member(source, 'helm') !== undefined || member(source, 'plugin') !== undefined,
  );
  const text = stringify(parts);
  return isPlain(text) && !usesName ? text : undefined;
}

function normal(source: JsonObject): JsonValue {
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(source).sort()) {
    const value = member(source, key);
    if (value === undefined) continue;
    if (key === 'repoURL' && typeof value === 'string') copy[key] = normalUrl(value);
    else if (key === 'path' && typeof value === 'string') copy[key] = value.replace(/^\.?\/+|\/+$/g, '');
    else copy[key] = value;
  }
  return copy;
}
