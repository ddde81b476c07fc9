import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { ConfigError, closest, isArray, isObject, type JsonObject, type JsonValue, member, readLenient, setMember } from '@plumbline/core';
import { unreachable } from './cluster-error.ts';
import { inCluster } from './in-cluster.ts';

/** A server and how to speak to it. File names are absolute. */
export interface Access {
  /** The context's name. */
  readonly name: string;
  readonly server: URL;
  /** The entry of the cluster and of the user, as the kubeconfig has them. */
  readonly cluster: JsonObject;
  readonly user: JsonObject;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The cluster of a context, the current one where `context` is ''. As kubectl: of the files that KUBECONFIG lists the first to say
 * something wins; ~/.kube/config without it; the service account of a pod where there is no file. Throws `usage` for a context that
 * there is not, `source-unreadable` for a file that cannot be read.
 */
export function readAccess(context: string, environment: Environment): Access {
  const files = filesOf(environment);
  const config = files.map(readConfig).reduce(merged, EMPTY);
  const name = context === '' ? config.current : context;
  if (name === '') {
    const access = config.contexts.size === 0 ? inCluster(environment) : undefined;
    if (access !== undefined) return access;
    throw new ConfigError('usage', `there is no current context in ${files.join(', ')}; name one: cluster:CONTEXT`);
  }
  const found = config.contexts.get(name);
  if (found === undefined) throw new ConfigError('usage', unknownContext(name, [...config.contexts.keys()], files));
  const entry = (entries: ReadonlyMap<string, JsonObject>, key: string): JsonObject => {
    const wanted = textIn(found, key) ?? '';
    const value = entries.get(wanted);
    if (value === undefined && wanted !== '')
      throw unreachable(`the context "${name}" names a ${key} "${wanted}" that its kubeconfig does not have`);
    return value ?? {};
  };
  const cluster = entry(config.clusters, 'cluster');
  return { name, server: serverOf(cluster, name), cluster, user: entry(config.users, 'user') };
}

/** A text member that says something. */
export function textIn(value: JsonValue | undefined, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

interface Config {
  readonly current: string;
  readonly contexts: ReadonlyMap<string, JsonObject>;
  readonly clusters: ReadonlyMap<string, JsonObject>;
  readonly users: ReadonlyMap<string, JsonObject>;
}

const EMPTY: Config = { current: '', contexts: new Map(), clusters: new Map(), users: new Map() };

function filesOf(environment: Environment): readonly string[] {
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [join(environment.HOME ?? environment.USERPROFILE ?? homedir(), '.kube', 'config')];
}

function readConfig(path: string): Config {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // readFileSync throws nothing else
    if (code === 'ENOENT') return EMPTY;
    throw unreachable(`the kubeconfig ${path} cannot be read: ${code ?? String(error)}`, error);
  }
  const read = readLenient(bytes);
  if ('error' in read) throw unreachable(`the kubeconfig ${path} cannot be read: ${read.error}`);
  const { value } = read;
  const entries = (list: string, key: string): Map<string, JsonObject> => {
    const found = member(value, list);
    const named = (isArray(found) ? found : []).flatMap((one): [string, JsonObject][] => {
      const inner = member(one, key);
      const name = textIn(one, 'name');
      return name === undefined || !isObject(inner) ? [] : [[name, absolute(inner, dirname(resolve(path)))]];
    });
    return new Map(named.reverse());
  };
  return {
    current: textIn(value, 'current-context') ?? '',
    contexts: entries('contexts', 'context'),
    clusters: entries('clusters', 'cluster'),
    users: entries('users', 'user'),
  };
}

const FILES = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** File names of a kubeconfig are relative to it; so is the name of a plugin that has a slash. */
function absolute(entry: JsonObject, folder: string): JsonObject {
  const copy: Record<string, JsonValue> = { ...entry };
  for (const key of FILES) {
    const path = textIn(entry, key);
    if (path !== undefined && !isAbsolute(path)) copy[key] = join(folder, path);
  }
  const { exec } = entry;
  const command = textIn(exec, 'command');
  if (isObject(exec) && command !== undefined && /[\\/]/.test(command) && !isAbsolute(command))
    setMember(copy, 'exec', { ...exec, command: join(folder, command) });
  return copy;
}

function merged(first: Config, next: Config): Config {
  return {
    current: first.current === '' ? next.current : first.current,
    contexts: new Map([...next.contexts, ...first.contexts]),
    clusters: new Map([...next.clusters, ...first.clusters]),
    users: new Map([...next.users, ...first.users]),
  };
}

function serverOf(cluster: JsonObject, context: string): URL {
  const text = textIn(cluster, 'server');
  if (text === undefined) throw unreachable(`the cluster of context "${context}" has no server`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw unreachable(`the server of context "${context}" is no address: ${JSON.stringify(text)}`);
  return url;
}

function unknownContext(name: string, known: readonly string[], files: readonly string[]): string {
  if (known.length === 0) return `there is no context in ${files.join(', ')}`;
  const near = closest(name, known);
  return `there is no context "${name}"; ${near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`}`;
}
