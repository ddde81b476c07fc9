import type { Classification } from '../classify/classify.ts';
import type { Unit } from '../classify/unit.ts';
import { extract } from '../read/extract.ts';
import type { Resource } from '../read/resource.ts';
import { addTo } from '../values/add-to.ts';
import { kindKey } from '../values/gvk.ts';
import type { BuiltUnit } from './expand.ts';
import type { ReferredObject } from './expander.ts';

/** Objects that Flux and Argo CD objects refer to by name: written ones, and those of builds that are done. */
export interface ReferredObjects {
  /** The only object of that name that goes where the unit goes; undefined where there is none, or where several may be meant. */
  lookUp(unit: Unit, kind: string, namespace: string | undefined, name: string): ReferredObject | undefined;
}

/** `built` and `consumed` (the files whose objects count as they are built) may grow meanwhile; `ensure` sees to it that what holds a file is built. */
export function referredObjects(
  classification: Classification,
  built: ReadonlyMap<Unit, BuiltUnit>,
  consumed: ReadonlySet<string>,
  ensure: (file: string) => void,
): ReferredObjects {
  let all: Map<string, Resource[]> | undefined;
  let places: Map<Unit, ReadonlySet<Unit>> | undefined;

  const writtenAs = (key: string): readonly Resource[] => {
    if (all === undefined) {
      all = new Map();
      for (const file of [...classification.files, ...classification.around]) {
        if (file.role === 'manifest') for (const resource of extract(file).resources) addTo(all, keyOf(resource), resource);
      }
    }
    return all.get(key) ?? [];
  };
  // A map is walked in order of insertion, so that what has been seen is what comes first.
  const indexed = new Map<string, { readonly resource: Resource; readonly unit: Unit }[]>();
  let seen = 0;
  const builtAs = (key: string): readonly { readonly resource: Resource; readonly unit: Unit }[] => {
    let at = 0;
    for (const [unit, { resources }] of built.size > seen ? built : []) {
      if (at++ < seen) continue;
      for (const resource of resources) addTo(indexed, keyOf(resource), { resource, unit });
    }
    seen = built.size;
    return indexed.get(key) ?? [];
  };
  const placeOf = (unit: Unit): ReadonlySet<Unit> => {
    if (places === undefined) {
      places = new Map();
      for (const { units, shared } of classification.groups) {
        const place = new Set([...units, ...shared]);
        for (const member of units) places.set(member, place);
      }
    }
    return places.get(unit) ?? new Set([unit]);
  };

  return {
    lookUp(unit, kind, namespace, name) {
      const key = `${kind}\n${name}`;
      const here = placeOf(unit);
      const written = writtenAs(key);
      for (const { document } of written) ensure(document.file.path);
      const found = written
        .filter(({ document }) => !consumed.has(document.file.path))
        .map((resource) => ({ resource, unit: resource.unit }));
      for (const each of builtAs(key)) found.push(each);
      const fitting = found.filter(
        ({ resource }) => namespace === undefined || resource.namespace === undefined || resource.namespace === namespace,
      );
      const near = fitting.filter((each) => here.has(each.unit));
      // A single one anywhere else is taken for the one that is meant.
      const meant = near.length === 0 && fitting.length === 1 ? fitting : near;
      const [only] = meant;
      return only === undefined || meant.length > 1 ? undefined : referred(only.resource);
    },
  };
}

function keyOf({ gvk, name }: Resource): string {
  return `${kindKey(gvk)}\n${name}`;
}

function referred(resource: Resource): ReferredObject {
  const { object, document, root, encrypted } = resource;
  return {
    object,
    locate: (path, part) =>
      resource.locate?.(path, part) ?? { ...document.rangeOf([...root, ...path], part), file: document.file.path, chain: [] },
    ...(encrypted === true ? { encrypted } : {}),
  };
}
