import { type JsonObject, type KindCatalogue, member, parseGvk, type Resource, type RuleContext } from '@plumbline/core';
import type { World } from './request.ts';

/** The objects of the inventory around a request. */
export function worldOf({ inventory, kinds }: RuleContext): World {
  return {
    namespace: (name) => inventory.byKey('Namespace', undefined, name)?.object,
    params(apiVersion, kind) {
      const objects = paramsOf(apiVersion, kind, inventory).map(({ object }) => object);
      const isNamespaced = scopeOf(apiVersion, kind, objects, kinds);
      return isNamespaced === undefined ? undefined : { isNamespaced, objects, incomplete: inventory.incomplete };
    },
  };
}

/** A world of these objects and no others. */
export function worldOfObjects(objects: readonly JsonObject[], kinds: KindCatalogue): World {
  return {
    namespace: (name) =>
      objects.find((one) => one.apiVersion === 'v1' && one.kind === 'Namespace' && member(one.metadata, 'name') === name),
    params(apiVersion, kind) {
      const { group } = parseGvk(apiVersion, kind);
      const found = objects.filter(
        (one) => one.kind === kind && typeof one.apiVersion === 'string' && parseGvk(one.apiVersion, kind).group === group,
      );
      const isNamespaced = scopeOf(apiVersion, kind, found, kinds);
      return isNamespaced === undefined ? undefined : { isNamespaced, objects: found };
    },
  };
}

/** Of a kind that nothing defines the objects tell; undefined where there are none. */
function scopeOf(apiVersion: string, kind: string, objects: readonly JsonObject[], kinds: KindCatalogue): boolean | undefined {
  const scope = kinds.scopeOf(parseGvk(apiVersion, kind));
  if (scope !== undefined) return scope === 'Namespaced';
  return objects.length === 0 ? undefined : objects.some(({ metadata }) => member(metadata, 'namespace') !== undefined);
}

/** The resource of the inventory that a parameter or policy is of. */
export function resourceOf(object: JsonObject, { inventory }: Pick<RuleContext, 'inventory'>): Resource | undefined {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  return paramsOf(apiVersion, kind, inventory).find((resource) => resource.object === object);
}

function paramsOf(apiVersion: string, kind: string, inventory: RuleContext['inventory']): readonly Resource[] {
  const slash = apiVersion.indexOf('/');
  return inventory.byKind(slash < 0 ? kind : `${apiVersion.slice(0, slash)}/${kind}`);
}
