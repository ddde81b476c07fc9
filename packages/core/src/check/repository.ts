import type { Classification } from '../classify/classify.ts';
import type { Deployer } from '../classify/deployer.ts';
import type { RepositoryGraph } from '../classify/graph.ts';
import { locate } from '../classify/place-deployers.ts';
import { folderOf, foldersAbove } from '../classify/repository-path.ts';
import type { EntryEffects } from '../expand/entry-effects.ts';
import type { InputReader } from '../expand/expander.ts';
import { decode } from '../read/parse.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { SourceFile } from '../read/source-file.ts';
import { indexKinds } from './index-kinds.ts';

export type PathKind = 'file' | 'folder';

/** A repository as rules of scope `repository` see it. Paths lead from its root, `''` for the root itself. */
export interface Repository {
  /** Why nothing can be said of what the repository holds around a file; undefined where it can. */
  unseenFrom(file: string): string | undefined;
  /** What lies at a path: also files that are no configuration, and folders that are empty. */
  kindOf(path: string): PathKind | undefined;
  /** The text of a file that is no configuration, `''` where it is no text; undefined where whoever runs the engine reads no such files. */
  readonly textOf: ((path: string) => string) | undefined;
  /** The folder that a path means which is written from the root of a Git source in `file`; undefined where it is not here. */
  locate(path: string, file: string): string | undefined;
  /** The names in a folder of what holds configuration, in order. */
  namesIn(folder: string): readonly string[];
  /** The files in a folder and below that are configuration and not left out, in order of path. */
  filesBelow(folder: string): readonly ParsedFile[];
  /** Reads any file, and lists them: also what is no configuration, or left out. */
  readonly inputs: InputReader;
  /** All objects of a kind key in sight, wherever they are applied. */
  byKind(kindKey: string): readonly Resource[];
  /** Every Flux and Argo CD object in sight that applies a folder. */
  readonly deployers: readonly RepositoryDeployer[];
  readonly graph: RepositoryGraph;
  /** What the entries of a kustomization file did in the builds that include it. */
  readonly entryEffects: EntryEffects;
}

export interface RepositoryDeployer {
  readonly deployer: Deployer;
  readonly file: string;
  /** Kind and name: `Kustomization apps`. */
  readonly label: string;
  /** The folder that it applies; undefined where that is not here. */
  readonly target: string | undefined;
}

/** What is known of paths beyond the files in sight. */
export interface RepositoryPaths {
  readonly pathKind?: (path: string) => PathKind | undefined;
  readonly unseen?: string;
  readonly readInput?: (path: string) => SourceFile | undefined;
  readonly inputs?: () => InputReader;
}

export function repositoryOf(
  classification: Classification,
  all: () => readonly Resource[],
  entryEffects: EntryEffects,
  { pathKind = () => undefined, unseen, readInput, inputs = () => NO_INPUTS }: RepositoryPaths,
): Repository {
  const kinds = new Map<string, PathKind | undefined>();
  let files: readonly ParsedFile[] | undefined;
  let folders: Map<string, Set<string>> | undefined;
  let byKind: ReadonlyMap<string, readonly Resource[]> | undefined;
  let graph: RepositoryGraph | undefined;

  const allFiles = (): readonly ParsedFile[] => {
    files ??= [...classification.files, ...classification.around].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
    return files;
  };
  const allFolders = (): ReadonlyMap<string, ReadonlySet<string>> => {
    if (folders === undefined) {
      folders = new Map([['', new Set()]]);
      for (const path of classification.paths) addPath(folders, path);
    }
    return folders;
  };
  const kindOf = (path: string): PathKind | undefined => {
    const known = allFolders();
    if (known.has(path)) return 'folder';
    if (known.get(folderOf(path))?.has(path.slice(path.lastIndexOf('/') + 1)) === true) return 'file';
    if (!kinds.has(path)) kinds.set(path, pathKind(path));
    return kinds.get(path);
  };

  return {
    unseenFrom: (file) => unseen ?? (file === '-' ? 'standard input does not say where in which repository it lies' : undefined),
    kindOf,
    textOf: readInput === undefined ? undefined : (path) => textIn(readInput(path)),
    locate: (path, file) => locate(path, file, { has: (folder) => kindOf(folder) === 'folder' }),
    namesIn: (folder) => [...(allFolders().get(folder) ?? [])].sort(),
    filesBelow(folder) {
      if (folder === '') return allFiles();
      const start = firstAtOrAfter(allFiles(), `${folder}/`);
      const end = firstAtOrAfter(allFiles(), `${folder}0`);
      return allFiles().slice(start, end);
    },
    get inputs() {
      return inputs();
    },
    byKind(key) {
      byKind ??= indexKinds(all());
      return byKind.get(key) ?? [];
    },
    deployers: classification.deployers,
    entryEffects,
    get graph() {
      graph ??= classification.graph((path) => kindOf(path) !== undefined);
      return graph;
    },
  };
}

function textIn(file: SourceFile | undefined): string {
  return file === undefined ? '' : decode(file.bytes).text;
}
const NO_INPUTS: InputReader = { read: () => undefined, isFolder: () => false, filesBelow: () => [], list: () => [] };

/** The index of the first file whose path is not before `path`. What lies below a folder stands between `FOLDER/` and `FOLDER0`, the next character. */
function firstAtOrAfter(files: readonly ParsedFile[], path: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle]?.file.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addPath(folders: Map<string, Set<string>>, path: string): void {
  let child = path;
  for (const folder of foldersAbove(path)) {
    const name = child.slice(folder === '' ? 0 : folder.length + 1);
    const names = folders.get(folder);
    if (names?.has(name) === true) return;
    if (names === undefined) folders.set(folder, new Set([name]));
    else names.add(name);
    child = folder;
  }
}
