import {
  isPlain,
  type JsonObject,
  type JsonValue,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  stringify,
} from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { normalUrl, sourcesOf } from '../git-source.ts';
import { APPLICATION } from '../kinds.ts';

/** Two folders that share a file are left to the builds; here are Applications that apply the very same thing to the same place. */
export const rule: ResourceRule = {
  id: 'argo/duplicate-ownership',
  title: 'Two Applications do not apply the same thing to the same place',
  why: 'Each sync of one takes the objects from the other: both are out of sync in turn, and whichever is deleted deletes them.',
  remedy: 'Delete one of the two, or give it another path, namespace or name of the release.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',
  examples: {
    pass: `${application(['path: apps'])}---\n${application(['path: more']).replace('name: shop', 'name: more')}`,
    fail: `${application(['path: apps'])}---\n${application(['path: ./apps/']).replace('name: shop', 'name: more')}`,
  },
  kinds: [APPLICATION],
  scope: 'unit',
  *check(resource, { inventory }): Iterable<Problem | NotEvaluated> {
    const own = identityOf(resource);
    if (own === undefined) return;
    for (const other of inventory.byKind(APPLICATION)) {
      // One finding for two of them, on the second.
      if (other === resource) return;
      if (
        other.unit !== resource.unit ||
        (other.name === resource.name && other.namespace === resource.namespace) ||
        identityOf(other) !== own
      )
        continue;
      yield {
        path: ['metadata', 'name'],
        message: `Application "${other.name}" applies the same to the same place`,
        related: [{ resource: other, path: ['metadata', 'name'], message: 'this Application has the same sources and destination' }],
      };
      return;
    }
  },
};

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
