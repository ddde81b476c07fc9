import type { GroupVersionKind, JsonObject } from '@plumbline/core';

/** A kind as requests name it. `resource` is the plural, `deployments`. */
export interface ResourceType extends GroupVersionKind {
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** Who asks; what is not said is not known. */
export interface UserInfo {
  readonly username?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What a policy is asked about. */
export interface AdmissionRequest {
  readonly type: ResourceType;
  /** The same objects under other groups and versions, for `matchPolicy: Equivalent`. */
  readonly equivalents: readonly ResourceType[];
  /** `''` for the object itself. */
  readonly subresource: string;
  /** `''` while the server has not generated it. */
  readonly name: string;
  /** `''` for a cluster-scoped object; a Namespace's own name for a Namespace. */
  readonly namespace: string;
  readonly operation: Operation;
  readonly object: JsonObject | null;
  readonly oldObject: JsonObject | null;
  readonly userInfo?: UserInfo;
}

/** The objects around a request. */
export interface World {
  /** The Namespace object; undefined where it is not in sight. */
  namespace(name: string): JsonObject | undefined;
  /** Objects of a parameter kind, in order; `namespace` undefined for a cluster-scoped kind. Undefined where the kind is not known. */
  params(apiVersion: string, kind: string): ParamKindInSight | undefined;
}

export interface ParamKindInSight {
  readonly isNamespaced: boolean;
  readonly objects: readonly JsonObject[];
  /** Why objects of it may exist that are not in sight. */
  readonly incomplete?: string | undefined;
}

/** What cannot be known here, in words for the report. */
export interface Unknown {
  readonly unknown: string;
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}
