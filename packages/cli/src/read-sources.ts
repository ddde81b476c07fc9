import type { LeftOut, SourceFile } from '@plumbline/core';
import { findRepositoryRoot, readAround, readAroundStaged, readPaths, readStaged, rootOf } from '@plumbline/sources';

/** What a run judges and what it may look up. */
export interface ReadSources {
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  /** A SOURCE that could not be read, each as a sentence. */
  readonly problems: readonly string[];
  /** Reads the repository around the files; undefined where all of it is judged or there is none. */
  readonly around: (() => Promise<readonly SourceFile[]>) | undefined;
  /** The text of a file of the report, for excerpts. */
  readonly textOf: (path: string) => string | undefined;
}

/** The folder that paths of a report are relative to. Absolute. */
export function reportRoot(operands: readonly string[], cwd: string): string {
  return rootOf(operands, cwd);
}

/** Reads the SOURCEs of a command line, the whole repository where there is none. */
export async function readSources(operands: readonly string[], root: string, cwd: string, staged: boolean): Promise<ReadSources> {
  const isWhole = !staged && operands.length === 0;
  const { files, leftOut, problems } = await (staged
    ? readStaged(root, operands, { cwd })
    : readPaths(isWhole ? [root] : operands, { root, cwd }));
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
            neighbours = await (staged ? readAroundStaged : readAround)(root, files);
            return neighbours;
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

// As the reader decodes: by byte order mark, UTF-8 without one.
function decode(bytes: Uint8Array): string {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}
