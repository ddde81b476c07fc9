import { type JsonObject, member, type Resource, type RuleContext } from '@plumbline/core';
import type { World } from './request.ts';

/** The objects of the inventory around a request. */
export function worldOf({ inventory, kinds }: RuleContext): World {
  return {
    namespace: (name) => inventory.byKey('Namespace', undefined, name)?.object,
    params(apiVersion, kind) {
      const [version = '', group = ''] = apiVersion.split('/').reverse();
      const scope = kinds.scopeOf({ group, version, kind });
      const objects = paramsOf(apiVersion, kind, inventory).map(({ object }) => object);
      if (scope === undefined && objects.length === 0) return undefined;
      return {
        isNamespaced:
          scope === undefined ? objects.some(({ metadata }) => member(metadata, 'namespace') !== undefined) : scope === 'Namespaced',
        objects,
        incomplete: inventory.incomplete,
      };
    },
  };
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
