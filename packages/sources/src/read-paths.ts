import { realpathSync, type Stats, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { LeftOut, SourceFile } from '@plumbline/core';
import { globMatcher } from './glob-matcher.ts';
import { LeftOutList } from './left-out.ts';
import { MAX_FILE_BYTES, MAX_PRINTED_BYTES, readBytes, readStandardInput, WHY_UNREAD, whyTooLarge } from './read-bytes.ts';
import { isGlob, isInside, staticPart } from './repository-root.ts';
import { type Found, isTestData, walk } from './walk.ts';

export interface ReadOptions {
  /** Absolute; paths of the result are relative to it. */
  readonly root: string;
  /** What relative sources are resolved against; the root by default. */
  readonly cwd?: string;
  /** Files to read beside YAML and JSON, by path from the root (Dockerfiles where a rule judges them). */
  readonly takes?: (path: string) => boolean;
  /** The bytes of standard input; read from descriptor 0 by default. */
  readonly stdin?: () => Uint8Array;
  /** A file that is named, and standard input, may hold what a program printed of a whole cluster. */
  readonly isPrinted?: boolean;
}

export interface ReadResult {
  /** In order of path, each once; `-` for standard input. */
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  /** Sources that are not there or cannot be opened: each makes exit code 2, the others are read all the same. */
  readonly problems: readonly SourceProblem[];
}

export interface SourceProblem {
  readonly source: string;
  readonly code: 'source-missing' | 'source-unreadable' | 'usage';
  readonly message: string;
}

/** Reads what is to be judged: files, folders, globs, and `-`. A file that is named is read whatever its name says and whatever Git ignores. */
export async function readPaths(sources: readonly string[], options: ReadOptions): Promise<ReadResult> {
  const reading = new Reading(options);
  for (const source of sources) await reading.add(source);
  return reading.result();
}

/** Reads the configuration files below the root. */
export function readFolder(root: string, options: Omit<ReadOptions, 'root'> = {}): Promise<ReadResult> {
  return readPaths([root], { ...options, root });
}

class Reading {
  readonly #options: ReadOptions;
  readonly #leftOut = new LeftOutList();
  readonly #found = new Map<string, Found>();
  /** Path → the source that names the file itself. */
  readonly #named = new Map<string, string>();
  readonly #problems: SourceProblem[] = [];
  readonly #cwd: string;
  readonly #maxBytes: number;
  #stdin: SourceFile | undefined;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#cwd = options.cwd ?? options.root;
    this.#maxBytes = options.isPrinted === true ? MAX_PRINTED_BYTES : MAX_FILE_BYTES;
  }

  async add(source: string): Promise<void> {
    if (source === '-') {
      if (this.#stdin !== undefined) return;
      const bytes = this.#options.stdin?.() ?? readStandardInput(this.#maxBytes);
      if (typeof bytes === 'string') {
        this.#fail(
          source,
          'source-unreadable',
          `standard input cannot be read: ${bytes === 'too-large' ? whyTooLarge(this.#maxBytes) : 'it may not be read'}`,
        );
        return;
      }
      this.#stdin = this.#file('-', bytes, true);
      // A build that failed further up the pipe prints nothing; that must not pass for a clean result.
      if (this.#stdin.bytes.length === 0) this.#fail(source, 'source-unreadable', 'standard input is empty: there is nothing to judge');
      return;
    }
    const place = resolve(this.#cwd, source);
    let stats: Stats | undefined;
    try {
      stats = statSync(place, { throwIfNoEntry: false });
    } catch (error) {
      // A link that leads to itself, a name too long, a folder that may not be entered.
      const code = (error as NodeJS.ErrnoException).code;
      this.#fail(source, 'source-unreadable', `"${source}" cannot be opened${code === undefined ? '' : ` (${code})`}`);
      return;
    }
    if (stats?.isDirectory() === true) await this.#addFolder(place);
    else if (stats?.isFile() === true) this.#addFile(source, place);
    else if (stats !== undefined) this.#fail(source, 'source-unreadable', `"${source}" is neither a file nor a folder`);
    else if (/^(git|cluster|snapshot):/.test(source)) {
      this.#fail(source, 'usage', `"${source}": this kind of SOURCE is not supported yet, name files or folders`);
    } else if (isGlob(source)) await this.#addGlob(source);
    else this.#fail(source, 'source-missing', `"${source}" does not exist`);
  }

  async #addFolder(place: string): Promise<void> {
    const { root, takes } = this.#options;
    const inside = this.#pathOf(place);
    for (const found of inside === undefined
      ? await this.#walkOutside(place)
      : await walk(inside, { root, leftOut: this.#leftOut, takes })) {
      this.#found.set(found.path, found);
    }
  }

  #addFile(source: string, place: string): void {
    const path = this.#pathOf(place) ?? this.#outsidePath(place);
    this.#found.set(path, { path, place });
    this.#named.set(path, source);
  }

  async #addGlob(source: string): Promise<void> {
    const { root, takes } = this.#options;
    const inside = this.#pathOf(resolve(this.#cwd, staticPart(source)));
    const pattern = this.#pathOf(resolve(this.#cwd, source));
    let isMatched = false;
    if (inside !== undefined && pattern !== undefined) {
      const matches = await globMatcher(pattern);
      const silent = new LeftOutList();
      const options = {
        root,
        leftOut: silent,
        takes: (path: string) => takes?.(path) === true || matches(path),
        entersTestData: isTestData(pattern),
      };
      for (const found of await walk(inside, options)) {
        if (!matches(found.path)) continue;
        isMatched = true;
        this.#found.set(found.path, found);
      }
    }
    if (!isMatched) this.#fail(source, 'source-missing', `no file matches "${source}"`);
  }

  result(): ReadResult {
    const files: SourceFile[] = this.#stdin === undefined ? [] : [this.#stdin];
    for (const { path, place } of this.#found.values()) {
      const source = this.#named.get(path);
      const bytes = readBytes(place, source === undefined ? MAX_FILE_BYTES : this.#maxBytes);
      if (typeof bytes !== 'string') {
        files.push(this.#file(path, bytes, source !== undefined));
        continue;
      }
      this.#leftOut.add(bytes, path);
      // What was asked for by name and is not read is no success.
      const why = bytes === 'too-large' ? whyTooLarge(this.#maxBytes) : WHY_UNREAD[bytes];
      if (source !== undefined) this.#fail(source, 'source-unreadable', `"${source}" cannot be read: ${why}`);
    }
    if (!isInOrder(files)) files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files, leftOut: this.#leftOut.list(), problems: this.#problems };
  }

  #file(path: string, bytes: Uint8Array, isNamed: boolean): SourceFile {
    return isNamed && this.#options.isPrinted === true ? { path, bytes, isPrinted: true } : { path, bytes };
  }

  async #walkOutside(place: string): Promise<Found[]> {
    const prefix = this.#outsidePath(place);
    const list = await walk('', { root: place, leftOut: this.#leftOut, takes: this.#options.takes });
    return list.map((found) => ({ path: `${prefix}/${found.path}`, place: found.place }));
  }

  /** The path from the root, also where the root or the place was named through a link; undefined outside of it. */
  #pathOf(place: string): string | undefined {
    const { root } = this.#options;
    if (isInside(place, root)) return slashes(relative(root, place));
    try {
      const real = realpathSync(place);
      const realRoot = realpathSync(root);
      return isInside(real, realRoot) ? slashes(relative(realRoot, real)) : undefined;
    } catch {
      return undefined;
    }
  }

  #outsidePath(place: string): string {
    return slashes(relative(this.#options.root, place));
  }

  #fail(source: string, code: SourceProblem['code'], message: string): void {
    this.#problems.push({ source, code, message });
  }
}

function slashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

function isInOrder(files: readonly SourceFile[]): boolean {
  for (let index = 1; index < files.length; index++) if ((files[index - 1]?.path ?? '') > (files[index]?.path ?? '')) return false;
  return true;
}
