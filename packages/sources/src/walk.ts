import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { addTo } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { addIgnoreFile, type IgnoreRules, isIgnored } from './gitignore.ts';
import type { LeftOutList, LeftOutReason } from './left-out.ts';
import { isInside } from './repository-root.ts';

/** A file that a walk came upon. `place` opens it: a Buffer where the name is no UTF-8. */
export interface Found {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly place: string | Buffer;
}

export interface WalkOptions {
  /** Absolute. */
  readonly root: string;
  readonly leftOut: LeftOutList;
  /** Further files to take, beside YAML and JSON. */
  readonly takes?: ((path: string) => boolean) | undefined;
  /** Enter folders of test data too. */
  readonly entersTestData?: boolean | undefined;
}

/**
 * Folders of the inputs and expected outputs of a program's tests, often wrong on purpose: Go's `testdata`, which the `go`
 * command passes over too, and the snapshots of jest and helm-unittest.
 */
const TEST_DATA = /^_?testdata$|^__snapshots?__$/;

/** Whether one of the folders on the path holds test data. */
export function isTestData(path: string): boolean {
  return (path.includes('testdata') || path.includes('__snap')) && path.split('/').some((step) => TEST_DATA.test(step));
}

/** Whether it lies in a folder of installed packages. */
export function isDependency(path: string): boolean {
  return path.includes('node_modules/') && /(?:^|\/)node_modules\//.test(path);
}

/**
 * The configuration files below a folder of the root (`''`, `a/b`), in order of path. Never leaves the root, never follows a
 * folder link. What is asked for by name is entered, whatever it is.
 */
export async function walk(folder: string, options: WalkOptions): Promise<Found[]> {
  const found: Found[] = [];
  const links: string[] = [];
  const base = folder === '' ? '' : `${folder}/`;
  let rules = await rulesAbove(folder, options.root);
  // What is asked for by name is judged, also where Git ignores it.
  if (base !== '' && isIgnored(rules, base)) rules = undefined;
  await walkFolder(base, rules, isTestData(folder) ? { ...options, entersTestData: true } : options, found, links);
  if (links.length > 0 && addLinks(links, options, found)) found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

async function walkFolder(
  base: string,
  above: IgnoreRules | undefined,
  options: WalkOptions,
  found: Found[],
  links: string[],
): Promise<void> {
  // Ends in a separator; `join` for every file costs as much as opening it.
  const place = join(options.root, base, sep);
  let entries: Dirent[];
  try {
    entries = readdirSync(place, { withFileTypes: true });
  } catch {
    options.leftOut.add('unreadable', base === '' ? './' : base);
    return;
  }
  let rules = above;
  if (entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) {
    rules = await addIgnoreFile(above, base, join(place, '.gitignore'));
  }
  // By whole path: `a/x` stands before `a-b` only if `/` comes before `-`.
  const named = entries.map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  named.sort((a, b) => (a.key < b.key ? -1 : 1));
  let odd: OddNames | undefined;
  for (const { entry, key } of named) {
    const path = base + key;
    if (entry.name.includes('\ufffd')) {
      odd ??= oddNames(place);
      const bytes = odd.get(entry.name)?.shift();
      if (bytes !== undefined) takeOddName(base, bytes, place, entry, rules, options, found);
    } else if (entry.isDirectory()) {
      if (entry.name === '.git') continue;
      if (entry.name === 'node_modules') options.leftOut.add('dependencies', path);
      else if (rules !== undefined && isIgnored(rules, path)) options.leftOut.add('gitignored', path);
      else if (TEST_DATA.test(entry.name) && options.entersTestData !== true) options.leftOut.add('test-data', path);
      else await walkFolder(path, rules, options, found, links);
    } else if (!isConfigurationPath(path) && options.takes?.(path) !== true) {
      // The `.git` file of a worktree or a submodule is no file of the repository.
      if (entry.name !== '.git') options.leftOut.add(reasonOf(entry, place), path);
    } else if (rules !== undefined && isIgnored(rules, path)) options.leftOut.add('gitignored', path);
    else if (entry.isFile()) found.push({ path, place: place + entry.name });
    else if (entry.isSymbolicLink()) links.push(path);
    else options.leftOut.add('special-file', path);
  }
}

/** Why an entry that is no configuration is left out. */
function reasonOf(entry: Dirent, folder: string): LeftOutReason {
  if (entry.isFile()) return 'not-configuration';
  if (!entry.isSymbolicLink()) return 'special-file';
  try {
    return statSync(join(folder, entry.name)).isDirectory() ? 'symlink' : 'not-configuration';
  } catch {
    return 'symlink-broken';
  }
}

/** The ignore files from the root down to the folder, without its own: the walk reads that. */
async function rulesAbove(folder: string, root: string): Promise<IgnoreRules | undefined> {
  let rules = await addIgnoreFile(undefined, '', join(root, '.git', 'info', 'exclude'));
  if (folder === '') return rules;
  let base = '';
  for (const step of folder.split('/')) {
    rules = await addIgnoreFile(rules, base, join(root, base, '.gitignore'));
    base += `${step}/`;
  }
  return rules;
}

/** Links to files inside the root that are not read under their own name; whether any was added. */
function addLinks(links: readonly string[], { root, leftOut }: WalkOptions, found: Found[]): boolean {
  const realRoot = realpathSync(root);
  const known = new Set(found.map((file) => file.path));
  let isAdded = false;
  for (const path of links) {
    let target: string;
    try {
      target = realpathSync(join(root, path));
    } catch {
      leftOut.add('symlink-broken', path);
      continue;
    }
    const inside = isInside(target, realRoot) ? relative(realRoot, target).split(sep).join('/') : undefined;
    if (inside === undefined || inside.startsWith('.git/')) leftOut.add('symlink-outside', path);
    else if (known.has(inside) || statSync(target, { throwIfNoEntry: false })?.isFile() !== true) leftOut.add('symlink', path);
    else {
      known.add(inside);
      found.push({ path, place: target });
      isAdded = true;
    }
  }
  return isAdded;
}

type OddNames = Map<string, Buffer[]>;

/** The names of a folder that are no UTF-8, by what Node.js shows of them. */
function oddNames(place: string): OddNames {
  const names: OddNames = new Map();
  for (const bytes of readdirSync(place, { encoding: 'buffer' })) {
    const shown = bytes.toString('utf8');
    if (!shown.includes('\ufffd')) continue;
    addTo(names, shown, bytes);
  }
  return names;
}

function takeOddName(
  base: string,
  bytes: Buffer,
  place: string,
  entry: Dirent,
  rules: IgnoreRules | undefined,
  { leftOut, takes }: WalkOptions,
  found: Found[],
): void {
  const path = base + escapeBytes(bytes);
  if (entry.isDirectory()) leftOut.add('unreadable', `${path}/`);
  else if (!isConfigurationPath(path) && takes?.(path) !== true) leftOut.add('not-configuration', path);
  else if (isIgnored(rules, path)) leftOut.add('gitignored', path);
  else if (entry.isFile()) found.push({ path, place: Buffer.concat([Buffer.from(place), bytes]) });
  else leftOut.add(entry.isSymbolicLink() ? 'symlink' : 'special-file', path);
}

/** Bytes that are no UTF-8 as `\xNN`, as `git` and `ls` print them. */
function escapeBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  let shown = '';
  for (const byte of bytes) shown += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`;
  return shown;
}
