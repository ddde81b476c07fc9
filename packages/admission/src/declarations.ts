import {
  AUTHORIZER_TYPE,
  BOOL,
  type CelType,
  DYN,
  type Field,
  INT,
  listOf,
  mapOf,
  type ObjectType,
  RESOURCE_CHECK_TYPE,
  STRING,
  TIMESTAMP,
  type Variable,
} from '@plumbline/cel';

// The variables of policies, as k8s.io/apiserver/pkg/admission/plugin/cel declares them.

function object(name: string, fields: Readonly<Record<string, CelType>>): ObjectType {
  const byName = new Map<string, Field>(Object.entries(fields).map(([key, type]) => [key, { name: key, type }]));
  return { kind: 'object', name: `kubernetes.${name}`, fields: byName };
}

const GVK = object('GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
const GVR = object('GroupVersionResource', { group: STRING, version: STRING, resource: STRING });
const USER = object('UserInfo', { username: STRING, uid: STRING, groups: listOf(STRING), extra: mapOf(STRING, listOf(STRING)) });

export const REQUEST = object('AdmissionRequest', {
  kind: GVK,
  resource: GVR,
  subResource: STRING,
  requestKind: GVK,
  requestResource: GVR,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: USER,
  dryRun: BOOL,
  options: DYN,
});
export const REQUEST_PARTS = { kind: GVK, resource: GVR, userInfo: USER } as const;

export const NAMESPACE = object('Namespace', {
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

/** The variables of every expression of a policy; `params` where it has a paramKind. */
export function declarations(hasParams: boolean, hasAuthorizer: boolean): readonly Variable[] {
  return [
    { name: 'object', type: DYN },
    { name: 'oldObject', type: DYN },
    { name: 'namespaceObject', type: NAMESPACE },
    { name: 'request', type: REQUEST },
    ...(hasParams ? [{ name: 'params', type: DYN }] : []),
    ...(hasAuthorizer
      ? [
          { name: 'authorizer', type: AUTHORIZER_TYPE },
          { name: 'authorizer.requestResource', type: RESOURCE_CHECK_TYPE },
        ]
      : []),
  ];
}
