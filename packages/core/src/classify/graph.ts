import type { Config } from '../config/config.ts';
import { environmentMatcher } from '../environments/environments.ts';
import type { Document } from '../read/document.ts';
import type { SourceFile } from '../read/source-file.ts';
import { addTo } from '../values/add-to.ts';
import { pathMatcher } from '../values/glob.ts';
import type { Draft } from './draft.ts';
import { type DraftUnits, draftUnits } from './draft-units.ts';
import { environmentOfPath } from './environment.ts';
import { type DraftGroup, groupUnits } from './group-units.ts';
import type { Kustomization } from './kustomization.ts';
import { mapRepository, type RepositoryMap } from './repository-map.ts';
import type { Unit } from './unit.ts';

/** What includes and what applies what in a repository. */
export interface RepositoryGraph {
  /** In order of id. Folders of plain files are nodes only where something applies them, or where they apply something. */
  readonly nodes: readonly GraphNode[];
  /** Circles of what includes or applies one another, each from its first node by id. What applies the folder that it lies in itself is none. */
  readonly cycles: readonly (readonly string[])[];
  /** Whether Flux or Argo CD objects are in sight: without them nothing tells what is deployed. */
  readonly hasDeployers: boolean;
}

export interface GraphNode {
  /** The folder from the repository's root, `.` for the root; of plain files beside a kustomization `FOLDER/*`. */
  readonly id: string;
  readonly kind: Unit['kind'] | 'component';
  readonly environment?: string;
  /** Manifests that it holds or lists itself. */
  readonly files: readonly string[];
  readonly edges: readonly GraphEdge[];
  /** What it names and the repository does not have. */
  readonly missing: readonly string[];
  /** What it names outside of the repository. */
  readonly remote: readonly string[];
  /** Nothing includes or applies it, while other things are applied. */
  readonly isOrphan: boolean;
}

export interface GraphEdge {
  readonly to: string;
  readonly how: 'includes' | 'component' | 'applies';
  /** The object that applies it: `Kustomization apps`. */
  readonly by?: string;
  /** Where that object is written; of one that an ApplicationSet makes, the ApplicationSet. */
  readonly at?: { readonly file: string; readonly line: number };
}

export interface GraphOptions {
  readonly parseFile: (file: SourceFile) => readonly Document[];
  readonly config?: Config;
  /** Whether the repository has a file or folder that is not among `files`; nothing else by default. */
  readonly exists?: (path: string) => boolean;
}

/** Works out the graph of all files of a repository. */
export function repositoryGraph(
  all: readonly SourceFile[],
  { parseFile, config = {}, exists = () => false }: GraphOptions,
): RepositoryGraph {
  const isExcluded = pathMatcher(config.exclude ?? []);
  const files = all.filter(({ path }) => !isExcluded(path));
  const map = mapRepository(files, [], parseFile);
  const units = draftUnits(map);
  const environmentOf = environmentMatcher(config);
  const groups = groupUnits(units.drafts, (draft) => environmentOf(draft.root) ?? environmentOfPath(`${draft.root}/`));
  return graphOf(map, units, groups, exists);
}

/** The graph of a repository that was mapped, and whose units were drafted and grouped. */
export function graphOf(
  map: RepositoryMap,
  { drafts, draftOf }: DraftUnits,
  groups: readonly DraftGroup[],
  exists: (path: string) => boolean,
): RepositoryGraph {
  const environments = new Map<Draft, string>();
  for (const { environment, drafts: members } of groups) {
    if (environment !== undefined) for (const draft of members) environments.set(draft, environment);
  }
  const held = new Map<Draft, string[]>();
  for (const { file, verdict } of map.files) {
    const draft = draftOf.get(file.path);
    if (draft === undefined || verdict.leftOut !== undefined || verdict.role !== 'manifest') continue;
    addTo(held, draft, file.path);
  }
  const known = knownPaths(map.files.map(({ file }) => file));
  const isThere = (path: string): boolean => known.has(path) || exists(path);
  const applied = deploymentsOf(map, draftOf, drafts);
  const nodes: GraphNode[] = [];
  for (const draft of drafts) {
    if (draft.of !== undefined) continue;
    const kustomization = draft.kind === 'kustomization' ? map.kustomizations.get(draft.root === '.' ? '' : draft.root) : undefined;
    const { edges, missing } = applied.get(draft) ?? NONE;
    if (draft.kind === 'files' && edges.length === 0 && missing.length === 0 && !isReached(draft)) continue;
    const environment = environments.get(draft);
    nodes.push({
      id: draft.id,
      kind: kustomization?.isComponent === true ? 'component' : draft.kind,
      ...(environment === undefined ? {} : { environment }),
      files: kustomization === undefined ? (held.get(draft) ?? []) : listedFiles(kustomization, map, isThere),
      edges: [...includesOf(draft, kustomization, map), ...edges],
      missing: [...(kustomization === undefined ? [] : missingOf(kustomization, map, isThere)), ...missing],
      remote: kustomization?.remote ?? [],
      isOrphan:
        map.deployers.length > 0 &&
        (draft.kind === 'kustomization' || draft.kind === 'helm') &&
        !isReached(draft) &&
        !isEntry(draft, edges),
    });
  }
  return { nodes, cycles: cyclesOf(nodes), hasDeployers: map.deployers.length > 0 };
}

