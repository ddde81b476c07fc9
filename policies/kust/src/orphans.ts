import { isArray, isObject, type JsonValue, member, type ParsedFile, type Repository } from '@plumbline/core';
import { folderOf, joinPath, nameOf } from './paths.ts';

/** A manifest that lies in the folder of a kustomization and that nothing names. */
export interface Orphan {
  readonly file: ParsedFile;
  /** The kustomization that lists what lies beside it. */
  readonly kustomization: string;
}

const known = new WeakMap<Repository, ReadonlyMap<string, Orphan>>();

/** The orphans of a repository by path; worked out once. */
export function orphansOf(repository: Repository): ReadonlyMap<string, Orphan> {
  let orphans = known.get(repository);
  if (orphans === undefined) {
    orphans = find(repository);
    known.set(repository, orphans);
  }
  return orphans;
}

function find(repository: Repository): ReadonlyMap<string, Orphan> {
  const files = repository.filesBelow('');
  const kustomizations = new Map(
    files.filter(({ role }) => role === 'kustomize/Kustomization').map((file) => [folderOf(file.file.path), file]),
  );
  if (kustomizations.size === 0) return new Map();
  const named = new Set<string>();
  const listing = new Set<string>();
  for (const [folder, file] of kustomizations) {
    const value = file.documents[0]?.value;
    for (const path of pathsIn(value, folder)) named.add(path);
    const resources = member(value, 'resources');
    if (
      isArray(resources) &&
      resources.some((entry) => typeof entry === 'string' && folderOf(joinPath(folder, entry)) === folder && isYaml(entry))
    )
      listing.add(folder);
  }
  const candidates = files.filter(({ file: { path }, role }) => {
    const folder = folderOf(path);
    return role === 'manifest' && listing.has(folder) && !named.has(path) && !isSetAside(path) && !isReadAsFolder(folder, repository);
  });
  const orphans = new Map<string, Orphan>();
  if (candidates.length === 0) return orphans;
  const mentioned = mentionsIn(files, candidates);
  for (const file of candidates) {
    const { path } = file.file;
    const kustomization = kustomizations.get(folderOf(path))?.file.path;
    if (kustomization !== undefined && !mentioned.has(path)) orphans.set(path, { file, kustomization });
  }
  return orphans;
}

/** Argo CD reads every file of a folder and below where it takes the folder for plain manifests. */
function isReadAsFolder(folder: string, { deployers }: Repository): boolean {
  return deployers.some(
    ({ deployer, target }) =>
      deployer.kind === 'argo' &&
      deployer.isRecursive &&
      target !== undefined &&
      (target === '' || folder === target || folder.startsWith(`${target}/`)),
  );
}

/** The candidates whose name some other file says, in a comment or a command: whoever wrote that knows of the file. */
function mentionsIn(files: readonly ParsedFile[], candidates: readonly ParsedFile[]): ReadonlySet<string> {
  const mentioned = new Set<string>();
  const waiting = new Map(candidates.map(({ file: { path } }) => [path, nameOf(path)]));
  for (const { file, text } of files) {
    for (const [path, name] of waiting) {
      if (file.path === path || !text.includes(name) || !isMeant(path, name, file.path, text)) continue;
      mentioned.add(path);
      waiting.delete(path);
    }
    if (waiting.size === 0) break;
  }
  return mentioned;
}

/** Whether a text that holds the name of a file means that file: it lies beside it, or says the folder too; many folders have a `deployment.yaml`. */
function isMeant(path: string, name: string, speaker: string, text: string): boolean {
  const folder = folderOf(path);
  if (folderOf(speaker) === folder) return true;
  return text.includes(`${nameOf(folder)}/${name}`) || !/^(?:[a-z]+|[a-z]+-[a-z]+)\.ya?ml$/.test(name);
}

/** Every string that may be a path, from the repository's root: resources, patches, `key=file` of generators. */
function* pathsIn(value: JsonValue | undefined, folder: string): Generator<string> {
  if (typeof value === 'string') {
    if (!value.includes('\n')) yield joinPath(folder, value.slice(value.indexOf('=') + 1));
  } else if (isArray(value)) for (const item of value) yield* pathsIn(item, folder);
  else if (isObject(value)) for (const key of Object.keys(value)) yield* pathsIn(value[key], folder);
}

/** A name that says that the file is not meant to be applied as it is. */
function isSetAside(path: string): boolean {
  return /(?:^|[^a-z])(?:examples?|expected|samples?|templates?|tests?|disabled|unused|old|backup|bak|dummy|deprecated|archived?|wip|todo|draft)(?:[^a-z]|$)/.test(
    nameOf(path).toLowerCase(),
  );
}

function isYaml(entry: string): boolean {
  return /\.(?:ya?ml|json)$/.test(entry);
}
