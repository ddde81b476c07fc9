import type { Document } from '../document.ts';
import { isObject } from '../json.ts';
import type { SourceFile } from '../source-file.ts';
import { type Deployer, readDeployers } from './deployer.ts';
import { type FileVerdict, fileVerdict } from './file-role.ts';
import { roleOfPath } from './known-paths.ts';
import { type Kustomization, readKustomization } from './kustomization.ts';
import { folderOf, foldersAbove, nameOf, resolvePath } from './repository-path.ts';

/** A file with its role, and its documents where they were needed. */
export interface MappedFile extends FileVerdict {
  readonly file: SourceFile;
  readonly isJudged: boolean;
  readonly chart: string | undefined;
}

/** Who includes what: what the files of a repository say of one another. */
export interface RepositoryMap {
  readonly files: readonly MappedFile[];
  /** By folder. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** File path → folders of the kustomizations that list it as a resource. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly charts: ReadonlySet<string>;
  readonly deployers: readonly PlacedDeployer[];
}

export interface PlacedDeployer {
  readonly deployer: Deployer;
  readonly file: string;
  /** The folder of this repository that it applies; undefined when it is not found here. */
  readonly target: string | undefined;
  /** Folders that might be meant where the source is not this repository as it lies. */
  readonly candidates: readonly string[];
}

export function mapRepository(
  files: readonly SourceFile[],
  context: readonly SourceFile[],
  parseFile: (file: SourceFile) => readonly Document[],
): RepositoryMap {
  const judged = new Set(files.map((file) => file.path));
  const all = [...files, ...context.filter((file) => !judged.has(file.path))];

  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  for (const file of all) {
    const role = /^(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(nameOf(file.path)) ? roleOfPath(file.path) : undefined;
    const folder = folderOf(file.path);
    if (role === 'helm/Chart') charts.add(folder);
  }
  for (const file of all) {
    if (!/^(kustomization\.ya?ml|Kustomization)$/.test(nameOf(file.path))) continue;
    const folder = folderOf(file.path);
    if (kustomizations.has(folder) || isTemplateOfChart(file.path, charts)) continue;
    const documents = parseFile(file).filter((document) => document.value !== null);
    kustomizations.set(folder, readKustomization(file.path, folder, documents.length === 0 ? null : documents[0]?.value));
  }

  const claims = new Map<string, string[]>();
  for (const kustomization of kustomizations.values()) {
    for (const path of kustomization.resources) {
      if (kustomizations.has(path)) continue;
      const claimers = claims.get(path);
      if (claimers === undefined) claims.set(path, [kustomization.folder]);
      else claimers.push(kustomization.folder);
    }
  }
  const inputs = inputFiles(kustomizations, claims);

  const mapped: MappedFile[] = [];
  const isJudged = new Set(files);
  for (const file of all) {
    const chart = charts.size === 0 ? undefined : chartOf(file.path, charts);
    const isInput = inputs.has(file.path);
    const verdict: FileVerdict = isInput ? { role: 'kustomize-input', leftOut: 'kustomize-input' } : fileVerdict(file, chart, parseFile);
    mapped.push({ ...verdict, file, chart, isJudged: isJudged.has(file) });
  }
  return { files: mapped, kustomizations, claims, charts, deployers: placeDeployers(mapped) };
}

/** The nearest folder above a file that holds a Chart.yaml. */
function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  for (const folder of foldersAbove(path)) if (charts.has(folder)) return folder;
  return undefined;
}

function isTemplateOfChart(path: string, charts: ReadonlySet<string>): boolean {
  if (charts.size === 0) return false;
  const chart = chartOf(path, charts);
  return chart !== undefined && path.slice(chart === '' ? 0 : chart.length + 1).startsWith('templates/');
}

/** Files that feed builds. A file that some kustomization lists as a resource is a manifest, whatever else uses it. */
function inputFiles(kustomizations: ReadonlyMap<string, Kustomization>, claims: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const inputs = new Set<string>();
  const builds = new Set<string>();
  const addBuild = (folder: string): void => {
    const kustomization = kustomizations.get(folder);
    if (kustomization === undefined || builds.has(folder)) return;
    builds.add(folder);
    for (const path of [...kustomization.resources, ...kustomization.inputs]) {
      if (kustomizations.has(path)) addBuild(path);
      else inputs.add(path);
    }
  };
  for (const kustomization of kustomizations.values()) {
    for (const path of kustomization.inputs) {
      if (kustomizations.has(path)) addBuild(path);
      else if (!claims.has(path)) inputs.add(path);
    }
  }
  return inputs;
}

function placeDeployers(files: readonly MappedFile[]): PlacedDeployer[] {
  const found: { deployer: Deployer; file: string }[] = [];
  for (const { file, role, documents } of files) {
    if (role !== 'manifest' || documents === undefined) continue;
    for (const document of documents) {
      if (!isObject(document.value)) continue;
      for (const deployer of readDeployers(document, document.value)) found.push({ deployer, file: file.path });
    }
  }
  if (found.length === 0) return [];
  const folders = new Set<string>();
  for (const { file } of files) {
    for (const folder of foldersAbove(file.path)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return found.map(({ deployer, file }) => {
    const target = deployer.isGit && deployer.path !== undefined ? locate(deployer.path, file, folders) : undefined;
    // A built artifact holds a part of some repository: every folder whose path ends so may be meant.
    const candidates =
      target === undefined && !deployer.isGit && deployer.path !== undefined ? foldersEndingIn(deployer.path, folders) : [];
    return { deployer, file, target, candidates };
  });
}

/** The path from the repository's root; else from the nearest folder below it, since several repositories may lie in one tree. */
function locate(path: string, file: string, folders: ReadonlySet<string>): string | undefined {
  const plain = resolvePath('', path);
  if (plain === undefined) return undefined;
  if (plain === '') return '';
  for (const folder of [...foldersAbove(file)].reverse()) {
    const place = folder === '' ? plain : `${folder}/${plain}`;
    if (folders.has(place)) return place;
  }
  return undefined;
}

function foldersEndingIn(path: string, folders: ReadonlySet<string>): string[] {
  const plain = resolvePath('', path);
  if (plain === undefined || plain === '') return [];
  return [...folders].filter((folder) => folder === plain || folder.endsWith(`/${plain}`)).sort();
}
