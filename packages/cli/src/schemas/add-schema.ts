import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigError, parseGvk } from '@plumbline/core';
import { readSchemaFile } from '@plumbline/schema';
import { readBytes, WHY_UNREAD } from '@plumbline/sources';
import { fetchSchema } from './fetch-schema.ts';
import { digestOf, type LockedFile, type LockedSchema, readLock, writeLock } from './lock.ts';
import { isUrl, schemaFilesIn } from './schema-files.ts';

export interface Addition {
  /** A file, a folder or a URL, as typed. */
  readonly source: string;
  readonly name: string | undefined;
  /** `group/version/Kind` of a JSON Schema that does not say it itself. */
  readonly kind: string | undefined;
}

interface Read {
  /** Below the folder of the schema. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** Copies the definitions and JSON Schemas of a source into the folder and records them; a source that is there already is replaced. */
export async function addSchema({ source, name, kind }: Addition, root: string, folder: string, cwd: string): Promise<LockedSchema> {
  const recorded = isUrl(source) ? source : recordedPath(resolve(cwd, source), root);
  const lock = readLock(root, folder);
  const own = name ?? lock.schemas.find((schema) => schema.source === recorded)?.name ?? nameOf(source);
  if (!NAME.test(own))
    throw new ConfigError('usage', `a name is of lower case letters, digits, ".", "_" and "-", not ${JSON.stringify(own)}: --name NAME`);
  const taken = lock.schemas.find((schema) => schema.name === own);
  if (taken !== undefined && taken.source !== recorded)
    throw new ConfigError('usage', `the name "${own}" is that of what was added from ${taken.source}: --name another`);
  const read = isUrl(source) ? [await fromUrl(source)] : fromDisk(resolve(cwd, source), source);
  const files: LockedFile[] = [];
  const kept: Read[] = [];
  for (const one of read) {
    const kinds = kindsIn(one, kind, read.length === 1);
    if (kinds.length === 0) continue;
    kept.push(one);
    files.push({ path: `${own}/${one.path}`, digest: digestOf(one.bytes), kinds });
  }
  if (files.length === 0) throw new ConfigError('usage', `${source} holds neither a CustomResourceDefinition nor a JSON Schema of a kind`);
  rmSync(join(root, folder, own), { recursive: true, force: true });
  for (const { path, bytes } of kept) {
    const place = join(root, folder, own, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
  const schema: LockedSchema = { name: own, source: recorded, files };
  writeLock(root, folder, { version: 1, schemas: [...lock.schemas.filter((other) => other.name !== own), schema] });
  return schema;
}

/** Forgets what was added under a name, and deletes it. */
export function removeSchema(name: string, root: string, folder: string): LockedSchema {
  const lock = readLock(root, folder);
  const schema = lock.schemas.find((one) => one.name === name);
  if (schema === undefined) {
    const names = lock.schemas.map((one) => one.name);
    throw new ConfigError(
      'usage',
      `nothing was added under the name "${name}"${names.length === 0 ? '' : `, only under ${names.join(', ')}`}`,
    );
  }
  rmSync(join(root, folder, name), { recursive: true, force: true });
  writeLock(root, folder, { version: 1, schemas: lock.schemas.filter((one) => one !== schema) });
  return schema;
}

function kindsIn({ path, bytes }: Read, kind: string | undefined, isAlone: boolean): readonly string[] {
  const content = readSchemaFile({ path, bytes });
  if (typeof content === 'string') {
    if (isAlone) throw new ConfigError('usage', `${path}:${content}`);
    return [];
  }
  if (content.schema === undefined || content.kinds.length > 0) return content.kinds;
  if (kind !== undefined) return [normalKind(kind)];
  if (isAlone) throw new ConfigError('usage', `${path} does not say which kind it is of: --kind GROUP/VERSION/KIND`);
  return [];
}

function normalKind(text: string): string {
  const parts = text.split('/');
  const kind = parts.pop() ?? '';
  if (parts.length === 0 || parts.length > 2 || kind === '')
    throw new ConfigError('usage', `--kind takes GROUP/VERSION/KIND, not ${JSON.stringify(text)}`);
  const gvk = parseGvk(parts.join('/'), kind);
  return `${gvk.group}/${gvk.version}/${gvk.kind}`;
}

async function fromUrl(url: string): Promise<Read> {
  const last = basename(new URL(url).pathname);
  return { path: /\.(ya?ml|json)$/i.test(last) ? last : `${last === '' ? 'schema' : last}.yaml`, bytes: await fetchSchema(url) };
}

function fromDisk(place: string, source: string): readonly Read[] {
  if (!existsSync(place)) throw new ConfigError('source-missing', `${source} does not exist`);
  const isFolder = statSync(place).isDirectory();
  return (isFolder ? schemaFilesIn(place) : [place]).map((file) => {
    const bytes = readBytes(file);
    if (typeof bytes === 'string') throw new ConfigError('source-unreadable', `${file} cannot be read: ${WHY_UNREAD[bytes]}`);
    return { path: isFolder ? relative(place, file).split(sep).join('/') : basename(file), bytes };
  });
}

function nameOf(source: string): string {
  const path = isUrl(source) ? new URL(source).pathname : source;
  return basename(path)
    .replace(/\.(ya?ml|json)$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
}

function recordedPath(place: string, root: string): string {
  return relative(root, place).split(sep).join('/') || '.';
}
