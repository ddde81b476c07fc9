import { CelError, type CelType, fromJson, LazyObject, type Result } from '@plumbline/cel';
import { type JsonObject, type JsonValue, member } from '@plumbline/core';
import { REQUEST, REQUEST_PARTS } from './declarations.ts';
import type { AdmissionRequest, ResourceType, UserInfo } from './request.ts';

/** `request` as expressions see it. `matched` is the form of the request that the policy's rules name. What is not known here is not evaluable. */
export function requestValue(request: AdmissionRequest, matched: ResourceType): LazyObject {
  const { type, subresource, userInfo } = request;
  const fields: Readonly<Record<string, () => Result | undefined>> = {
    kind: () => kindValue(matched),
    resource: () => resourceValue(matched),
    subResource: () => subresource || undefined,
    requestKind: () => kindValue(type),
    requestResource: () => resourceValue(type),
    requestSubResource: () => subresource || undefined,
    name: () => request.name || undefined,
    namespace: () => request.namespace || undefined,
    operation: () => request.operation,
    userInfo: () =>
      userInfo === undefined
        ? new CelError('who sends the request is not known here', 'not-evaluable')
        : fromJson(userJson(userInfo), REQUEST_PARTS.userInfo),
    dryRun: () => new CelError('whether a request is a dry run is not known here', 'not-evaluable'),
    options: () => new CelError('the options of a request are not known here', 'not-evaluable'),
  };
  return new LazyObject(REQUEST, (name) => (Object.hasOwn(fields, name) ? fields[name]?.() : undefined));
}

function kindValue({ group, version, kind }: ResourceType): LazyObject {
  return structValue(REQUEST_PARTS.kind, { group, version, kind });
}

function resourceValue({ group, version, resource }: ResourceType): LazyObject {
  return structValue(REQUEST_PARTS.resource, { group, version, resource });
}

function structValue(type: CelType, fields: Readonly<Record<string, string>>): LazyObject {
  return new LazyObject(type, (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined));
}

/** Members that are empty are not there. */
function userJson({ username = '', uid = '', groups = [], extra = {} }: UserInfo): JsonObject {
  return {
    ...(username === '' ? {} : { username }),
    ...(uid === '' ? {} : { uid }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

const NAMESPACE_METADATA = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'finalizers',
];

/** A Namespace with the members that expressions may see. Every Namespace bears its name as a label. */
export function namespaceValue(namespace: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = {};
  for (const key of NAMESPACE_METADATA) {
    const value = member(namespace.metadata, key);
    if (value !== undefined) metadata[key] = value;
  }
  const name = member(namespace.metadata, 'name') ?? '';
  const labels = metadata.labels;
  metadata.labels = { 'kubernetes.io/metadata.name': name, ...(typeof labels === 'object' && !Array.isArray(labels) ? labels : {}) };
  const { spec = { finalizers: ['kubernetes'] }, status = { phase: 'Active' } } = namespace;
  return { metadata, spec, status };
}
