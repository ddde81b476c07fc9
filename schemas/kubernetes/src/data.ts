import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads the files of a data folder by name (`types.txt`, `kinds.json`); the folder is the caller's to name, since a bundle keeps it elsewhere. */
export function openData(directory: string): (name: string) => string {
  // What is written is ASCII, and Node.js reads it so in a third of the time.
  return (name) => readFileSync(join(directory, name), 'latin1');
}

/** The data folder of this package; a bundle keeps a copy of its own instead. */
export function dataDirectory(): string {
  return fileURLToPath(new URL('../data', import.meta.url));
}
