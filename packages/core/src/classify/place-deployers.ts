import type { Document } from '../read/document.ts';
import type { SourceFile } from '../read/source-file.ts';
import { isObject, member } from '../values/json.ts';
import { applicationsOf, type GeneratorInputs } from './application-set.ts';
import { type Deployer, isDeployerKind, readDeployers } from './deployer.ts';
import { isGitRepository, ownSource } from './own-source.ts';
import type { MappedFile } from './repository-map.ts';
import { foldersAbove, resolvePath } from './repository-path.ts';

/** A deployer and the folder of this repository that it applies. */
export interface PlacedDeployer {
  readonly deployer: Deployer;
  /** Where the object is written. */
  readonly document: Document;
  readonly file: string;
  /** The object's kind and name: `Kustomization apps`. */
  readonly label: string;
  /** Undefined when the folder is not found here. */
  readonly target: string | undefined;
  /** Folders that might be meant where the source is not this repository as it lies. */
  readonly candidates: readonly string[];
}

export function placeDeployers(files: readonly MappedFile[], parseFile: (file: SourceFile) => readonly Document[]): PlacedDeployer[] {
  const found: { deployer: Deployer; document: Document; file: string; label: string }[] = [];
  const sources: Document[] = [];
  let inputs: GeneratorInputs | undefined;
  const generated = (document: Document): readonly Document[] => {
    inputs ??= generatorInputs(files, parseFile);
    return applicationsOf(document, inputs) ?? [document];
  };
  for (const { file, verdict } of files) {
    if (verdict.role !== 'manifest' || verdict.documents === undefined) continue;
    for (const document of verdict.documents) {
      if (isGitRepository(document)) sources.push(document);
      for (const each of isApplicationSet(document) ? generated(document) : [document])
        for (const deployer of deployersOf(each)) found.push({ deployer, document: each, file: file.path, label: labelOf(each) });
    }
  }
  if (found.length === 0) return [];
  const folders = foldersOf(files);
  const own = ownSource(sources);
  return found.map(({ deployer, document, file, label }) => {
    const { path, isGit } = deployer;
    if (deployer.kind === 'flux' && own.isElsewhere(document))
      return { deployer, document, file, label, target: undefined, candidates: [] };
    const target = isGit && path !== undefined ? locate(path, file, folders) : undefined;
    // A built artifact holds a part of some repository: every folder whose path ends so may be meant.
    const candidates = isGit || path === undefined ? [] : foldersEndingIn(path, folders);
    return { deployer, document, file, label, target, candidates };
  });
}

function foldersOf(files: readonly MappedFile[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { file } of files) {
    for (const folder of foldersAbove(file.path)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** What the generators of ApplicationSets look at: made once, where there is one. */
function generatorInputs(files: readonly MappedFile[], parseFile: (file: SourceFile) => readonly Document[]): GeneratorInputs {
  const byPath = new Map(files.map(({ file }) => [file.path, file]));
  return {
    folders: foldersOf(files),
    files: [...byPath.keys()],
    values(path) {
      const file = byPath.get(path);
      return file === undefined ? undefined : parseFile(file).map(({ value }) => value);
    },
  };
}

function isApplicationSet({ value }: Document): boolean {
  const apiVersion = member(value, 'apiVersion');
  return member(value, 'kind') === 'ApplicationSet' && typeof apiVersion === 'string' && apiVersion.startsWith('argoproj.io/');
}

const NONE: readonly Deployer[] = [];

function deployersOf({ value }: Document): readonly Deployer[] {
  if (!isObject(value)) return NONE;
  const kind = member(value, 'kind');
  return isDeployerKind(kind) ? readDeployers(value) : NONE;
}

function labelOf({ value }: Document): string {
  const kind = member(value, 'kind');
  const name = member(member(value, 'metadata'), 'name');
  return `${typeof kind === 'string' ? kind : ''} ${typeof name === 'string' ? name : ''}`.trim();
}

/** Where a path that is written from the root of a Git source leads: from the repository's root; else from the nearest folder below it, since several repositories may lie in one tree. */
export function locate(path: string, file: string, folders: { has(folder: string): boolean }): string | undefined {
  const plain = resolvePath('', path);
  if (plain === undefined || plain === '') return plain;
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
