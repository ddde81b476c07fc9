import { isEqual, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPolicyAsk, withoutMadeUp } from '../policy-verdict.ts';
import { findCluster } from './build.ts';
import type { Answer, Client, Endpoint } from './client.ts';
import { POLICIES, type PolicyRow } from './policy-table.ts';
import { type Cluster, startCluster } from './start.ts';

const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';
const GROUP = 'admissionregistration.k8s.io/v1';
const ADMIN = { username: 'admin', uid: 'admin', groups: ['system:masters', 'system:authenticated'] };

const namespaceOf = ({ name }: PolicyRow): string => `row-${name}`;
const namespaceObject = (row: PolicyRow): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespaceOf(row), labels: { row: row.name } },
});

/** The policy and its binding, which means the row's own namespace alone. */
function policyOf(row: PolicyRow): readonly [policy: JsonObject, binding: JsonObject] {
  const { name, kind, spec, binding } = row;
  const own = isObject(binding.matchResources) ? binding.matchResources : {};
  const matchResources = { ...own, namespaceSelector: { matchLabels: { row: name } } };
  return [
    { apiVersion: GROUP, kind, metadata: { name }, spec },
    { apiVersion: GROUP, kind: `${kind}Binding`, metadata: { name }, spec: { ...binding, policyName: name, matchResources } },
  ];
}

const placed = (object: JsonObject, row: PolicyRow): JsonObject => ({
  ...object,
  metadata: { ...(isObject(object.metadata) ? object.metadata : {}), namespace: namespaceOf(row) },
});

describe.skipIf(binary === undefined)(`policies of a real kube-apiserver${binary === undefined ? ` (${why})` : ''}`, () => {
  let cluster: Cluster;
  let endpoints: ReadonlyMap<string, Endpoint>;
  const ask = createPolicyAsk();

  beforeAll(async () => {
    cluster = await startCluster(binary ?? '');
    endpoints = await cluster.client.discover();
    for (const row of POLICIES) {
      await create(cluster.client, endpoints, namespaceObject(row));
      for (const param of row.params) await create(cluster.client, endpoints, placed(param, row));
      for (const object of policyOf(row)) await create(cluster.client, endpoints, object);
    }
    await untilActive(cluster.client, endpoints);
  }, 240_000);
  afterAll(() => cluster.stop());

  test.each(POLICIES.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const [policy, binding] = policyOf(row);
    for (const written of row.objects) {
      const object = placed(written, row);
      const answer = await send(cluster.client, endpoints, object, '?dryRun=All');
      const world = [namespaceObject(row), ...row.params.map((param) => placed(param, row))];
      const { denials, warnings, object: made, unknown } = ask({ policies: [policy], bindings: [binding], object, world, userInfo: ADMIN });
      expect(unknown).toBeUndefined();
      const about = `${row.name}, ${String(member(object.metadata, 'name'))}`;
      const message = String(member(answer.body, 'message') ?? '');
      const admitted = answer.status < 300;
      expect([about, admitted, saidBy(message)]).toEqual([
        about,
        denials.length === 0,
        denials.length === 0 ? '' : saidBy(denials[0] ?? ''),
      ]);
      expect([about, ...answer.warnings.map(warned)]).toEqual([about, ...warnings]);
      if (!admitted || row.kind !== 'MutatingAdmissionPolicy' || !isObject(answer.body)) continue;
      const real = withoutMadeUp(answer.body);
      if (!isEqual(real, made)) expect(`${about}: ${stringify(sorted(made))}`).toBe(`${about}: ${stringify(sorted(real))}`);
    }
  });
});

async function send(client: Client, endpoints: ReadonlyMap<string, Endpoint>, object: JsonObject, query = ''): Promise<Answer> {
  const endpoint = endpoints.get(`${String(object.apiVersion)}/${String(object.kind)}`);
  if (endpoint === undefined) throw new Error(`the server has no ${String(object.kind)}`);
  const namespace = endpoint.isNamespaced ? `/namespaces/${String(member(object.metadata, 'namespace'))}` : '';
  return client.send('POST', `${endpoint.base}${namespace}/${endpoint.resource}${query}`, stringify(object), 'application/json');
}

async function create(client: Client, endpoints: ReadonlyMap<string, Endpoint>, object: JsonObject): Promise<void> {
  const { status, body } = await send(client, endpoints, object);
  if (status !== 201)
    throw new Error(`${String(object.kind)} ${String(member(object.metadata, 'name'))}: ${String(member(body, 'message'))}`);
}

/** Policies become active in the order of their creation, each kind by itself: the last of each has to be seen at work. */
async function untilActive(client: Client, endpoints: ReadonlyMap<string, Endpoint>): Promise<void> {
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'], resourceNames: ['sentinel'] }];
  const row = (kind: PolicyRow['kind'], spec: JsonObject, binding: JsonObject): PolicyRow => ({
    name: `sentinel-${kind.slice(0, 3).toLowerCase()}`,
    kind,
    spec: { matchConstraints: { resourceRules: rules }, ...spec },
    binding,
    params: [],
    objects: [],
  });
  const fails = [{ patchType: 'JSONPatch', jsonPatch: { expression: "[JSONPatch{op: 'remove', path: '/data/none'}]" } }];
  const sentinels = [
    row('ValidatingAdmissionPolicy', { validations: [{ expression: 'false' }] }, { validationActions: ['Deny'] }),
    row('MutatingAdmissionPolicy', { mutations: fails, reinvocationPolicy: 'Never' }, {}),
  ];
  for (const sentinel of sentinels) {
    await create(client, endpoints, namespaceObject(sentinel));
    for (const object of policyOf(sentinel)) await create(client, endpoints, object);
  }
  for (const sentinel of sentinels) {
    const object = placed({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'sentinel' } }, sentinel);
    for (let left = 120; ; left--) {
      const { status } = await send(client, endpoints, object, '?dryRun=All');
      if (status >= 400) break;
      if (left === 0) throw new Error('policies do not become active');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** The text after the names of the policy and its binding. */
function saidBy(message: string): string {
  return message.replace(/^.*? denied request: /s, '');
}

function warned(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/^Validation failed for .*? with binding '.*?': /s, '');
}

/** With members in order, so that two objects can be compared as texts. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
