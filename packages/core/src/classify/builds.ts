import type { BuildRequest, OpenChanges } from '../expander.ts';
import type { Unit } from '../unit.ts';
import { addEffects, type Draft, hasEffects } from './draft.ts';
import { type Kustomization, NO_EFFECTS } from './kustomization.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import type { RepositoryMap } from './repository-map.ts';

/** A kustomization that is applied by itself. Where it changes what it includes, it must be built to know what is applied. */
export interface Build {
  readonly unit: Unit;
  readonly kind: BuildRequest['kind'];
  /** From the repository's root, `''` for the root. */
  readonly folder: string;
  /** The paths of all files that it names, and that what it includes names. */
  readonly reaches: ReadonlySet<string>;
  /** It only lists files, which are judged as they lie: all that a build can tell is that it fails. */
  readonly listsOnly?: true;
  /** The object that applies it, where it is the only one. */
  readonly deployer?: PlacedDeployer;
  /** What Flux or Argo CD change after the build. */
  readonly after?: OpenChanges;
}

/** The builds of a repository: kustomizations that none includes, and those that Flux or Argo CD apply. */
export function buildsOf(map: RepositoryMap, drafts: readonly Draft[], unitOf: (draft: Draft) => Unit | undefined): Build[] {
  const included = new Set<string>();
  for (const { resources, components } of map.kustomizations.values()) for (const path of [...resources, ...components]) included.add(path);
  const builds: Build[] = [];
  for (const draft of drafts) {
    const folder = draft.root === '.' ? '' : draft.root;
    const kustomization = draft.kind === 'kustomization' ? map.kustomizations.get(folder) : undefined;
    const unit = unitOf(draft);
    if (kustomization === undefined || kustomization.isComponent || unit === undefined) continue;
    if (included.has(folder) && draft.applied === undefined && !includesItself(kustomization, map)) continue;
    const deployer = onlyDeployer(draft);
    const after = deployer === undefined ? afterOf(draft) : undefined;
    const below = kustomizationsBelow(kustomization, map);
    const listsOnly = !changesAnything(below) && !changes(deployer);
    builds.push({
      unit,
      kind: 'kustomization',
      folder,
      reaches: reachOf(below),
      ...(listsOnly ? { listsOnly } : {}),
      ...(deployer === undefined ? {} : { deployer }),
      ...(after === undefined ? {} : { after }),
    });
  }
  return builds;
}

/** The object that applies it, where it is the only one and is applied as it is written. */
function onlyDeployer({ deployers, deployedBy }: Draft): PlacedDeployer | undefined {
  const [only, ...others] = deployers;
  if (only?.deployer.kind !== 'flux' || others.length > 0) return undefined;
  return [...deployedBy].some(({ effects }) => effects.fields) ? undefined : only;
}

/** Whether the object that applies a build changes what comes of it. */
function changes(placed: PlacedDeployer | undefined): boolean {
  return placed !== undefined && (placed.deployer.substitutes || hasEffects(placed.deployer.effects));
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
