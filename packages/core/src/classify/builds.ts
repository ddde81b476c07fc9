import type { BuildRequest, OpenChanges } from '../expand/expander.ts';
import { addTo } from '../values/add-to.ts';
import { ChartBuilds } from './chart-builds.ts';
import { addEffects, type Draft, hasEffects } from './draft.ts';
import type { DraftUnits } from './draft-units.ts';
import { type Kustomization, NO_EFFECTS } from './kustomization.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import type { RepositoryMap } from './repository-map.ts';
import type { Unit } from './unit.ts';

/** A kustomization or chart that is applied by itself. Where it changes what it includes, it must be built to know what is applied. */
export interface Build {
  readonly unit: Unit;
  readonly kind: BuildRequest['kind'];
  /** From the repository's root, `''` for the root. */
  readonly folder: string;
  /** The paths of all files that it names, and that what it includes names. */
  readonly reaches: ReadonlySet<string>;
  /** It only lists files, which are judged as they lie: all that a build can tell is that it fails. */
  readonly listsOnly?: true;
  /** The object that applies it, as it is written. */
  readonly deployer?: PlacedDeployer;
  /** What Flux or Argo CD may change after the build, where the object that applies it is not known as it is applied itself. */
  readonly after?: OpenChanges;
}

/** The builds of a repository: kustomizations that none includes, and what Flux or Argo CD apply, once for each object that applies it; charts likewise. */
export function buildsOf(map: RepositoryMap, { drafts, draftOf }: DraftUnits, unitOf: (draft: Draft) => Unit | undefined): Build[] {
  const included = new Set<string>();
  for (const { resources, components } of map.kustomizations.values()) for (const path of [...resources, ...components]) included.add(path);
  const split = new Set(drafts.flatMap(({ of }) => of ?? []));
  const folders = new FolderReaches(map, draftOf);
  const builds: Build[] = [];
  const charts = new ChartBuilds(map);
  for (const draft of drafts) {
    const unit = unitOf(draft);
    if (unit === undefined || split.has(draft)) continue;
    const folder = draft.root === '.' ? '' : draft.root;
    const [deployer] = draft.deployers;
    const shared = { unit, folder, ...whoApplies(draft) };
    const kustomization = draft.kind === 'kustomization' ? map.kustomizations.get(folder) : undefined;
    if (kustomization !== undefined && !kustomization.isComponent) {
      if (draft.applied === undefined && (included.has(folder) || isPartOfFolder(draft)) && !includesItself(kustomization, map)) continue;
      const below = kustomizationsBelow(kustomization, map);
      const listsOnly = !changesAnything(below) && !changes(deployer, draft);
      builds.push({ ...shared, kind: 'kustomization', reaches: reachOf(below), ...(listsOnly ? { listsOnly } : {}) });
    } else if (draft.kind === 'flux' && deployer?.deployer.kind === 'flux' && changes(deployer, draft)) {
      builds.push({ ...shared, kind: 'folder', reaches: folders.of(draft.of ?? draft) });
    } else if (draft.kind === 'helm') {
      const chart = charts.of(draft, unit);
      if (chart !== undefined) builds.push(chart);
    }
  }
  return builds;
}

/** The object that applies a unit, and what it may change where it cannot be told how it is itself applied. */
function whoApplies(draft: Draft): Pick<Build, 'deployer' | 'after'> {
  const after = afterOf(draft);
  const [deployer] = draft.deployers;
  return {
    ...(deployer === undefined || deployer.deployer.kind === 'release' ? {} : { deployer }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Whether the object that applies a build changes what comes of it, or may do so once it is built itself. */
function changes(placed: PlacedDeployer | undefined, { deployedBy }: Draft): boolean {
  if (placed === undefined) return false;
  const { effects, substitutes } = placed.deployer;
  return substitutes || hasEffects(effects) || [...deployedBy].some((deployer) => deployer.effects.fields);
}

/** Whether Flux applies it with the folder around it, and changes it on the way. */
function isPartOfFolder({ includedBy }: Draft): boolean {
  return [...includedBy].some(
    (outer) => outer.kind === 'flux' && (outer.applied !== undefined || outer.deployers.length > 0) && isChanged(outer),
  );
}

function isChanged(outer: Draft): boolean {
  return outer.deployers.some((deployer) => changes(deployer, outer));
}

/** What lies in folders that are applied without a kustomization of their own. */
class FolderReaches {
  readonly #map: RepositoryMap;
  readonly #draftOf: ReadonlyMap<string, Draft>;
  #files: Map<Draft, string[]> | undefined;

  constructor(map: RepositoryMap, draftOf: ReadonlyMap<string, Draft>) {
    this.#map = map;
    this.#draftOf = draftOf;
  }

  of(draft: Draft): ReadonlySet<string> {
    if (this.#files === undefined) {
      this.#files = new Map();
      for (const [path, owner] of this.#draftOf) {
        addTo(this.#files, owner, path);
      }
    }
    const paths = new Set(this.#files.get(draft));
    for (const { root } of draft.includes) {
      const kustomization = this.#map.kustomizations.get(root === '.' ? '' : root);
      if (kustomization !== undefined) for (const path of reachOf(kustomizationsBelow(kustomization, this.#map))) paths.add(path);
    }
    return paths;
  }
}

function afterOf(draft: Draft): Build['after'] {
  // A patch of the object that applies it may give it anything.
  let isPatched = false;
  for (const deployer of draft.deployedBy) if (deployer.effects.fields) isPatched = true;
  if (draft.applied === undefined && !draft.fills && !isPatched) return undefined;
  const effects = addEffects(draft.applied ?? NO_EFFECTS, isPatched ? { ...NO_EFFECTS, fields: true } : NO_EFFECTS);
  const substitutes = draft.fills || isPatched;
  if (!hasEffects(effects) && !substitutes) return undefined;
  return { effects, substitutes, why: 'what Flux or Argo CD change after the build was not worked out' };
}

/** Whether the build differs from the files: one that only lists them does not. */
function changesAnything(below: ReadonlySet<Kustomization>): boolean {
  for (const { effects } of below) if (hasEffects(effects)) return true;
  return false;
}

/** Nothing else may include it, so that nobody would say that it cannot be built. */
function includesItself(first: Kustomization, map: RepositoryMap): boolean {
  for (const { resources, components } of kustomizationsBelow(first, map)) {
    if (resources.includes(first.folder) || components.includes(first.folder)) return true;
  }
  return false;
}

function reachOf(below: ReadonlySet<Kustomization>): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { file, resources, inputs } of below) {
    paths.add(file);
    for (const path of resources) paths.add(path);
    for (const path of inputs) paths.add(path);
  }
  return paths;
}

function kustomizationsBelow(first: Kustomization, map: RepositoryMap): ReadonlySet<Kustomization> {
  const found = new Set<Kustomization>([first]);
  // A set is walked in order of insertion, also what is inserted on the way.
  for (const { resources, components, inputs } of found)
    for (const paths of [resources, components, inputs])
      for (const path of paths) {
        const next = map.kustomizations.get(path);
        if (next !== undefined) found.add(next);
      }
  return found;
}
