import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, parse, toPointer } from '@plumbline/core';
import { createDefaults, createSchemaSet, kindTypes } from '@plumbline/schema';
import { describe, expect, test } from 'vitest';
import { driftOfObject, type KindPorts } from './object-drift.ts';

const data = join(import.meta.dirname, '../../../schemas/kubernetes/data');
const schemas = createSchemaSet((name) => readFileSync(join(data, name), 'utf8'));
const defaults = createDefaults(schemas);
const ports: KindPorts = { typeOf: kindTypes(schemas, '1.37'), defaulted: (object) => defaults.asStored(object, '1.37') };

function object(text: string): JsonObject {
  const [document] = parse({ path: 'x.yaml', bytes: new TextEncoder().encode(text) });
  return isObject(document?.value) ? document.value : {};
}

/** `class op path before → after (owner)` of each change. */
function shown(desired: JsonObject, live: JsonObject): string[] {
  return driftOfObject(desired, live, ports).changes.map(({ class: kind, op, path, before, after, owner }) => {
    const sides = [before, after].map((side) => (side === undefined ? 'absent' : JSON.stringify(side))).join(' → ');
    return `${kind} ${op} ${toPointer(path)} ${sides}${owner === undefined ? '' : ` (${owner.manager})`}`;
  });
}

const DESIRED = object(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostNetwork: false
      automountServiceAccountToken: false
      tolerations: [{key: a, operator: Exists}]
      containers:
        - name: c
          image: nginx:1.25
          args: [one, two, three]
          resources: {limits: {cpu: 1000m, memory: 1Gi}}
          ports: [{containerPort: 80}]
          env: []
`);
/** As the server stores it. */
const stored = defaults.asStored(DESIRED, '1.37');
const LIVE: JsonObject = { ...stored, metadata: { ...(isObject(stored.metadata) ? stored.metadata : {}), uid: 'u' } };

// biome-ignore lint/suspicious/noExplicitAny: a test edits any part of an object
type Edit = (live: { [key: string]: any }) => void;
const live = (edit: Edit): JsonObject => {
  const copy = structuredClone(LIVE) as { [key: string]: unknown };
  edit(copy);
  return copy as JsonObject; // an edit leaves JSON
};
const container = (one: Parameters<Edit>[0]) => one.spec.template.spec.containers[0];

describe('what is no drift', () => {
  test.each<[string, Edit]>([
    ['the object just applied', () => undefined],
    ['a quantity in another form', (one) => Object.assign(container(one).resources.limits, { cpu: '1', memory: '1024Mi' })],
    [
      'what only the server writes',
      (one) => Object.assign(one, { status: { replicas: 2 }, metadata: { ...one.metadata, uid: 'x', generation: 4 } }),
    ],
    ['a false that Go leaves out', (one) => delete one.spec.template.spec.hostNetwork],
    [
      'containers in another order of keys',
      (one) => Object.assign(container(one), Object.fromEntries(Object.entries(container(one)).reverse())),
    ],
  ])('%s', (_name, edit) => {
    expect(shown(DESIRED, live(edit))).toEqual([]);
  });
});

describe('what is drift', () => {
  test.each<[string, Edit, string[]]>([
    [
      'a changed value',
      (one) => (container(one).image = 'nginx:2'),
      ['drift replace /spec/template/spec/containers/0/image "nginx:2" → "nginx:1.25"'],
    ],
    [
      'a removed field',
      (one) => delete container(one).resources.limits.cpu,
      ['drift add /spec/template/spec/containers/0/resources/limits/cpu absent → "1000m"'],
    ],
    [
      'a false that a pointer keeps',
      (one) => delete one.spec.template.spec.automountServiceAccountToken,
      ['drift add /spec/template/spec/automountServiceAccountToken absent → false'],
    ],
    [
      'a removed item of a keyed list',
      (one) => (container(one).ports = []),
      ['drift add /spec/template/spec/containers/0/ports/0 absent → {"containerPort":80}'],
    ],
    [
      'an item whose key was changed',
      (one) => (container(one).name = 'd'),
      ['drift replace /spec/template/spec/containers/0/name "d" → "c"'],
    ],
    [
      'a removed item of an atomic list',
      (one) => container(one).args.splice(1, 1),
      ['drift add /spec/template/spec/containers/0/args/1 absent → "two"'],
    ],
    [
      'an added item of an atomic list',
      (one) => container(one).args.push('four'),
      ['drift replace /spec/template/spec/containers/0/args ["one","two","three","four"] → ["one","two","three"]'],
    ],
    ['the last label', (one) => delete one.metadata.labels, ['drift add /metadata/labels/app absent → "web"']],
  ])('%s', (_name, edit, expected) => {
    const drift = driftOfObject(DESIRED, live(edit), ports);
    expect(drift.status).toBe('changed');
    expect(shown(DESIRED, live(edit))).toEqual(expected);
  });
});

test('an item whose key was changed, with what the server allocated for it', () => {
  const service = (port: number, more: string): JsonObject =>
    object(`apiVersion: v1\nkind: Service\nmetadata: {name: s, uid: u}\nspec: {ports: [{port: ${port}, targetPort: http${more}}]}\n`);
  expect(shown(service(80, ''), service(81, ', protocol: TCP, nodePort: 30001'))).toEqual([
    'drift replace /spec/ports/0/port 81 → 80',
    'unmanaged remove /spec/ports/0/nodePort 30001 → absent',
  ]);
});

test('an item that became the twin of another one by its key', () => {
  const pod = (first: number): JsonObject =>
    object(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p, uid: u}\nspec: {containers: [{name: c, image: i, ports: [{containerPort: ${first}, hostPort: 1}, {containerPort: 81, hostPort: 2}]}]}\n`,
    );
  const live = defaults.asStored(pod(81), '1.37');
  const drifts = shown(pod(80), live).filter((line) => line.startsWith('drift'));
  expect(drifts).toEqual(['drift replace /spec/containers/0/ports/0/containerPort 81 → 80']);
});

