import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { Client, Endpoint } from './client.ts';

/** The server's verdict of creating one object, without creating it. */
export interface ServerVerdict {
  readonly isAdmitted: boolean;
  readonly message: string;
  /** The fields that the server names. */
  readonly fields: readonly string[];
  readonly warnings: readonly string[];
  /** Why the verdict says nothing of the object: it hangs on what the cluster holds, or the server failed. */
  readonly uncounted: string | undefined;
  /** The object as the server would have stored it. */
  readonly object: JsonObject | undefined;
}

export interface Question {
  readonly text: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly type?: 'application/yaml' | 'application/json';
}

/** Asks about one object at a time: server-side dry run of create, strict field validation. */
export type Ask = (question: Question) => Promise<ServerVerdict>;

// What hangs on other objects or on addresses given out already.
const STATE =
  /no PriorityClass with name|RuntimeClass .* not found|provided port is|not in the valid range|failed to allocate|unable to create new content|provided IP .* is|could not find the requested resource$|system namespace/;

/** Namespaces that objects name are made; nothing else is. */
export async function createAsk(client: Client): Promise<Ask> {
  const endpoints = await client.discover();
  const made = new Set<string>(['default', 'kube-system']);

  async function namespaceOf(wanted: string | undefined): Promise<string> {
    if (wanted === undefined || wanted === '' || made.has(wanted)) return wanted || 'default';
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: wanted } });
    const { status } = await client.send('POST', '/api/v1/namespaces', body, 'application/json');
    if (status !== 201 && status !== 409) return 'default';
    made.add(wanted);
    return wanted;
  }

  return async ({ text, apiVersion, kind, namespace, type = 'application/yaml' }) => {
    const endpoint = endpoints.get(`${apiVersion}/${kind}`);
    if (endpoint?.canCreate !== true) return unknownKind(apiVersion, kind, endpoint, endpoints);
    const around = endpoint.isNamespaced ? `/namespaces/${encodeURIComponent(await namespaceOf(namespace))}` : '';
    const path = `${endpoint.base}${around}/${endpoint.resource}?dryRun=All&fieldValidation=Strict`;
    const verdict = verdictOf(await client.send('POST', path, text, type));
    return verdict.isAdmitted && kind === 'Service' && hasOddNodePort(text)
      ? { ...verdict, uncounted: 'a dry run does not look at the numbers of node ports' }
      : verdict;
  };
}

/** A node port that no create takes; a dry run asks the allocator only for those in its range. */
function hasOddNodePort(text: string): boolean {
  return [...text.matchAll(/"?nodePort"?:\s*(\d+)/g)].some(([, port]) => Number(port) > 65535);
}

function unknownKind(
  apiVersion: string,
  kind: string,
  endpoint: Endpoint | undefined,
  endpoints: ReadonlyMap<string, Endpoint>,
): ServerVerdict {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/') + 1) : '';
  const isKnown = group === '' || [...endpoints.keys()].some((key) => key.startsWith(group));
  const uncounted = endpoint !== undefined ? 'not to be created' : isKnown ? undefined : 'a group that the server does not know';
  return { isAdmitted: false, message: `no kind ${kind} in ${apiVersion}`, fields: ['kind'], warnings: [], uncounted, object: undefined };
}

function verdictOf({ status, body, warnings }: { status: number; body: JsonValue; warnings: readonly string[] }): ServerVerdict {
  const text = member(body, 'message');
  const message = typeof text === 'string' ? text : '';
  // A name that is taken already was found good before.
  const isAdmitted = status === 200 || status === 201 || status === 409;
  const causes = member(member(body, 'details'), 'causes');
  const fields = isArray(causes) ? causes.map((cause) => String(member(cause, 'field') ?? '')) : [];
  const uncounted = isAdmitted ? undefined : status >= 500 ? 'the server failed' : STATE.test(message) ? 'hangs on the cluster' : undefined;
  return { isAdmitted, message, fields, warnings, uncounted, object: status < 300 && isObject(body) ? body : undefined };
}
