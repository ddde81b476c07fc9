import { type FieldPath, type GroupVersionKind, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { Type } from '@plumbline/schema';
import { joinRemoved } from './came-back.ts';
import type { DriftChange } from './change.ts';
import { compare } from './compare.ts';
import { asTaken } from './desired.ts';
import { whyImmutable } from './immutable/immutable.ts';
import { type Manager, managersOf } from './owners.ts';

/** What drift asks of whoever knows the kinds. */
export interface KindPorts {
  /** The type of an object's kind; undefined where nothing is known of it. */
  typeOf(object: JsonObject): { readonly type: Type; readonly isBuiltin: boolean } | undefined;
  /** With the server's defaults; its input stays as it is, and items of lists keep their places. */
  defaulted(object: JsonObject): JsonObject;
  /** Whether a server makes this version of a custom resource of another by the apiVersion alone; where it is not known it is not. */
  isRelabelled?(gvk: GroupVersionKind, version: string): boolean;
  /** What the server refuses a change of a custom resource for, by rules of its definition; where it is not known nothing is said. */
  changesRefused?(after: JsonObject, before: JsonObject): readonly { readonly path: FieldPath; readonly message: string }[];
}

export interface DriftOptions {
  /** Field managers by which the source is applied, beside the well-known ones. */
  readonly managers?: readonly string[];
  /** Values of the desired object are encrypted: its keys are compared, its values are not evaluated. */
  readonly encrypted?: boolean;
  /** The desired object is what whoever applies sends, its own marks included: one that it lacks was taken away. */
  readonly hasMarks?: boolean;
  /** Each change stands by itself: none is looked at as part of a field above it that was removed, which costs most of a comparison. */
  readonly separate?: boolean;
}

export interface ObjectDrift {
  readonly status: 'in-sync' | 'changed';
  readonly changes: readonly DriftChange[];
}

/** What applies from Git: kubectl, Flux, Argo CD, Helm, kapp, and ourselves. */
const APPLIERS = [
  'argocd-application-controller',
  'argocd-controller',
  'argocd',
  'flux',
  'helm',
  'helm-controller',
  'kapp',
  'kubectl',
  'kubectl-client-side-apply',
  'kubectl-create',
  'kubectl-last-applied',
  'kubectl-replace',
  'kustomize-controller',
  'plumbline',
];
/** Whether a field manager applies from Git. */
export function isApplier(manager: string): boolean {
  return APPLIERS.includes(manager);
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** How a live object differs from what the source says of it. Changed only where a difference is drift. */
export function driftOfObject(desired: JsonObject, live: JsonObject, ports: KindPorts, options: DriftOptions = {}): ObjectDrift {
  const taken = asTaken(desired);
  const actual = asRead(live, ports);
  const known = ports.typeOf(desired);
  const ours = new Set([...APPLIERS, ...(options.managers ?? [])]);
  const found = compare({
    desired: taken,
    defaulted: ports.defaulted(taken),
    live: actual,
    type: known?.type,
    isBuiltin: known?.isBuiltin === true,
    managers: managersOf(actual),
    isOurs: ({ manager, subresource }: Manager) => ours.has(manager) && subresource === undefined,
    previous: lastApplied(actual),
    hasMarks: options.hasMarks === true,
  });
  const readable = options.encrypted === true ? found.filter(({ after }) => !isEncrypted(after)) : found;
  const joined = options.separate === true ? readable : joinRemoved(readable, taken, actual, ports);
  const changes = joined.map((change) => withImmutable(change, actual));
  return { status: changes.some((change) => change.class === 'drift') ? 'changed' : 'in-sync', changes };
}

/** What the server refuses is said to be so. */
function withImmutable(change: DriftChange, actual: JsonObject): DriftChange {
  const immutable = change.class === 'drift' ? whyImmutable(change, actual) : undefined;
  return immutable === undefined ? change : { ...change, immutable };
}

/** What no server gave (another revision, another environment) is taken as a server would have stored it. */
export function asRead(live: JsonObject, ports: KindPorts): JsonObject {
  return member(live.metadata, 'uid') === undefined ? ports.defaulted(asTaken(live)) : live;
}

/** A text as SOPS writes it, `ENC[…]`; or that in base64, where it was written as stringData. */
function isEncrypted(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^(?:ENC\[.*\]|RU5DW[\w+/]+=*)$/s.test(value);
}

function lastApplied(live: JsonObject): JsonObject | undefined {
  const text = member(member(live.metadata, 'annotations'), LAST_APPLIED);
  if (typeof text !== 'string') return undefined;
  try {
    const value = JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
