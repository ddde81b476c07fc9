import type { FileRole } from '../read/parsed-file.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../values/json.ts';
import { isDiscoveryKind, roleOfClientKind } from './client-kinds.ts';

/** What one document is by its content: a Kubernetes object (also half of one), a program's own format, or of no known kind. */
export function roleOfDocument(value: JsonValue): FileRole {
  if (isArray(value)) return roleOfList(value);
  if (!isObject(value)) return 'unknown';
  const apiVersion = member(value, 'apiVersion');
  const kind = member(value, 'kind');
  if (isPresent(apiVersion) && isPresent(kind)) {
    // Kinds of Kubernetes begin with a capital letter and its groups hold a dot: release notes and the like only look alike.
    if (isForeign(value, apiVersion, kind)) return 'unknown';
    return (typeof apiVersion === 'string' && typeof kind === 'string' ? roleOfClientKind(apiVersion, kind) : undefined) ?? 'manifest';
  }
  if (typeof kind === 'string' && isDiscoveryKind(kind)) return 'kubernetes-config/Discovery';
  const other = roleOfShape(value);
  if (other !== undefined) return other;
  return isHalfManifest(value, apiVersion, kind) ? 'manifest' : 'unknown';
}

/** Whether a document is a whole Kubernetes object, whatever the name of its file promises. */
export function isWholeManifest(value: JsonValue | undefined): boolean {
  return (
    isObject(value) && isPresent(member(value, 'apiVersion')) && isPresent(member(value, 'kind')) && roleOfDocument(value) === 'manifest'
  );
}

/** Present as an API server sees it: `kind: ''` and `kind: null` are missing. */
export function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

const BUILTIN_GROUP = /^(?:apps|autoscaling|batch|extensions|policy)\//;

/** Whether a mapping is of some program's own format: a group without a dot, no `metadata`, and a kind that is none of Kubernetes'. */
function isForeign(value: JsonObject, apiVersion: JsonValue | undefined, kind: JsonValue | undefined): boolean {
  if (typeof apiVersion !== 'string' || !/^[a-z0-9-]+\//.test(apiVersion) || BUILTIN_GROUP.test(apiVersion)) return false;
  if (Object.hasOwn(value, 'metadata') || Object.hasOwn(value, 'spec')) return false;
  return typeof kind !== 'string' || !/^[A-Z]/.test(kind);
}

/**
 * Whether a mapping with exactly one of the two is a manifest that lacks the other. Many formats have a member `kind`: it
 * counts where it is written as Kubernetes writes kinds, or stands beside `metadata`. A `kind:` or `apiVersion:` left
 * empty at the head of a document was meant for one too.
 */
function isHalfManifest(value: JsonObject, apiVersion: JsonValue | undefined, kind: JsonValue | undefined): boolean {
  if (!isPresent(apiVersion) && !isPresent(kind)) return apiVersion === null || kind === null;
  if (Object.hasOwn(value, 'metadata')) return true;
  if (isForeign(value, apiVersion, kind)) return false;
  return (
    (typeof kind === 'string' && /^[A-Z][A-Za-z0-9]*$/.test(kind)) ||
    (typeof apiVersion === 'string' && /^([a-z0-9.-]+\/)?v\d/.test(apiVersion))
  );
}

function roleOfShape(value: JsonObject): FileRole | undefined {
  const has = (key: string): boolean => Object.hasOwn(value, key);
  if (has('openapi') || has('swagger') || has('asyncapi')) return 'openapi/Document';
  if (has('$schema') && (has('properties') || has('definitions') || has('$defs') || has('oneOf') || has('$id')))
    return 'json-schema/Schema';
  if (has('services') && (has('version') || has('networks') || has('volumes')) && isObject(value.services)) return 'compose/Project';
  if (isArray(value.releases) && (has('repositories') || has('helmDefaults') || has('bases') || isObject(value.releases[0])))
    return 'helmfile/Helmfile';
  if (has('AWSTemplateFormatVersion')) return 'aws/CloudFormation';
  if (has('machine') && has('cluster')) return 'talos/Config';
  // Grafana numbers its provisioning files (`apiVersion: 1`), Drone names its sections by `kind` and `type`.
  if (typeof value.apiVersion === 'number' && !has('kind')) return 'grafana/Provisioning';
  if (has('kind') && has('type') && (has('steps') || has('data')) && /^(pipeline|secret|template|signature)$/.test(String(value.kind))) {
    return 'drone/Pipeline';
  }
  if (value.apiVersion === 'v1' && isObject(value.entries) && !has('kind')) return 'helm/RepositoryIndex';
  if (value.apiVersion === 'v1' && has('baseDomain') && !has('kind')) return 'openshift/InstallConfig';
  if (value.apiVersion === 'v2' && has('name') && has('version') && !has('metadata')) return 'helm/Chart';
  return undefined;
}

function roleOfList(value: readonly JsonValue[]): FileRole {
  const first = value[0];
  if (isObject(first) && Object.hasOwn(first, 'hosts') && (Object.hasOwn(first, 'tasks') || Object.hasOwn(first, 'roles'))) {
    return 'ansible/Playbook';
  }
  return 'unknown';
}
