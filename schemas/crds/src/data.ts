import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads the file of an API group, undefined where there is none; the folder is the caller's to name, since a bundle keeps it elsewhere. */
export function openCrdData(directory: string): (group: string) => string | undefined {
  return (group) => {
    // A group is a name of DNS; anything else could lead out of the folder.
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group)) return undefined;
    try {
      return readFileSync(join(directory, `${group}.txt`), 'utf8');
    } catch {
      return undefined;
    }
  };
}

/** The data folder of this package; a bundle keeps a copy of its own instead. */
export function crdDataDirectory(): string {
  return fileURLToPath(new URL('../data', import.meta.url));
}
