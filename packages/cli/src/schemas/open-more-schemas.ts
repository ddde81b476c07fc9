import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Config, ConfigError, type SourceFile } from '@plumbline/core';
import { type GivenFile, inOrder, type MoreSchemas, schemasAtLocation, schemasOfFiles } from '@plumbline/schema';
import { readBytes, WHY_UNREAD } from '@plumbline/sources';
import { loadAjv } from '../load-ajv.ts';
import { bytesAt, DEFAULT_FOLDER, faultsOf, type Lock, lockPath, readLock } from './lock.ts';
import { isUrl, schemaFilesIn } from './schema-files.ts';

/** Where a run may find schemas that are not in the repository. */
export interface SchemaPlaces {
  /** Absolute. */
  readonly root: string;
  readonly config: Config;
  /** Locations from the command line, each with the folder it is relative to. */
  readonly typed: readonly string[];
  readonly cwd: string;
}

/**
 * Schemas that users bring: what was added first, then the locations in their order. Reads the lock; everything else when it is
 * asked for. Throws a ConfigError where something added is not as it was, or a location is none.
 */
export function openMoreSchemas({ root, config, typed, cwd }: SchemaPlaces): MoreSchemas | undefined {
  const folder = config.schemaFolder ?? DEFAULT_FOLDER;
  const lock = readLock(root, folder);
  const faults = faultsOf(root, folder, lock);
  if (faults.length > 0)
    throw new ConfigError('config-invalid', `${faults.join('\n')}\nplumbline schema add SOURCE takes a new state, Git has the old one`);
  const locations = [
    ...(config.schemaLocations ?? []).map((location) => atLocation(location, root, root, folder, lock)),
    ...typed.map((location) => atLocation(location, cwd, root, folder, lock)),
  ];
  const sources = [added(root, folder, lock), ...locations].filter((one): one is MoreSchemas => one !== undefined);
  return sources.length === 0 ? undefined : inOrder(sources);
}

/** The globs of what is looked up and never judged. */
export function addedPaths(root: string, config: Config): readonly string[] {
  const folder = config.schemaFolder ?? DEFAULT_FOLDER;
  return existsSync(join(root, lockPath(folder))) ? [`${folder}/**`, lockPath(folder)] : [];
}

function added(root: string, folder: string, { schemas }: Lock): MoreSchemas | undefined {
  const files = schemas.flatMap((schema) =>
    schema.files.map(({ path, kinds }): GivenFile => ({ from: `${folder}/${path}`, kinds, read: () => lockedFile(root, folder, path) })),
  );
  return files.length === 0 ? undefined : schemasOfFiles(files, loadAjv);
}

function lockedFile(root: string, folder: string, path: string): SourceFile {
  const bytes = bytesAt(root, folder, path);
  // It was there when the lock was checked.
  if (typeof bytes === 'string') throw new ConfigError('source-unreadable', `${folder}/${path} ${bytes}`);
  return { path: `${folder}/${path}`, bytes };
}

function atLocation(location: string, base: string, root: string, folder: string, lock: Lock): MoreSchemas | undefined {
  // What the command has is always there, and last.
  if (location === 'default') return undefined;
  if (isUrl(location)) return schemasAtLocation(location, (url) => fetched(url, root, folder, lock), loadAjv);
  const brace = location.indexOf('{{');
  if (brace >= 0) {
    const start = location.slice(0, brace);
    demand(location, resolve(base, start.slice(0, start.lastIndexOf('/') + 1)));
    return schemasAtLocation(location, (place) => localFile(resolve(base, place), root), loadAjv);
  }
  const place = resolve(base, location);
  demand(location, place);
  if (!statSync(place).isDirectory()) return schemasOfFiles([given(place, root)], loadAjv);
  return inOrder([
    schemasAtLocation(location, (path) => localFile(resolve(base, path), root), loadAjv),
    lazily(() =>
      schemasOfFiles(
        schemaFilesIn(place).map((path) => given(path, root)),
        loadAjv,
      ),
    ),
  ]);
}

function demand(location: string, place: string): void {
  if (!existsSync(place)) throw new ConfigError('source-missing', `schema location "${location}": ${place} does not exist`);
}

function given(place: string, root: string): GivenFile {
  const path = shownPath(place, root);
  return {
    from: path,
    read() {
      const file = localFile(place, root);
      return typeof file === 'object' ? file : { path, bytes: new Uint8Array() };
    },
  };
}

function localFile(place: string, root: string): SourceFile | string | undefined {
  if (!existsSync(place)) return undefined;
  const bytes = readBytes(place);
  const path = shownPath(place, root);
  return typeof bytes === 'string' ? `the schema ${path} cannot be read: ${WHY_UNREAD[bytes]}` : { path, bytes };
}

/** What was fetched for a URL when it was added: a check asks no network. */
function fetched(url: string, root: string, folder: string, { schemas }: Lock): SourceFile | string {
  const path = schemas.find(({ source }) => source === url)?.files[0]?.path;
  return path === undefined ? `${url} was not fetched: plumbline schema add ${url}` : lockedFile(root, folder, path);
}

function lazily(open: () => MoreSchemas): MoreSchemas {
  let opened: MoreSchemas | undefined;
  return {
    schemaOf(gvk, version) {
      opened ??= open();
      return opened.schemaOf(gvk, version);
    },
  };
}

function shownPath(place: string, root: string): string {
  const path = relative(root, place).split(sep).join('/');
  return path.startsWith('../') ? place : path;
}