test('a label that was removed from an object to which the server gives one', () => {
  const namespace = object('apiVersion: v1\nkind: Namespace\nmetadata: {name: n, uid: u, labels: {team: a}}\n');
  const { labels: _labels, ...metadata } = namespace.metadata as JsonObject; // written above
  expect(shown(namespace, defaults.asStored({ ...namespace, metadata }, '1.37'))).toEqual(['drift add /metadata/labels/team absent → "a"']);
});

describe('who owns a difference', () => {
  const managed = (manager: string, fields: JsonObject): JsonObject => ({ manager, operation: 'Update', fieldsV1: fields });
  const withLabel = (manager: string): JsonObject =>
    live((one) => {
      one.metadata.labels.extra = 'x';
      one.metadata.managedFields = [
        managed('kubectl', { 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } }),
        managed(manager, { 'f:metadata': { 'f:labels': { 'f:extra': {} } } }),
      ];
    });

  test('what another manager set is left alone, with its name', () => {
    expect(shown(DESIRED, withLabel('operator'))).toEqual(['unmanaged remove /metadata/labels/extra "x" → absent (operator)']);
    expect(driftOfObject(DESIRED, withLabel('operator'), ports).status).toBe('in-sync');
  });

  test('what was applied from the source and is not in it any more was removed', () => {
    expect(shown(DESIRED, withLabel('kustomize-controller'))).toEqual([
      'drift remove /metadata/labels/extra "x" → absent (kustomize-controller)',
    ]);
    const before = live((one) => {
      one.metadata.labels.extra = 'x';
      one.metadata.annotations = {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ metadata: { labels: { app: 'web', extra: 'x' } } }),
      };
    });
    expect(shown(DESIRED, before)).toEqual(['drift remove /metadata/labels/extra "x" → absent']);
  });

  test('an item that another manager added to a keyed list is its own', () => {
    const sidecar = live((one) => {
      one.spec.template.spec.containers.push({ name: 'sidecar', image: 's' });
      one.metadata.managedFields = [
        managed('injector', {
          'f:spec': {
            'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"sidecar"}': { '.': {}, 'f:image': {}, 'f:name': {} } } } },
          },
        }),
      ];
    });
    expect(shown(DESIRED, sidecar)).toEqual([
      'unmanaged remove /spec/template/spec/containers/1 {"name":"sidecar","image":"s"} → absent (injector)',
    ]);
  });
});

test('texts of a Secret are its data', () => {
  const desired = object('apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: "ü€"}\ndata: {b: Yg==}\n');
  expect(shown(desired, object('apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata: {name: s}\ndata: {a: w7zigqw=, b: Yg==}\n'))).toEqual(
    [],
  );
  expect(
    shown(desired, object('apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata: {name: s}\ndata: {a: YQ==, b: Yg==}\n')),
  ).toHaveLength(1);
});

