import { readFileSync } from 'node:fs';
import { isArray, isObject, type JsonObject, member } from '@plumbline/core';
import { unreachable } from './cluster-error.ts';
import { runPlugin } from './exec-plugin.ts';
import { type Access, type Environment, textIn } from './kubeconfig.ts';

/** What a request says of who asks: headers, and the certificate of the client in PEM. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Whether asking again may give others: a plugin makes them, or a file holds them. */
  readonly renews: boolean;
}

/** The credentials of a kubeconfig's user. Runs its exec plugin where it has one. Throws `source-unreadable`. */
export async function credentialsOf(access: Access, environment: Environment): Promise<Credentials> {
  const { user } = access;
  const provider = textIn(user['auth-provider'], 'name');
  if (provider !== undefined)
    throw unreachable(
      `the user of context "${access.name}" has the auth-provider "${provider}", which kubectl has dropped too: use an exec plugin`,
    );
  const plugin = isObject(user.exec) ? await runPlugin(user.exec, access, environment) : undefined;
  const token = plugin?.token ?? tokenOf(user);
  const name = textIn(user, 'username');
  const basic = name === undefined ? undefined : Buffer.from(`${name}:${textIn(user, 'password') ?? ''}`).toString('base64');
  const authorization = token !== undefined ? `Bearer ${token}` : basic === undefined ? undefined : `Basic ${basic}`;
  return {
    headers: { ...impersonation(user), ...(authorization === undefined ? {} : { authorization }) },
    cert: plugin?.cert ?? pemOf(user, 'client-certificate'),
    key: plugin?.key ?? pemOf(user, 'client-key'),
    renews: plugin !== undefined || textIn(user, 'tokenFile') !== undefined,
  };
}

/** A certificate or key: `NAME-data` in base64, else the file that NAME names. */
export function pemOf(entry: JsonObject, name: string): string | undefined {
  const data = textIn(entry, `${name}-data`);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const path = textIn(entry, name);
  return path === undefined ? undefined : readText(path, name);
}

/** The file is read anew each time: who writes it replaces the token before it expires. */
function tokenOf(user: JsonObject): string | undefined {
  const path = textIn(user, 'tokenFile');
  return path === undefined ? textIn(user, 'token') : readText(path, 'tokenFile').trim();
}

function impersonation(user: JsonObject): Record<string, string | readonly string[]> {
  const headers: Record<string, string | readonly string[]> = {};
  const as = textIn(user, 'as');
  const uid = textIn(user, 'as-uid');
  const groups = user['as-groups'];
  const extra = user['as-user-extra'];
  if (as !== undefined) headers['Impersonate-User'] = as;
  if (uid !== undefined) headers['Impersonate-Uid'] = uid;
  if (isArray(groups) && groups.length > 0) headers['Impersonate-Group'] = groups.map(String);
  for (const key of isObject(extra) ? Object.keys(extra) : []) {
    const values = member(extra, key);
    if (isArray(values)) headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = values.map(String);
  }
  return headers;
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreachable(
      `the ${what} ${path} of the kubeconfig cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      error,
    ); // readFileSync throws nothing else
  }
}
