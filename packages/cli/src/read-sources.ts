import { resolve } from 'node:path';
import { ConfigError, type History, type LeftOut, type Past, type SourceFile } from '@plumbline/core';
import {
  findRepositoryRoot,
  historyOfGit,
  inputsOfFolder,
  inputsOfGit,
  isClusterSource,
  isGitSource,
  isInside,
  isSnapshotSource,
  type ListInputs,
  listOfFolder,
  listOfGit,
  openStaged,
  type PathKinds,
  pathKindsOfFolder,
  pathKindsOfGit,
  type ReadInput,
  type ReadResult,
  readAround,
  readAroundTree,
  readPaths,
  readTree,
  revisionOf,
  rootOf,
  type SeenBlobs,
} from '@plumbline/sources';

/** What a run judges and what it may look up. */
export interface ReadSources {
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  /** A SOURCE that could not be read, each as a sentence. */
  readonly problems: readonly string[];
  /** Reads the repository around the files; undefined where all of it is judged or there is none. */
  readonly around: (() => Promise<readonly SourceFile[]>) | undefined;
  /** Reads a file that a build names and that is no configuration. */
  readonly readInput: ReadInput;
  readonly pathKind: PathKinds;
  /** What was committed up to what is judged. */
  readonly history: History;
  /** Why what lies around the files cannot be told; undefined where it can. */
  readonly unseen: string | undefined;
  readonly listInputs: ListInputs;
  /** What is judged changes this, where it is a change: what is staged. */
  readonly past: Past | undefined;
  readonly removed: readonly string[];
  /** Whether the SOURCEs mean a path, also one that is not there any more. */
  readonly selects: (path: string) => boolean;
  /** The text of a file of the report, for excerpts. */
  readonly textOf: (path: string) => string | undefined;
}

/** The folder that paths of a report are relative to. Absolute. */
export function reportRoot(operands: readonly string[], cwd: string): string {
  return rootOf(operands, cwd);
}

export interface ReadingOptions {
  /** What runs before saw of the index. */
  readonly seen?: SeenBlobs | undefined;
  /** A file that is named may be what a program printed of a whole cluster. */
  readonly isPrinted?: boolean;
}

/** Reads the SOURCEs of a command line, the whole repository where there is none. */
export async function readSources(
  operands: readonly string[],
  root: string,
  cwd: string,
  staged: boolean,
  options: ReadingOptions = {},
): Promise<ReadSources> {
  const isWhole = !staged && operands.length === 0;
  const way = wayOf(operands, root, cwd, staged, options);
  const { files, leftOut, problems } = await way.read();
  let known: Map<string, SourceFile> | undefined;
  let neighbours: readonly SourceFile[] = [];
  const texts = new Map<string, string>();
  return {
    files,
    leftOut,
    problems: problems.map(({ message }) => message),
    // Outside of a repository nothing says how far "around" would reach.
    around:
      isWhole || findRepositoryRoot(root) !== root
        ? undefined
        : async () => {
            neighbours = await way.around(files);
            return neighbours;
          },
    readInput: way.input,
    pathKind: way.pathKind,
    history: historyOfGit(root, way.commit),
    unseen: isRepository(operands, root, cwd) ? undefined : 'the files are in no repository of Git, and no folder was named',
    listInputs: way.list,
    past: way.past?.(),
    removed: way.removed?.() ?? [],
    selects(path) {
      const place = resolve(root, path);
      return operands.length === 0 || operands.some((operand) => isInside(place, resolve(cwd, operand)));
    },
    textOf(path) {
      const text = texts.get(path);
      if (text !== undefined) return text;
      known ??= new Map([...neighbours, ...files].map((file) => [file.path, file]));
      const file = known.get(path);
      if (file === undefined) return undefined;
      const decoded = decode(file.bytes);
      texts.set(path, decoded);
      return decoded;
    },
  };
}

/** Whether `root` is a repository, or one folder that was named and so is taken for one. */
function isRepository(operands: readonly string[], root: string, cwd: string): boolean {
  if (findRepositoryRoot(root) === root) return true;
  const [only = '.'] = operands;
  return operands.length <= 1 && only !== '-' && resolve(cwd, only) === root;
}

interface Way {
  readonly input: ReadInput;
  readonly pathKind: PathKinds;
  /** The revision that it is, or that it changes. */
  readonly commit: string;
  readonly list: ListInputs;
  past?(): Past;
  /** Once it is read. */
  removed?(): readonly string[];
  read(): ReadResult | Promise<ReadResult>;
  around(files: readonly SourceFile[]): readonly SourceFile[] | Promise<readonly SourceFile[]>;
}

/** From the working tree, from the index, or from a revision. */
function wayOf(operands: readonly string[], root: string, cwd: string, staged: boolean, { seen, isPrinted = false }: ReadingOptions): Way {
  const live = operands.find((operand) => isClusterSource(operand) || isSnapshotSource(operand));
  if (live !== undefined) throw new ConfigError('usage', `${live} is what there is, not what is written: plumbline drift --actual ${live}`);
  const ofGit = operands.filter(isGitSource);
  if (ofGit.length > 0) {
    if (staged) throw new ConfigError('usage', '--staged judges what is staged, not a revision');
    if (ofGit.length < operands.length) throw new ConfigError('usage', 'a revision of Git is judged by itself, not beside files');
    return {
      input: inputsOfGit(root, revisionOf(operands[0] ?? '')),
      pathKind: pathKindsOfGit(root, revisionOf(operands[0] ?? '')),
      commit: revisionOf(operands[0] ?? ''),
      list: listOfGit(root, revisionOf(operands[0] ?? '')),
      read: () => readTree(root, operands),
      around: (files) => readAroundTree(root, operands, files),
    };
  }
  if (staged) {
    const index = openStaged(root, seen);
    return {
      input: index.input,
      pathKind: (path) => index.pathKind(path),
      commit: 'HEAD',
      list: index.list,
      past: index.past,
      removed: index.removed,
      read: () => index.read(operands, { cwd }),
      around: (files) => index.around(files),
    };
  }
  return {
    input: inputsOfFolder(root),
    pathKind: pathKindsOfFolder(root),
    commit: 'HEAD',
    list: listOfFolder(root),
    read: () => readPaths(operands.length === 0 ? [root] : operands, { root, cwd, isPrinted }),
    around: (files) => readAround(root, files),
  };
}

// As the reader decodes: by byte order mark, UTF-8 without one.
function decode(bytes: Uint8Array): string {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}