test('encrypted values are not evaluated, data or text; a key that is not there is', () => {
  const desired = object(
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: "ENC[x]", gone: Yg==}\nstringData: {b: "ENC[AES,data:x]"}\n',
  );
  const actual = object('apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata: {name: s, uid: u}\ndata: {a: YQ==, b: Yg==}\n');
  const { changes } = driftOfObject(desired, actual, ports, { encrypted: true });
  expect(changes.map(({ path }) => toPointer(path))).toEqual(['/data/gone']);
});

test('a side that no server gave is taken as one would have stored it', () => {
  const revision = object('apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: one}\n');
  const explicit = object('apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata: {name: s}\ndata: {a: b25l}\n');
  expect(shown(explicit, revision)).toEqual([]);
  expect(shown(revision, explicit)).toEqual([]);
});

test('a field that was removed and came back with its default is one change', () => {
  const desired = object(
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n  maxReplicas: 3\n  scaleTargetRef: {kind: Deployment, name: web, apiVersion: apps/v1}\n  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]\n',
  );
  const { metrics: _metrics, ...spec } = desired.spec as JsonObject; // written above
  const after = defaults.asStored({ ...desired, spec }, '1.37');
  expect(driftOfObject(desired, after, ports).changes.map(({ path, why }) => [toPointer(path), why])).toEqual([
    ['/spec/metrics', 'the field was removed, and the server put its default there'],
  ]);
});

describe('a member that only the live items of a list have, of a kind that nothing is known of', () => {
  const desired = object('apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: s}\nspec: {doors: [{name: a}]}\n');
  const shop = (metadata: JsonObject): JsonObject => ({
    ...desired,
    metadata: { name: 's', uid: 'u', ...metadata },
    spec: { doors: [{ name: 'a', lock: 'key' }] },
  });
  const applied = (doors: JsonObject): JsonObject => ({
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: { doors: [doors] } }) },
  });
  test.each<[string, JsonObject, string]>([
    ['may be a default of its server', {}, 'server'],
    ['is one where it was not applied', applied({ name: 'a' }), 'server'],
    ['was removed where it was applied', applied({ name: 'a', lock: 'key' }), 'drift'],
    [
      'is drift where another manager has the list',
      { managedFields: [{ manager: 'someone', fieldsV1: { 'f:spec': { 'f:doors': {} } } }] },
      'drift',
    ],
  ])('%s', (_name, metadata, expected) => {
    expect(shown(desired, shop(metadata))).toEqual([`${expected} remove /spec/doors/0/lock "key" → absent`]);
  });
});

test('addresses and subsets of Endpoints may stand in any order', () => {
  const subset = (ips: string): string => `{addresses: [${ips}], ports: [{port: 80}]}`;
  const endpoints = (subsets: string): JsonObject =>
    object(`apiVersion: v1\nkind: Endpoints\nmetadata: {name: e, uid: u}\nsubsets: [${subsets}]\n`);
  const desired = endpoints(`${subset('{ip: 10.0.0.1}, {ip: 10.0.0.2}')}, ${subset('{ip: 10.0.1.1}')}`);
  const same = defaults.asStored(endpoints(`${subset('{ip: 10.0.1.1}')}, ${subset('{ip: 10.0.0.2}, {ip: 10.0.0.1}')}`), '1.37');
  expect(shown(desired, same)).toEqual([]);
  const other = defaults.asStored(endpoints(`${subset('{ip: 10.0.0.1}, {ip: 10.0.0.3}')}, ${subset('{ip: 10.0.1.1}')}`), '1.37');
  expect(shown(desired, other)).toEqual(['drift replace /subsets/0/addresses/1/ip "10.0.0.3" → "10.0.0.2"']);
});

