import { isArray, isObject, type JsonValue, member, type ParsedFile, type Repository } from '@plumbline/core';
import { Mentions } from './mentions.ts';
import { otherTexts } from './other-texts.ts';
import { folderOf, joinPath, nameOf } from './paths.ts';

/** A manifest that lies in the folder of a kustomization and that nothing names. */
export interface Orphan {
  readonly file: ParsedFile;
  /** The kustomization that lists what lies beside it. */
  readonly kustomization: string;
  /** Whether every text of the repository was searched for its name. */
  readonly isSure: boolean;
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
  const unnamed = unnamedOf(candidates, files, repository);
  for (const file of candidates) {
    const { path } = file.file;
    const kustomization = kustomizations.get(folderOf(path))?.file.path;
    if (kustomization !== undefined && unnamed.paths.has(path)) orphans.set(path, { file, kustomization, isSure: unnamed.isSure });
  }
  return orphans;
}

/** The candidates that no text of the repository names: a comment, a script, a pipeline, a document. `isSure`: every text was read. */
function unnamedOf(
  candidates: readonly ParsedFile[],
  files: readonly ParsedFile[],
  repository: Repository,
): { readonly paths: ReadonlySet<string>; readonly isSure: boolean } {
  const mentions = new Mentions(
    candidates.map(({ file }) => file.path),
    aloneAmong(files),
  );
  for (const { file, role, text } of files) {
    if (mentions.isDone) break;
    mentions.hear(file.path, text, role === 'kustomize/Kustomization');
  }
  let isSure = true;
  if (!mentions.isDone) {
    for (const other of otherTexts(repository, new Set(files.map(({ file }) => file.path)))) {
      if (other === undefined) isSure = false;
      else mentions.hear(other.path, other.text, false);
      if (mentions.isDone) break;
    }
  }
  return { paths: new Set(mentions.left), isSure };
}

/** Tells whether a name is that of one file only; counted when it is first asked. */
function aloneAmong(files: readonly ParsedFile[]): (name: string) => boolean {
  let counts: Map<string, number> | undefined;
  return (name) => {
    if (counts === undefined) {
      counts = new Map();
      for (const { file } of files) counts.set(nameOf(file.path), (counts.get(nameOf(file.path)) ?? 0) + 1);
    }
    return (counts.get(name) ?? 0) < 2;
  };
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
