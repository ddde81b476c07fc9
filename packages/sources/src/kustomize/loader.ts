import { type Document, decode, type EntryEffect, parse, type SourceFile, toPointer } from '@plumbline/core';
import { Effect } from './effect.ts';
import type { Mark, Role } from './mark.ts';
import { BuildError, NotBuiltError } from './problem.ts';
import type { Settings } from './settings.ts';
import { WrittenText } from './written-text.ts';

/** The files that a build may read, by path from the repository's root. The engine's InputReader is one. */
export interface FileReader {
  read(path: string): SourceFile | undefined;
  isFolder(path: string): boolean;
}

export interface BuildOptions {
  /** Compiles a pattern of a selector as Go's regexp does (RE2); undefined where it is none. JavaScript's own engine without it. */
  readonly compile?: (pattern: string) => { test(text: string): boolean } | undefined;
  /** Where the copy of a remote resource lies, by path for the reader; remote resources are never fetched. */
  readonly remote?: (url: string) => string | undefined;
  /** Files outside of a kustomization's folder are read, as with `--load-restrictor LoadRestrictionsNone`. */
  readonly isUnrestricted?: boolean;
  /** What `buildMetadata: [managedByLabel]` says, `kustomize-VERSION`. */
  readonly managedBy?: string;
}

/** The files that a build has read, and what it shares. */
export class Session {
  readonly reader: FileReader;
  readonly options: BuildOptions;
  readonly inputs = new Map<string, Role>();
  /** A file of resources holds none: something fills it in before it is applied, and what entries do to that is not known. */
  hasGaps = false;
  private readonly kept = new Map<string, Effect>();

  constructor(reader: FileReader, options: BuildOptions) {
    this.reader = reader;
    this.options = options;
  }

  read(path: string, role: Role): SourceFile | undefined {
    const file = this.reader.read(path);
    if (file !== undefined && !this.inputs.has(path)) this.inputs.set(path, role);
    return file;
  }

  /** Keeps what an entry of a kustomization does: the same for each time that the kustomization is included. */
  effectOf(entry: Settings): Effect {
    const key = `${entry.place.file}\n${toPointer(entry.path)}`;
    let effect = this.kept.get(key);
    if (effect === undefined) {
      effect = new Effect(entry);
      this.kept.set(key, effect);
    }
    return effect;
  }

  get effects(): readonly EntryEffect[] {
    const { hasGaps } = this;
    return [...this.kept.values()].map(({ file, path, matched, changed }) => ({
      file,
      path,
      matched: matched || hasGaps,
      changed: changed || hasGaps,
    }));
  }
}

/** Reads what a kustomization names, within the bounds that kustomize keeps. */
export class Loader {
  readonly session: Session;
  /** The folder, '' for the repository's root. */
  readonly root: string;
  private readonly referrer: Loader | undefined;

  constructor(session: Session, root: string, referrer?: Loader) {
    this.session = session;
    this.root = root;
    this.referrer = referrer;
  }

  /** A file named by a field; it must lie in or below the folder. */
  load(entry: string, at: Mark, role: Role): SourceFile {
    const file = this.find(entry, at, role);
    if (file !== undefined) return file;
    const path = this.resolve(entry, at);
    if (this.session.reader.isFolder(path)) throw new BuildError(`"${entry}" is a folder, a file is needed here`, at, 'kust/missing-path');
    throw new BuildError(`the file "${entry}" does not exist`, at, 'kust/missing-path');
  }

