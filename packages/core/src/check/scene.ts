import type { Classification } from '../classify/classify.ts';
import { folderOf, foldersAbove } from '../classify/repository-path.ts';
import type { Unit, UnitGroup } from '../classify/unit.ts';
import type { Config } from '../config/config.ts';
import { type Environments, environmentsOf } from '../environments/view.ts';
import { entryEffectsOf } from '../expand/entry-effects.ts';
import { type BuiltUnit, type Expansion, NOTHING_BUILT } from '../expand/expand.ts';
import { type Extraction, extract, mayHoldObjects } from '../read/extract.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import { addTo } from '../values/add-to.ts';
import { kindKey } from '../values/gvk.ts';
import type { Before } from './before.ts';
import { collect } from './collect.ts';
import type { Inventory } from './inventory.ts';
import { type Repository, type RepositoryPaths, repositoryOf } from './repository.ts';

/** Everything in sight of a run: what is judged, and what may only be looked up. */
export interface Scene {
  readonly files: readonly { readonly file: ParsedFile; readonly extraction: Extraction }[];
  /** The Chart.yaml of charts that are not judged themselves, while files in them are. */
  readonly reached: readonly ParsedFile[];
  /** What was built and is judged, in place of what its files hold. */
  readonly built: readonly BuiltUnit[];
  /** Whether the file of a path is judged, by itself or through a build, and not only looked up. */
  readonly isJudged: (path: string) => boolean;
  readonly crds: readonly Resource[];
  /** The inventory of the unit's group; collected when first asked for. */
  inventoryOf(unit: Unit): Inventory;
  /** All environments in sight; worked out when first asked for. */
  environments(): Environments;
  /** What objects were before the change; undefined where there is nothing to compare with. */
  readonly before?: Before;
  /** The repository as a whole; each part of it is worked out when first asked for. */
  repository(): Repository;
}

export function sceneOf(
  classification: Classification,
  config: Config,
  expansion: Expansion = NOTHING_BUILT,
  judged: ReadonlySet<string> = new Set(classification.files.map(({ file }) => file.path)),
  paths: RepositoryPaths = {},
): Scene {
  // Objects of a file that a build holds are judged there.
  const isConsumed = ({ file, role }: ParsedFile): boolean => role === 'manifest' && expansion.consumed.has(file.path);
  const objectsOf = (file: ParsedFile): Extraction => (isConsumed(file) ? { ...extract(file), resources: [] } : extract(file));
  const files = classification.files.map((file) => ({ file, extraction: objectsOf(file) }));
  const byUnit = new Map<Unit, Resource[]>();
  const crds: Resource[] = [];
  const place = (resources: readonly Resource[]): void => {
    for (const resource of resources) {
      addTo(byUnit, resource.unit, resource);
      if (resource.gvk.kind === 'CustomResourceDefinition' && resource.gvk.group === 'apiextensions.k8s.io') crds.push(resource);
    }
  };
  for (const { extraction } of files) place(extraction.resources);
  // What is only looked up is not counted, so that a file without objects of its own need not be read.
  for (const file of classification.around) if (!isConsumed(file) && mayHoldObjects(file)) place(extract(file).resources);
  const built = [...expansion.built.values()];
  for (const { resources } of built) place(resources);
  const groupOf = new Map<Unit, UnitGroup>();
  const asApplied = (unit: Unit): Unit => expansion.built.get(unit)?.unit ?? unit;
  const openUnits = (unit: Unit): readonly Unit[] => expansion.built.get(unit)?.openUnits ?? [];
  for (const group of classification.groups)
    for (const unit of group.units) {
      groupOf.set(unit, group);
      for (const one of [asApplied(unit), ...openUnits(unit)]) groupOf.set(one, group);
    }
  // Files beside a build that it does not hold keep the unit as it was.
  const resourcesOf = (units: readonly Unit[]): Resource[] =>
    units.flatMap((unit) => [...new Set([unit, asApplied(unit), ...openUnits(unit)])].flatMap((one) => byUnit.get(one) ?? []));
  // One table for all groups: a repository may have as many groups as folders.
  let byName: Map<string, Resource[]> | undefined;
  const namesakes = (kind: string, name: string): readonly Resource[] => {
    if (byName === undefined) {
      byName = new Map();
      for (const resources of byUnit.values()) {
        for (const resource of resources) {
          const key = `${kindKey(resource.gvk)}\n${resource.name}`;
          addTo(byName, key, resource);
        }
      }
    }
    return byName.get(`${kind}\n${name}`) ?? [];
  };
  const inventories = new Map<UnitGroup | undefined, Inventory>();
  let environments: Environments | undefined;
  let repository: Repository | undefined;
  return {
    files,
    reached: reachedCharts(classification, judged),
    built: built.filter((one) => one.isJudged),
    isJudged: (path) => judged.has(path),
    crds,
    inventoryOf(unit) {
      const group = groupOf.get(unit);
      let inventory = inventories.get(group);
      if (inventory === undefined) {
        const own = group === undefined ? [unit] : [...group.units, ...group.shared];
        inventory = collect(resourcesOf(own), { incomplete: incompleteOf(group, expansion) }, config.external, (kind, name) =>
          namesakes(kind, name).filter((resource) => group?.elsewhere.includes(resource.unit) === true),
        );
        inventories.set(group, inventory);
      }
      return inventory;
    },
    environments() {
      environments ??= environmentsOf({
        config,
        units: unitsByEnvironment(classification, asApplied),
        resourcesOf: (unit) => byUnit.get(unit) ?? [],
        reachOf: reachFinder(classification, asApplied),
      });
      return environments;
    },
    repository() {
      repository ??= repositoryOf(classification, () => [...byUnit.values()].flat(), entryEffectsOf(classification, expansion), paths);
      return repository;
    },
  };
}

