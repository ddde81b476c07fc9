import { isEqual, type JsonObject, toDotted, valueAt } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { resourceOf, schemas } from '../../test/schemas.ts';
import { createDefaults } from './apply-defaults.ts';

const defaults = createDefaults(schemas);
const objectOf = (text: string): JsonObject => resourceOf(text).object;
const made = (text: string, version = '1.37'): JsonObject => defaults.applyDefaults(objectOf(text), version);
const pod = (spec: string): string => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: ${spec}}`;
const stateful = (spec: string): string => `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: ${spec}}`;

describe('what a real server answered (dry run of 1.37.2)', () => {
  test('a Service of one port', () => {
    expect(made('{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80}]}}')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: {
        type: 'NodePort',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
        sessionAffinity: 'None',
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    });
  });

  test('a pod: requests from limits, host ports, probes, and zeros that Go writes or leaves out', () => {
    const object = made(
      pod(`
{hostNetwork: true, hostIPC: false, nodeSelector: {}, containers: [{name: c, image: "a/b:1", resources: {limits: {cpu: 1000m, memory: 0.5Gi}},
ports: [{containerPort: 8}], livenessProbe: {grpc: {port: 1}, periodSeconds: 0}, env: [{name: A, value: ''}, {name: B, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]}]}`),
    );
    expect(valueAt(object, ['spec'])).toEqual({
      hostNetwork: true,
      containers: [
        {
          name: 'c',
          image: 'a/b:1',
          imagePullPolicy: 'IfNotPresent',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '1', memory: '512Mi' } },
          ports: [{ containerPort: 8, hostPort: 8, protocol: 'TCP' }],
          livenessProbe: {
            grpc: { port: 1, service: '' },
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          },
          env: [{ name: 'A' }, { name: 'B', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } }],
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
    });
  });
});

describe('by minor', () => {
  const cases: readonly [name: string, text: string, path: string, Readonly<Record<string, unknown>>][] = [
    ['a stateful set', stateful('{}'), 'spec.updateStrategy.rollingUpdate.maxUnavailable', { '1.36': undefined, '1.37': 1 }],
    [
      'claims of a stateful set',
      stateful('{}'),
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled',
      { '1.26': undefined, '1.27': 'Retain' },
    ],
    ['the account of a pod', pod('{serviceAccountName: x}'), 'spec.serviceAccount', { '1.34': undefined, '1.37': 'x' }],
    [
      'resources of a pod as a whole',
      pod(
        '{resources: {limits: {cpu: 2}}, containers: [{name: a, resources: {requests: {cpu: 100m}}}, {name: b, resources: {requests: {cpu: 0.3}}}]}',
      ),
      'spec.resources.requests.cpu',
      { '1.33': undefined, '1.34': '400m', '1.37': undefined },
    ],
  ];
  test.each(cases)('%s', (_name, text, path, byVersion) => {
    for (const [version, value] of Object.entries(byVersion)) expect(valueAt(made(text, version), path.split('.'))).toEqual(value);
  });
});

test('stored objects have what conversion adds, also where defaulting does not', () => {
  const stored = (text: string, version: string): JsonObject => defaults.asStored(objectOf(text), version);
  expect(valueAt(stored(pod('{serviceAccountName: x}'), '1.34'), ['spec', 'serviceAccount'])).toBe('x');
  expect(valueAt(stored(pod('{resources: {limits: {cpu: 2}}}'), '1.37'), ['spec', 'resources', 'requests'])).toEqual({ cpu: '2' });
  expect(
    valueAt(stored('{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {b: eA==}, stringData: {a: "é€😀"}}', '1.37'), ['data']),
  ).toEqual({
    a: 'w6nigqzwn5iA',
    b: 'eA==',
  });
  expect(stored('{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: []}', '1.37').rules).toBeUndefined();
});

test('each rewrite names the server behaviour that it mirrors', () => {
  const rewrites = defaults.rewritesOf(
    objectOf(
      '{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a}, spec: {x: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {dnsPolicy: Default, volumes: [{name: v, emptyDir: {sizeLimit: 1024Ki}}]}}}}',
    ),
    '1.37',
  );
  expect(rewrites.map(({ path, how, by }) => `${toDotted(path)} ${how}: ${by}`)).toEqual([
    'spec.x dropped: encoding',
    'spec.template.spec.volumes[0].emptyDir.sizeLimit rewritten: encoding',
    'spec.template.spec.restartPolicy added: SetDefaults_PodSpec',
    'spec.template.spec.securityContext added: SetDefaults_PodSpec',
    'spec.template.spec.terminationGracePeriodSeconds added: SetDefaults_PodSpec',
    'spec.template.spec.schedulerName added: SetDefaults_PodSpec',
    'spec.replicas added: SetDefaults_ReplicaSetSpec',
    'status.replicas added: encoding',
  ]);
});

test('no input is edited, and a second time nothing changes', () => {
  for (const text of [
    stateful('{volumeClaimTemplates: [{metadata: {name: x}}]}'),
    pod('{containers: [{name: a}], volumes: [{name: v}]}'),
  ]) {
    const object = objectOf(text);
    const before = JSON.stringify(object);
    const once = defaults.asStored(object, '1.37');
    expect(JSON.stringify(object)).toBe(before);
    expect(isEqual(defaults.asStored(once, '1.37'), once)).toBe(true);
  }
});

test('what is no object of a known kind, or of another shape, comes back unharmed', () => {
  const unknown = objectOf('{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {a: null}}');
  expect(defaults.applyDefaults(unknown, '1.37')).toBe(unknown);
  expect(made('{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: 3, selector: []}}').spec).toMatchObject({ ports: 3 });
  expect(valueAt(made('{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: text}'), ['spec'])).toBe('text');
});

describe('custom resources (defaulting and prunenulls of apiextensions-apiserver)', () => {
  const schema = `
type: object
properties:
  spec:
    type: object
    default: {a: 5}
    properties:
      a: {type: integer, default: 3}
      opt: {type: string, nullable: true, default: x}
      p: {type: string}
      o: {type: object, properties: {q: {type: string, default: deep}, r: {type: object, default: {}, properties: {s: {type: integer, default: 7}}}}}
      l: {type: array, items: {type: object, properties: {t: {type: boolean, default: true}}}}
      m: {type: object, additionalProperties: {type: object, properties: {v: {type: string, default: w}}}}`;
  const definition = resourceOf(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
${schema.replaceAll('\n', '\n        ')}
`);
  const custom = createDefaults(schemas, [definition]);
  const cases: readonly [spec: string, expected: unknown][] = [
    ['', { a: 5, opt: 'x' }],
    ['spec: null', { a: 5, opt: 'x' }],
    ['spec: {}', { a: 3, opt: 'x' }],
    ['spec: {a: null, opt: null, p: null}', { a: 3, opt: null }],
    ['spec: {o: {}, a: 1, opt: z}', { a: 1, opt: 'z', o: { q: 'deep', r: { s: 7 } } }],
    ['spec: {o: null}', { a: 3, opt: 'x' }],
    ['spec: {l: [{}, {t: null}, {t: false}]}', { a: 3, opt: 'x', l: [{ t: true }, { t: true }, { t: false }] }],
    ['spec: {m: {x: {}, z: null}}', { a: 3, opt: 'x', m: { x: { v: 'w' } } }],
  ];
  test.each(cases)('%s', (spec, expected) => {
    const object = objectOf(`apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n${spec}\n`);
    expect(custom.applyDefaults(object, '1.37').spec).toEqual(expected);
  });
});
