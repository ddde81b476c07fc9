import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, isArray, isObject, type JsonValue } from '@plumbline/core';
import { readBytes, WHY_UNREAD } from '@plumbline/sources';

/** One file that was added. */
export interface LockedFile {
  /** Below the folder of schemas: `NAME/…`. */
  readonly path: string;
  /** `sha256:` and 64 digits. */
  readonly digest: string;
  /** `group/version/Kind`. */
  readonly kinds: readonly string[];
}

/** What one `plumbline schema add` added. */
export interface LockedSchema {
  readonly name: string;
  /** A path from the root of the repository, or a URL. */
  readonly source: string;
  readonly files: readonly LockedFile[];
}

export interface Lock {
  readonly version: 1;
  readonly schemas: readonly LockedSchema[];
}

export const DEFAULT_FOLDER = '.plumbline/schemas';

/** The lock file that lies beside a folder of schemas, from the root. */
export function lockPath(folder: string): string {
  return `${folder.replace(/\/+$/, '')}.lock.json`;
}

export function digestOf(bytes: Uint8Array): string {
  // Loaded only now: it takes milliseconds.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The lock of a repository, empty where there is none. Throws `config-invalid` where it is not one. */
export function readLock(root: string, folder: string): Lock {
  const place = join(root, lockPath(folder));
  if (!existsSync(place)) return { version: 1, schemas: [] };
  let value: JsonValue;
  try {
    value = JSON.parse(readFileSync(place, 'utf8')) as JsonValue; // JSON is that
  } catch (error) {
    throw new ConfigError('config-invalid', `${lockPath(folder)} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isLock(value)) throw new ConfigError('config-invalid', `${lockPath(folder)} is no lock file of schemas of this version`);
  return value;
}

export function writeLock(root: string, folder: string, lock: Lock): void {
  const place = join(root, lockPath(folder));
  mkdirSync(dirname(place), { recursive: true });
  const schemas = [...lock.schemas].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(place, `${JSON.stringify({ version: 1, schemas }, null, 2)}\n`);
}

/** Each file of the lock that is not as it was added, as a sentence. */
export function faultsOf(root: string, folder: string, { schemas }: Lock): readonly string[] {
  return schemas.flatMap(({ files }) =>
    files.flatMap(({ path, digest }) => {
      const shown = `${folder}/${path}`;
      const bytes = bytesAt(root, folder, path);
      if (typeof bytes === 'string') return [`${shown} ${bytes}`];
      const now = digestOf(bytes);
      return now === digest ? [] : [`${shown} was changed: ${lockPath(folder)} says ${shorten(digest)}, it has ${shorten(now)}`];
    }),
  );
}

/** The bytes of a locked file, or why they cannot be had. A link in its place is not followed. */
export function bytesAt(root: string, folder: string, path: string): Uint8Array | string {
  const place = join(root, folder, path);
  const state = lstatSync(place, { throwIfNoEntry: false });
  if (state === undefined) return 'is missing';
  if (!state.isFile()) return 'is no regular file';
  const bytes = readBytes(place);
  return typeof bytes === 'string' ? `cannot be read: ${WHY_UNREAD[bytes]}` : bytes;
}

function shorten(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

function isLock(value: JsonValue): value is JsonValue & Lock {
  if (!isObject(value) || value.version !== 1 || !isArray(value.schemas)) return false;
  return value.schemas.every(
    (schema) =>
      isObject(schema) &&
      typeof schema.name === 'string' &&
      typeof schema.source === 'string' &&
      isArray(schema.files) &&
      schema.files.every(
        (file) =>
          isObject(file) &&
          typeof file.path === 'string' &&
          isBelow(file.path) &&
          typeof file.digest === 'string' &&
          isArray(file.kinds) &&
          file.kinds.every((kind) => typeof kind === 'string'),
      ),
  );
}

/** Whether a path stays where it is joined to. */
function isBelow(path: string): boolean {
  return path !== '' && !/^[/\\]|^[A-Za-z]:|\\/.test(path) && !path.split('/').includes('..');
}
