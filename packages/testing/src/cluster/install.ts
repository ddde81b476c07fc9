import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject, type JsonValue, member, stringify, valueAt } from '@plumbline/core';
import type { Client } from './client.ts';

const PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const APPROVAL = 'api-approved.kubernetes.io';

/** Creates the CustomResourceDefinitions and waits until their kinds are served; gives a line for each that is not. */
export async function install(
  client: Client,
  manifests: readonly { readonly kind: string; readonly object: JsonObject }[],
): Promise<string[]> {
  const problems: string[] = [];
  const wanted = new Map<string, string>();
  for (const { kind, object } of manifests) {
    if (kind !== 'CustomResourceDefinition') continue;
    const name = String(valueAt(object, ['metadata', 'name']) ?? '');
    const { status, body } = await client.send('POST', PATH, stringify(approved(object)), 'application/json');
    if (status === 201) wanted.set(name, String(valueAt(object, ['spec', 'group']) ?? ''));
    else if (status !== 409) problems.push(`definition ${name} is not installed: ${String(member(body, 'message') ?? status)}`);
  }
  for (const name of wanted.keys()) if (!(await isEstablished(client, name))) problems.push(`definition ${name} is not served`);
  return problems;
}

async function isEstablished(client: Client, name: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await client.send('GET', `${PATH}/${name}`);
    const conditions = valueAt(body, ['status', 'conditions']);
    const isThere = (one: JsonValue): boolean => member(one, 'type') === 'Established' && member(one, 'status') === 'True';
    if (Array.isArray(conditions) && conditions.some(isThere)) return true;
    await sleep(50);
  }
  return false;
}

/** Groups under k8s.io want a mark that says who approved them. */
function approved(object: JsonObject): JsonObject {
  const metadata = member(object, 'metadata');
  const annotations = member(metadata, 'annotations');
  const mark = { [APPROVAL]: 'unapproved, for a test' };
  return { ...object, metadata: { ...asObject(metadata), annotations: { ...mark, ...asObject(annotations) } } };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}; // neither null nor a list
}