  /** As `load`, but undefined where there is no such file. */
  find(entry: string, at: Mark, role: Role): SourceFile | undefined {
    if (entry === '') return undefined;
    if (/^https?:\/\//i.test(entry)) {
      const local = this.session.options.remote?.(entry);
      const copy = local === undefined ? undefined : this.session.read(local, role);
      if (copy !== undefined) return copy;
      throw new NotBuiltError(`the remote file ${entry} is not fetched`);
    }
    if (entry.startsWith('/'))
      throw new BuildError(`"${entry}" is an absolute path; name the file relative to the kustomization`, at, 'kust/load-restriction');
    const path = this.resolve(entry, at);
    const file = this.session.read(path, role);
    if (file !== undefined && this.session.options.isUnrestricted !== true && !isWithin(folderOf(path), this.root)) {
      throw new BuildError(
        `the file "${entry}" is not in or below the folder of the kustomization; kustomize reads it only with --load-restrictor LoadRestrictionsNone`,
        at,
        'kust/load-restriction',
      );
    }
    return file;
  }

  /** The loader of another kustomization's folder; undefined where there is no such folder. */
  enter(entry: string, at: Mark): Loader | undefined {
    if (isRemote(entry)) {
      const local = this.session.options.remote?.(entry);
      if (local !== undefined && this.session.reader.isFolder(local)) return new Loader(this.session, local);
      throw new NotBuiltError(`the remote resource ${entry} is not fetched`);
    }
    if (entry.startsWith('/')) throw new BuildError(`"${entry}" is an absolute path; name the folder relative to the kustomization`, at);
    if (entry.split('/').some((part) => part !== '..' && part.includes('..'))) {
      throw new BuildError(`"${entry}" has two dots within a name; kustomize takes it for a slip of the indentation`, at);
    }
    const path = this.resolve(entry, at);
    if (!this.session.reader.isFolder(path)) return undefined;
    for (let loader: Loader | undefined = this; loader !== undefined; loader = loader.referrer) {
      if (!isWithin(loader.root, path)) continue;
      const what = loader === this && path === this.root ? 'itself' : `"${loader.root}", which is on the way here`;
      throw new BuildError(`"${entry}" includes ${what}: the build would have no end`, at, 'kust/cycle');
    }
    return new Loader(this.session, path, this);
  }

  /** The path from the repository's root. */
  resolve(entry: string, at: Mark): string {
    const parts = this.root === '' ? [] : this.root.split('/');
    for (const part of entry.split('/')) {
      if (part === '' || part === '.') continue;
      if (part !== '..') parts.push(part);
      else if (parts.pop() === undefined) {
        throw new BuildError(`"${entry}" leads out of the repository`, at, 'kust/missing-path');
      }
    }
    return parts.join('/');
  }
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Whether kustomize would take the entry for a repository or a URL. */
export function isRemote(entry: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:(\/\/|:)/i.test(entry) || /^[\w.-]+@[\w.-]+[:/]/.test(entry)) return true;
  return /^(?:www\.)?github\.com[/:]/i.test(entry) || /[?&](?:ref|version|timeout|submodules)=/.test(entry);
}

const texts = new WeakMap<SourceFile, string>();

/** The text of a file as kustomize's YAML reader takes it: no byte order mark, lines end in LF. Throws a BuildError where it is no text. */
export function textOfFile(file: SourceFile, role: Role = 'overlay'): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const { text, problem } = decode(file.bytes);
  // UTF-16 is read, as kustomize reads it.
  if (problem !== undefined && (problem.level === 'fatal' || problem.message.includes('not UTF-8'))) {
    throw new BuildError(`the file cannot be read: ${problem.message}`, { file: file.path, role, range: () => problem.range });
  }
  const lines = text.replaceAll('\r\n', '\n');
  texts.set(file, lines);
  return lines;
}

export function writtenText(file: SourceFile, role: Role): WrittenText {
  return new WrittenText(file.path, role, textOfFile(file, role));
}

const documents = new WeakMap<SourceFile, readonly Document[]>();

/** The documents of a file as Kubernetes reads them. */
export function documentsOf(file: SourceFile): readonly Document[] {
  let found = documents.get(file);
  if (found === undefined) {
    found = parse(file);
    documents.set(file, found);
  }
  return found;
}