function reachedCharts({ around }: Classification, judged: ReadonlySet<string>): readonly ParsedFile[] {
  const charts = around.filter(({ role, file }) => role === 'helm/Chart' && file.path.endsWith('Chart.yaml'));
  if (charts.length === 0) return charts;
  const folders = new Set<string>();
  for (const path of judged) for (const folder of foldersAbove(path)) folders.add(folder);
  return charts.filter(({ file }) => folders.has(folderOf(file.path)));
}

/** Of each environment what goes there, and there alone, then what it shares with others. */
function unitsByEnvironment({ groups }: Classification, asApplied: (unit: Unit) => Unit): ReadonlyMap<string, readonly Unit[]> {
  const units = new Map<string, readonly Unit[]>();
  for (const { environment, units: own, shared } of groups)
    if (environment !== undefined) units.set(environment, [...own, ...shared].map(asApplied));
  return units;
}

function reachFinder({ builds }: Classification, asApplied: (unit: Unit) => Unit): (unit: Unit) => ReadonlySet<string> | undefined {
  const reaches = new Map(builds.map((build) => [asApplied(build.unit), build.reaches]));
  return (unit) => reaches.get(unit);
}

function incompleteOf(group: UnitGroup | undefined, { built, consumed }: Expansion): string | undefined {
  const unnamed = group?.units.find((unit) => built.get(unit)?.resources.some(isUnnamed));
  if (unnamed !== undefined) return 'the name of an object hangs on a variable that is not in sight';
  if (group?.adds === undefined || group.incomplete !== undefined) return group?.incomplete;
  for (const [unit, why] of group.adds) if (!built.has(unit) && !consumed.has(unit.claimedBy ?? '')) return why;
  return undefined;
}

/** Of an object whose name is not known nobody can say that it is missing. */
function isUnnamed({ unit, name, namespace }: Resource): boolean {
  return unit.substituted === true && (name.includes('${') || namespace?.includes('${') === true);
}
