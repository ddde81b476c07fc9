import {
  BOOL,
  type CelType,
  createEnvironment,
  DYN,
  type Environment,
  type Field,
  INT,
  listOf,
  mapOf,
  type ObjectType,
  STRING,
  TIMESTAMP,
  type Variable,
} from '@plumbline/cel';
import { patternLibrary } from '../../pattern.ts';

// What expressions of admission policies and webhooks speak of: k8s.io/apiserver/pkg/admission/plugin/cel.

function object(name: string, fields: Readonly<Record<string, CelType>>): ObjectType {
  const byName = new Map<string, Field>(Object.entries(fields).map(([key, type]) => [key, { name: key, type }]));
  return { kind: 'object', name: `kubernetes.${name}`, fields: byName };
}

function requestType(): ObjectType {
  const gvk = object('GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
  const gvr = object('GroupVersionResource', { group: STRING, version: STRING, resource: STRING });
  return object('AdmissionRequest', {
    kind: gvk,
    resource: gvr,
    subResource: STRING,
    requestKind: gvk,
    requestResource: gvr,
    requestSubResource: STRING,
    name: STRING,
    namespace: STRING,
    operation: STRING,
    userInfo: object('UserInfo', { username: STRING, uid: STRING, groups: listOf(STRING), extra: mapOf(STRING, listOf(STRING)) }),
    dryRun: BOOL,
    options: DYN,
  });
}

function namespaceType(): ObjectType {
  return object('Namespace', {
    metadata: object('NamespaceMetadata', {
      name: STRING,
      generateName: STRING,
      namespace: STRING,
      labels: mapOf(STRING, STRING),
      annotations: mapOf(STRING, STRING),
      UID: STRING,
      creationTimestamp: TIMESTAMP,
      deletionGracePeriodSeconds: INT,
      deletionTimestamp: TIMESTAMP,
      generation: INT,
      resourceVersion: STRING,
      finalizers: listOf(STRING),
    }),
    spec: object('NamespaceSpec', { finalizers: listOf(STRING) }),
    status: object('NamespaceStatus', {
      conditions: listOf(
        object('NamespaceCondition', { status: STRING, type: STRING, lastTransitionTime: TIMESTAMP, message: STRING, reason: STRING }),
      ),
      phase: STRING,
    }),
  });
}

export interface PolicyEnvironment {
  readonly minor: number;
  readonly hasParams: boolean;
  readonly hasAuthorizer: boolean;
  /** May build what a mutating policy changes objects with. */
  readonly canMutate: boolean;
}

const made = new Map<string, Environment>();

/** The environment for new expressions on a server of a minor: what the minor before has, so that a rollback can read them. */
export function policyEnvironment({ minor, hasParams, hasAuthorizer, canMutate }: PolicyEnvironment): Environment {
  const key = `${minor} ${hasParams} ${hasAuthorizer} ${canMutate}`;
  let environment = made.get(key);
  if (environment === undefined) {
    const variables = declarations(hasParams, hasAuthorizer);
    environment = createEnvironment({ minor: minor - 1, variables, canMutate, patterns: patternLibrary });
    made.set(key, environment);
  }
  return environment;
}

function declarations(hasParams: boolean, hasAuthorizer: boolean): readonly Variable[] {
  return [
    { name: 'object', type: DYN },
    { name: 'oldObject', type: DYN },
    { name: 'namespaceObject', type: namespaceType() },
    { name: 'request', type: requestType() },
    ...(hasParams ? [{ name: 'params', type: DYN }] : []),
    ...(hasAuthorizer
      ? [
          { name: 'authorizer', type: object('authorization.Authorizer', {}) },
          { name: 'authorizer.requestResource', type: object('authorization.ResourceCheck', {}) },
        ]
      : []),
  ];
}
