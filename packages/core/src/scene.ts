import type { Classification } from './classify/classify.ts';
import { collect } from './collect.ts';
import type { Config } from './config.ts';
import { type Extraction, extract } from './extract.ts';
import { kindKey } from './gvk.ts';
import type { Inventory } from './inventory.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Resource } from './resource.ts';
import type { Unit, UnitGroup } from './unit.ts';

/** Everything in sight of a run: what is judged, and what may only be looked up. */
export interface Scene {
  readonly files: readonly { readonly file: ParsedFile; readonly extraction: Extraction }[];
  readonly crds: readonly Resource[];
  /** The inventory of the unit's group; collected when first asked for. */
  inventoryOf(unit: Unit): Inventory;
}

export function sceneOf(classification: Classification, config: Config): Scene {
  const files = classification.files.map((file) => ({ file, extraction: extract(file) }));
  const byUnit = new Map<Unit, Resource[]>();
  const crds: Resource[] = [];
  const place = (resources: readonly Resource[]): void => {
    for (const resource of resources) {
      const own = byUnit.get(resource.unit);
      if (own === undefined) byUnit.set(resource.unit, [resource]);
      else own.push(resource);
      if (resource.gvk.kind === 'CustomResourceDefinition' && resource.gvk.group === 'apiextensions.k8s.io') crds.push(resource);
    }
  };
  for (const { extraction } of files) place(extraction.resources);
  for (const file of classification.around) place(extract(file).resources);
  const groupOf = new Map<Unit, UnitGroup>();
  for (const group of classification.groups) for (const unit of group.units) groupOf.set(unit, group);
  const resourcesOf = (units: readonly Unit[]): Resource[] => units.flatMap((unit) => byUnit.get(unit) ?? []);
  // One table for all groups: a repository may have as many groups as folders.
  let byName: Map<string, Resource[]> | undefined;
  const namesakes = (kind: string, name: string): readonly Resource[] => {
    if (byName === undefined) {
      byName = new Map();
      for (const resources of byUnit.values()) {
        for (const resource of resources) {
          const key = `${kindKey(resource.gvk)}\n${resource.name}`;
          const same = byName.get(key);
          if (same === undefined) byName.set(key, [resource]);
          else same.push(resource);
        }
      }
    }
    return byName.get(`${kind}\n${name}`) ?? [];
  };
  const inventories = new Map<UnitGroup | undefined, Inventory>();
  return {
    files,
    crds,
    inventoryOf(unit) {
      const group = groupOf.get(unit);
      let inventory = inventories.get(group);
      if (inventory === undefined) {
        const own = group === undefined ? [unit] : [...group.units, ...group.shared];
        inventory = collect(resourcesOf(own), group, config.external, (kind, name) =>
          namesakes(kind, name).filter((resource) => group?.elsewhere.includes(resource.unit) === true),
        );
        inventories.set(group, inventory);
      }
      return inventory;
    },
  };
}