test('a removed item of an atomic list whose others have defaults', () => {
  const policy = (ports: string): JsonObject =>
    object(
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n, uid: u}\nspec: {podSelector: {}, ingress: [{ports: [${ports}]}]}\n`,
    );
  const live = defaults.asStored(policy('{port: 2}'), '1.37');
  expect(shown(policy('{port: 1}, {port: 2}'), live)).toEqual(['drift add /spec/ingress/0/ports/0 absent → {"port":1}']);
});

test('no input is edited', () => {
  const [desired, actual] = [structuredClone(DESIRED), live((one) => (container(one).image = 'other'))];
  const copies = JSON.stringify([desired, actual]);
  driftOfObject(desired, actual, ports);
  expect(JSON.stringify([desired, actual])).toBe(copies);
});

test('replicas that the source does not say are unmanaged, also where nobody is recorded for them', () => {
  const desired = object('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: web}}\nspec: {paused: true}\n');
  const fieldsV1 = { 'f:spec': { 'f:paused': {} } };
  const managers = [{ manager: 'flux', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1 }];
  const scaled = (replicas: number): JsonObject => {
    const base = defaults.asStored(desired, '1.37');
    return {
      ...base,
      metadata: { ...(base.metadata as JsonObject), uid: 'u', managedFields: managers },
      spec: { ...(base.spec as JsonObject), replicas },
    };
  };
  expect(shown(desired, scaled(1))).toEqual([]);
  expect(shown(desired, scaled(4))).toEqual(['unmanaged remove /spec/replicas 4 → absent']);
});

describe('marks of whoever applies', () => {
  const managed = (manager: string, fields: string): unknown => ({
    manager,
    operation: 'Apply',
    apiVersion: 'apps/v1',
    fieldsV1: { 'f:metadata': JSON.parse(fields) },
  });
  const marked = (metadata: { readonly [key: string]: unknown }): JsonObject =>
    live((one) =>
      Object.assign(one.metadata, metadata, { labels: { ...one.metadata.labels, ...(metadata.labels as object | undefined) } }),
    );

  test('Flux', () => {
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' };
    const owned = '{"f:labels":{"f:kustomize.toolkit.fluxcd.io/name":{},"f:kustomize.toolkit.fluxcd.io/namespace":{}}}';
    expect(shown(DESIRED, marked({ labels, managedFields: [managed('kustomize-controller', owned)] }))).toEqual([]);
    expect(shown({ ...DESIRED, metadata: { name: 'web', labels: { app: 'web', ...labels } } }, LIVE)).toHaveLength(2);
  });

  test('Argo CD, also where only what it applied last tells', () => {
    const annotations = { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:default/web' };
    const applied = JSON.stringify({ ...DESIRED, metadata: { ...(DESIRED.metadata as JsonObject), annotations } });
    const told = { ...annotations, 'kubectl.kubernetes.io/last-applied-configuration': applied };
    expect(shown(DESIRED, marked({ annotations: told }))).toEqual([]);
  });

  test('the instance label of Argo CD is a mark where it wrote it, and nobody else', () => {
    const labels = { 'app.kubernetes.io/instance': 'shop' };
    const owned = '{"f:labels":{"f:app.kubernetes.io/instance":{}}}';
    expect(shown(DESIRED, marked({ labels, managedFields: [managed('argocd-controller', owned)] }))).toEqual([]);
    expect(shown(DESIRED, marked({ labels, managedFields: [managed('kustomize-controller', owned)] }))).toEqual([
      'drift remove /metadata/labels/app.kubernetes.io~1instance "shop" → absent (kustomize-controller)',
    ]);
    const byArgo = marked({ labels, managedFields: [managed('argocd-controller', owned)] });
    expect(driftOfObject(DESIRED, byArgo, ports, { hasMarks: true }).changes).toMatchObject([
      { class: 'drift', op: 'remove', path: ['metadata', 'labels', 'app.kubernetes.io/instance'] },
    ]);
    const written = { ...DESIRED, metadata: { name: 'web', labels: { app: 'web', 'app.kubernetes.io/instance': 'web' } } };
    expect(shown(written, marked({ labels, managedFields: [managed('argocd-controller', owned)] }))).toEqual([
      'ignored replace /metadata/labels/app.kubernetes.io~1instance "shop" → "web"',
    ]);
  });

  test('Helm', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
    const annotations = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'default' };
    const owned =
      '{"f:labels":{"f:app.kubernetes.io/managed-by":{}},"f:annotations":{"f:meta.helm.sh/release-name":{},"f:meta.helm.sh/release-namespace":{}}}';
    expect(shown(DESIRED, marked({ labels, annotations, managedFields: [managed('helm', owned)] }))).toEqual([]);
    expect(
      shown(DESIRED, marked({ labels, managedFields: [managed('helm', '{"f:labels":{"f:app.kubernetes.io/managed-by":{}}}')] })),
    ).toEqual(['drift remove /metadata/labels/app.kubernetes.io~1managed-by "Helm" → absent (helm)']);
  });
});
