import type { SourceFile } from '../read/source-file.ts';
import type { InputReader } from './expander.ts';

/** What builds may read: the files in sight, and others by their path as whoever runs the engine finds them. */
export function inputReader(
  files: readonly SourceFile[],
  readInput: (path: string) => SourceFile | undefined = () => undefined,
  listInputs: (folder: string) => readonly string[] = () => [],
): InputReader {
  const known = new Map<string, SourceFile | undefined>(files.map((file) => [file.path, file]));
  let paths: readonly string[] | undefined;
  const folders = new Set<string>(['']);
  for (const { path } of files) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const listed = new Map<string, readonly string[]>();
  const filesBelow = (folder: string): readonly string[] => {
    paths ??= [...new Set(files.map(({ path }) => path))].sort();
    // What lies below a folder stands between `FOLDER/` and `FOLDER0`, the next character.
    return folder === '' ? paths : paths.slice(firstAtOrAfter(paths, `${folder}/`), firstAtOrAfter(paths, `${folder}0`));
  };
  return {
    read(path) {
      // A file that is not there is asked for once.
      if (!known.has(path)) known.set(path, readInput(path));
      return known.get(path);
    },
    isFolder: (path) => folders.has(path),
    filesBelow,
    list(folder) {
      let all = listed.get(folder);
      if (all === undefined) {
        all = [...new Set([...filesBelow(folder), ...listInputs(folder)])].sort();
        listed.set(folder, all);
      }
      return all;
    },
  };
}

function firstAtOrAfter(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