/** Circles, found with a stack of its own: chains may be longer than calls can nest. */
function cyclesOf(nodes: readonly GraphNode[]): readonly (readonly string[])[] {
  const next = new Map(
    nodes.map(({ id, edges }) => [id, edges.filter(({ to, how }) => to !== id || how !== 'applies').map(({ to }) => to)]),
  );
  const cycles = new Map<string, readonly string[]>();
  const done = new Set<string>();
  for (const { id: first } of nodes) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    const stack: { readonly id: string; at: number }[] = [{ id: first, at: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.at === 0 && !done.has(top.id)) {
        onPath.set(top.id, path.length);
        path.push(top.id);
      }
      const to = done.has(top.id) ? undefined : next.get(top.id)?.[top.at++];
      if (to === undefined) {
        stack.pop();
        if (!done.has(top.id)) {
          done.add(top.id);
          onPath.delete(top.id);
          path.pop();
        }
        continue;
      }
      const start = onPath.get(to);
      if (start === undefined) stack.push({ id: to, at: 0 });
      else {
        const cycle = fromFirst(path.slice(start));
        cycles.set(cycle.join('\n'), cycle);
      }
    }
  }
  return [...cycles.values()].sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function fromFirst(cycle: readonly string[]): readonly string[] {
  const at = cycle.indexOf([...cycle].sort()[0] ?? '');
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}

interface Deployments {
  readonly edges: GraphEdge[];
  readonly missing: string[];
}

const NONE: Deployments = { edges: [], missing: [] };

function isReached(draft: Draft): boolean {
  return draft.includedBy.size > 0 || draft.deployedBy.size > 0 || draft.applied !== undefined;
}

/** What people apply by hand, once: objects that apply the rest, and Flux itself as its bootstrap writes it. */
function isEntry({ root }: Draft, edges: readonly GraphEdge[]): boolean {
  return edges.length > 0 || root === 'flux-system' || root.endsWith('/flux-system');
}

/** What the Flux and Argo CD objects of each unit apply. */
function deploymentsOf(map: RepositoryMap, draftOf: ReadonlyMap<string, Draft>, drafts: readonly Draft[]): Map<Draft, Deployments> {
  const byRoot = new Map<string, Draft>();
  for (const draft of drafts) {
    if (draft.of !== undefined) continue;
    // Of several units of one folder, the one that is built or applied is meant.
    const before = byRoot.get(draft.root);
    if (before === undefined || before.kind === 'files') byRoot.set(draft.root, draft);
  }
  const found = new Map<Draft, Deployments>();
  for (const { file, label, deployer, document, target, candidates } of map.deployers) {
    const home = draftOf.get(file);
    if (home === undefined) continue;
    let own = found.get(home);
    if (own === undefined) {
      own = { edges: [], missing: [] };
      found.set(home, own);
    }
    const folders = target === undefined ? candidates : [target];
    // Of folders that may be meant, it is hardly the one that the object lies in.
    const reached = folders
      .flatMap((folder) => byRoot.get(folder === '' ? '.' : folder) ?? [])
      .filter((draft) => target !== undefined || draft !== home);
    const at = { file, line: document.range.line };
    for (const draft of reached) own.edges.push({ to: draft.id, how: 'applies', by: label, at });
    if (reached.length === 0 && deployer.path !== undefined) own.missing.push(`${deployer.path} (${label})`);
  }
  return found;
}

function includesOf(draft: Draft, kustomization: Kustomization | undefined, map: RepositoryMap): GraphEdge[] {
  if (kustomization === undefined) return [...draft.includes].map(({ id }) => ({ to: id, how: 'includes' }));
  const idOf = (folder: string): string => (folder === '' ? '.' : folder);
  const isUnit = (path: string): boolean => map.kustomizations.has(path) || map.charts.has(path);
  return [
    ...kustomization.resources.filter(isUnit).map((path): GraphEdge => ({ to: idOf(path), how: 'includes' })),
    ...kustomization.components.filter(isUnit).map((path): GraphEdge => ({ to: idOf(path), how: 'component' })),
  ];
}

function listedFiles({ resources }: Kustomization, map: RepositoryMap, isThere: (path: string) => boolean): readonly string[] {
  return resources.filter((path) => !map.kustomizations.has(path) && !map.charts.has(path) && isThere(path));
}

function missingOf(
  { resources, components, inputs }: Kustomization,
  map: RepositoryMap,
  isThere: (path: string) => boolean,
): readonly string[] {
  return [...resources, ...components, ...inputs].filter((path) => !map.kustomizations.has(path) && !isThere(path));
}

function knownPaths(files: readonly SourceFile[]): ReadonlySet<string> {
  const paths = new Set<string>(['']);
  for (const { path } of files) {
    paths.add(path);
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (paths.has(folder)) break;
      paths.add(folder);
    }
  }
  return paths;
}
