import { isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import { unreachable } from './cluster-error.ts';
import { type Access, type Environment, textIn } from './kubeconfig.ts';

/** What a plugin gave. */
export interface PluginCredential {
  readonly token: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

const PATIENCE_MS = 120_000;

/**
 * Runs the command that a kubeconfig names for credentials, as kubectl does
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins). It may speak to the user on
 * standard error, and on standard input where that is a terminal. Nothing of what it prints is shown.
 */
export async function runPlugin(exec: JsonObject, access: Access, environment: Environment): Promise<PluginCredential> {
  const command = textIn(exec, 'command') ?? '';
  const isTerminal = process.getBuiltinModule('node:tty').isatty(0);
  const mode = textIn(exec, 'interactiveMode') ?? 'IfAvailable';
  if (mode === 'Always' && !isTerminal) throw unreachable(`the plugin ${command} of context "${access.name}" wants a terminal to ask on`);
  const interactive = isTerminal && mode !== 'Never';
  const apiVersion = textIn(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1';
  const spec: JsonObject = { interactive, ...(exec.provideClusterInfo === true ? { cluster: clusterInfo(access) } : {}) };
  const info = stringify({ kind: 'ExecCredential', apiVersion, spec });
  const args = isArray(exec.args) ? exec.args.map(String) : [];
  const printed = await run(
    command,
    args,
    { ...environment, ...variables(exec), KUBERNETES_EXEC_INFO: info },
    interactive,
    textIn(exec, 'installHint'),
  );
  const status = member(parsed(printed, command), 'status');
  const credential = {
    token: textIn(status, 'token'),
    cert: textIn(status, 'clientCertificateData'),
    key: textIn(status, 'clientKeyData'),
  };
  if (credential.token === undefined && (credential.cert === undefined || credential.key === undefined))
    throw unreachable(`the plugin ${command} of context "${access.name}" gave neither a token nor a certificate`);
  return credential;
}

function variables(exec: JsonObject): Record<string, string> {
  const named = isArray(exec.env) ? exec.env : [];
  return Object.fromEntries(named.map((one) => [textIn(one, 'name') ?? '', textIn(one, 'value') ?? '']).filter(([name]) => name !== ''));
}

const TOLD = ['tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];

function clusterInfo({ server, cluster }: Access): JsonObject {
  const told = Object.fromEntries(TOLD.flatMap((key) => (cluster[key] === undefined ? [] : [[key, cluster[key]]])));
  const extensions = isArray(cluster.extensions) ? cluster.extensions : [];
  const config = member(
    extensions.find((one) => textIn(one, 'name') === 'client.authentication.k8s.io/exec'),
    'extension',
  );
  return { server: server.href.replace(/\/$/, ''), ...told, ...(config === undefined ? {} : { config }) };
}

function run(command: string, args: readonly string[], env: Environment, interactive: boolean, hint: string | undefined): Promise<string> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env, stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'], timeout: PATIENCE_MS });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) =>
      fail(unreachable(`the plugin ${command} cannot be run: ${error.message}${hint === undefined ? '' : `\n${hint}`}`, error)),
    );
    child.on('close', (code) =>
      code === 0
        ? done(Buffer.concat(chunks).toString('utf8'))
        : fail(unreachable(`the plugin ${command} ended with exit code ${code ?? 'none'}`)),
    );
  });
}

function parsed(text: string, command: string): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
    if (isObject(value) && value.kind === 'ExecCredential') return value;
  } catch {
    // Said below: what it printed may be secret.
  }
  throw unreachable(`the plugin ${command} printed no ExecCredential`);
}
