import { openSchemas } from '@plumbline/cli';
import { isObject, type JsonObject, type JsonValue, member, type Report, stringify } from '@plumbline/core';
import { createThreeWayPatch } from '@plumbline/merge';
import { topologyOf } from '@plumbline/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveRepository, objectOf, startLiveRepository } from '../../test/live-repository.ts';
import { findCluster } from './build.ts';
import { install } from './install.ts';

const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const deployment = (name: string, more = '', labels = 'app: web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: default, labels: {${labels}}}
spec:
  ${more}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.25
          ports: [{containerPort: 80}]
          resources: {limits: {cpu: 1000m}}
`;

/** How a tool brings an object to the server: a first time, and once the source has changed. */
interface Applier {
  readonly manager: string;
  readonly isServerSide: boolean;
  apply(live: LiveRepository, object: JsonObject): Promise<void>;
}

const serverSide = (manager: string, marks: (object: JsonObject) => JsonObject = (object) => object): Applier => ({
  manager,
  isServerSide: true,
  async apply({ send }, object) {
    await send('PATCH', object, `fieldManager=${manager}&force=true`, marks(object), 'apply');
  },
});

/** As kubectl: what was applied last is written down on the object, and the next time a three-way patch is sent. */
const clientSide = (manager: string, marks: (object: JsonObject) => JsonObject = (object) => object): Applier => {
  const before = new Map<string, JsonObject>();
  return {
    manager,
    isServerSide: false,
    async apply({ send }, plain) {
      const given = marks(plain);
      const object = marked(given, 'annotations', { [LAST_APPLIED]: stringify(given) });
      const key = String(member(plain.metadata, 'name'));
      const previous = before.get(key);
      before.set(key, object);
      if (previous === undefined) {
        await send('POST', object, `fieldManager=${manager}`, object);
        return;
      }
      const known = openSchemas().types('1.37', [])(object);
      if (known === undefined) throw new Error('a built-in kind');
      const patch = createThreeWayPatch(previous, object, await send('GET', object), topologyOf(known.type), { overwrites: true });
      await send('PATCH', object, `fieldManager=${manager}`, patch, 'strategic');
    },
  };
};

function marked(object: JsonObject, kind: 'labels' | 'annotations', marks: JsonObject): JsonObject {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const own = member(metadata, kind);
  return { ...object, metadata: { ...metadata, [kind]: { ...(isObject(own) ? own : {}), ...marks } } };
}

const FLUX = { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' };
const HELM = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'default' };
const ARGO = { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:default/web' };

const APPLIERS: Readonly<Record<string, Applier>> = {
  'kubectl apply': clientSide('kubectl-client-side-apply'),
  'kubectl apply --server-side': serverSide('kubectl'),
  Flux: serverSide('kustomize-controller', (object) => marked(object, 'labels', FLUX)),
  Helm: clientSide('helm', (object) => marked(marked(object, 'labels', { 'app.kubernetes.io/managed-by': 'Helm' }), 'annotations', HELM)),
  'Argo CD': clientSide('argocd-controller', (object) => marked(object, 'annotations', ARGO)),
  'Argo CD, by label': clientSide('argocd-controller', (object) => marked(object, 'labels', { 'app.kubernetes.io/instance': 'shop' })),
  'Argo CD, server side': serverSide('argocd-controller', (object) => marked(object, 'annotations', ARGO)),
};

/** `status class path (owner)` of what is told of an object; of one in sync its changes alone. */
function told(report: Report, name: string): string[] {
  const entry = report.drift?.find(({ resource }) => resource.name === name);
  return (entry?.changes ?? []).map(
    ({ class: kind, path, owner }) =>
      `${kind} ${path}${owner === undefined ? '' : ` (${owner.manager}${owner.subresource === undefined ? '' : `, ${owner.subresource}`})`}`,
  );
}

// What whoever applies leaves on a real server is no drift, and what it does not leave there is found.
describe.skipIf(binary === undefined)(`who applies to a real cluster${binary === undefined ? ` (${why})` : ''}`, () => {
  let live: LiveRepository;
  beforeAll(async () => {
    live = await startLiveRepository(binary ?? '');
  }, 180_000);
  afterAll(() => live.stop());

  const edit = (object: JsonObject, manager: string, operations: readonly JsonObject[]): Promise<JsonObject> =>
    live.send('PATCH', object, `fieldManager=${manager}`, operations as unknown as JsonValue, 'json-patch'); // operations are JSON
  const scale = (object: JsonObject, manager: string, replicas: number): Promise<JsonObject> =>
    live.send('PATCH', object, `fieldManager=${manager}`, { spec: { replicas } }, 'merge', 'scale');

  test.each(Object.keys(APPLIERS))(
    '%s',
    async (name) => {
      const applier = APPLIERS[name];
      if (applier === undefined) throw new Error(name);
      const key = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
      const write = (text: string): JsonObject => {
        live.write(`${key}.yaml`, text);
        return objectOf(text);
      };
      const first = write(deployment(key, 'minReadySeconds: 5', 'app: web, old: label'));
      await applier.apply(live, first);
      expect(told(await live.drift(), key), 'just applied').toEqual([]);

      write(deployment(key));
      expect(told(await live.drift(), key).sort(), 'removed from Git').toEqual([
        `drift /metadata/labels/old (${applier.manager})`,
        `drift /spec/minReadySeconds (${applier.manager})`,
      ]);
      await applier.apply(live, objectOf(deployment(key)));
      expect(told(await live.drift(), key), 'applied again').toEqual([]);

      await edit(first, 'kubectl-edit', [
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx:1.26' },
        { op: 'add', path: '/metadata/labels/foreign', value: 'x' },
        { op: 'add', path: '/spec/paused', value: true },
      ]);
      await scale(first, 'kubectl', 4);
      expect(told(await live.drift(), key).sort(), 'edited by hand').toEqual([
        'drift /spec/template/spec/containers/0/image (kubectl-edit)',
        'unmanaged /metadata/labels/foreign (kubectl-edit)',
        'unmanaged /spec/paused (kubectl-edit)',
        // Of a field that nobody owned the server does not say who scaled it; whoever updates owns the defaults too.
        applier.isServerSide ? 'unmanaged /spec/replicas' : 'unmanaged /spec/replicas (kubectl, scale)',
      ]);
      await applier.apply(live, objectOf(deployment(key)));
      const after = await live.drift();
      expect(
        told(after, key).filter((line) => line.startsWith('drift')),
        'applied over the edit',
      ).toEqual([]);
      live.write(`${key}.yaml`, '');
    },
    60_000,
  );

  test('replicas: of an autoscaler ignored, of a person unmanaged or drift, of nobody else removed', async () => {
    const texts = {
      scaled: deployment('scaled', 'replicas: 2'),
      byHand: deployment('by-hand', 'replicas: 2'),
      dropped: deployment('dropped', 'replicas: 3'),
    };
    const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaled, namespace: default}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: scaled}
  maxReplicas: 9
`;
    const applier = serverSide('kustomize-controller');
    for (const [name, text] of Object.entries(texts)) {
      live.write(`${name}.yaml`, text);
      await applier.apply(live, objectOf(text));
    }
    // The autoscaler is nowhere in Git.
    await applier.apply(live, objectOf(autoscaler));
    await scale(objectOf(texts.scaled), 'kube-controller-manager', 7);
    await scale(objectOf(texts.byHand), 'kubectl', 7);
    const report = await live.drift();
    expect(told(report, 'scaled')).toEqual(['ignored /spec/replicas (kube-controller-manager, scale)']);
    expect(report.drift?.find(({ resource }) => resource.name === 'scaled')).toMatchObject({
      status: 'in-sync',
      changes: [{ why: expect.stringContaining('autoscaled-replicas') }],
    });
    expect(told(report, 'by-hand')).toEqual(['drift /spec/replicas (kubectl, scale)']);

    // Not in the source any more: the server puts its default there, unless somebody else has taken the field.
    live.write('dropped.yaml', deployment('dropped'));
    live.write('byHand.yaml', deployment('by-hand'));
    const without = await live.drift();
    expect(told(without, 'by-hand')).toEqual(['unmanaged /spec/replicas (kubectl, scale)']);
    expect(told(without, 'dropped')).toEqual(['drift /spec/replicas (kustomize-controller)']);
    await applier.apply(live, objectOf(deployment('dropped')));
    await applier.apply(live, objectOf(deployment('by-hand')));
    const replicas = async (name: string): Promise<unknown> =>
      member((await live.send('GET', objectOf(deployment(name)))).spec, 'replicas');
    expect([await replicas('dropped'), await replicas('by-hand')]).toEqual([1, 7]);
    expect(told(await live.drift(), 'dropped')).toEqual([]);
  }, 60_000);

  test('rules of plumbline.yaml, of an Application, and annotations of Flux', async () => {
    const names = ['by-rule', 'by-argo', 'by-flux', 'by-nothing'];
    for (const name of names) {
      const annotations = name === 'by-flux' ? { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } : {};
      const object = marked(objectOf(deployment(name, 'minReadySeconds: 5')), 'annotations', annotations);
      live.write(`apps/${name}/web.yaml`, stringify(object, 2));
      const tracked =
        name === 'by-argo'
          ? marked(object, 'annotations', { 'argocd.argoproj.io/tracking-id': `shop:apps/Deployment:default/${name}` })
          : object;
      await live.send('PATCH', object, `fieldManager=argocd-controller&force=true`, tracked, 'apply');
      await edit(object, 'somebody', [{ op: 'replace', path: '/spec/minReadySeconds', value: 6 }]);
    }
    live.write(
      'plumbline.yaml',
      `drift:
  ignore:
    - {pointers: [/spec/minReadySeconds], resource: {kind: Deployment, name: by-rule}, reason: set by an operator, owner: team-shop}
    - {pointers: [/spec/minReadySeconds], resource: {kind: Deployment, name: nobody}, reason: of another time, owner: team-shop}
`,
    );
    live.write(
      'argo/shop.yaml',
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: default}
  source: {repoURL: https://git.example.com/shop.git, path: apps/by-argo, targetRevision: HEAD}
  ignoreDifferences:
    - {group: apps, kind: Deployment, jqPathExpressions: [.spec.minReadySeconds]}
`,
    );
    const report = await live.drift();
    const classes = Object.fromEntries(names.map((name) => [name, told(report, name)]));
    expect(classes).toEqual({
      'by-rule': ['ignored /spec/minReadySeconds (somebody)'],
      'by-argo': ['ignored /spec/minReadySeconds (somebody)'],
      'by-flux': ['ignored /spec/minReadySeconds (somebody)'],
      'by-nothing': ['drift /spec/minReadySeconds (somebody)'],
    });
    expect(report.findings.filter(({ rule }) => rule.startsWith('engine/')).map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'engine/suppression-unused the drift ignore rule "of another time" covers nothing',
    ]);
  }, 60_000);

  test('what the definition of a custom resource refuses is said to need a replacement, and nothing else', async () => {
    const rule = (text: string): JsonValue => [{ rule: text, message: `rule ${text}` }];
    const schema = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          'x-kubernetes-validations': rule('self.width >= oldSelf.width'),
          properties: {
            width: { type: 'integer' },
            height: { type: 'integer' },
            wood: { type: 'string', 'x-kubernetes-validations': rule('self == oldSelf') },
          },
        },
      },
    };
    const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
    const object: JsonObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'gates.example.com' },
      spec: { group: 'example.com', names: { kind: 'Gate', plural: 'gates' }, scope: 'Namespaced', versions: [version] },
    };
    expect(await install(live.cluster.client, [{ kind: 'CustomResourceDefinition', object }])).toEqual([]);
    const gate = (name: string, spec: JsonObject): JsonObject => ({
      apiVersion: 'example.com/v1',
      kind: 'Gate',
      metadata: { name, namespace: 'default' },
      spec,
    });
    const wrong: string[] = [];
    for (const [name, after] of Object.entries<JsonObject>({
      wider: { width: 3, height: 2, wood: 'oak' },
      narrower: { width: 1, height: 2, wood: 'oak' },
      lower: { width: 2, height: 1, wood: 'oak' },
      other: { width: 2, height: 2, wood: 'elm' },
      both: { width: 1, height: 1, wood: 'oak' },
    })) {
      const before = gate(name, { width: 2, height: 2, wood: 'oak' });
      await live.send('PATCH', before, 'fieldManager=flux&force=true', before, 'apply');
      live.write(`gates/${name}.yaml`, stringify(gate(name, after), 2));
      const answer = await live
        .send('PATCH', before, 'dryRun=All&fieldManager=flux&force=true', gate(name, after), 'apply')
        .then(() => 'taken')
        .catch((error: Error) => (error.message.includes(' 422 ') ? 'refused' : error.message));
      const changes = (await live.drift('gates')).drift?.find(({ resource }) => resource.name === name)?.changes ?? [];
      const said = changes.filter(({ why }) => why?.includes('must be replaced')).map(({ path }) => path);
      const expected = { narrower: '/spec/width', other: '/spec/wood', both: '/spec/width' }[name] ?? '';
      if (answer !== (expected === '' ? 'taken' : 'refused') || said.join() !== expected)
        wrong.push(`${name}: ${answer}, said ${said.join()}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('nothing but GET and LIST was asked', () => {
    expect(live.requests.length).toBeGreaterThan(50);
    expect(live.requests.filter((line) => !line.startsWith('GET ') || line.includes('watch'))).toEqual([]);
  });
});
