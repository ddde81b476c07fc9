import {
  type ApplyingObject,
  type BuildRequest,
  type BuildResult,
  type FieldPath,
  isObject,
  type JsonObject,
  parse,
} from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { kustomizeExpander } from '../kustomize/expander.ts';
import { memoryReader } from '../kustomize/memory-reader.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: nginx:1
`;
const FLUX = (spec: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./apps
${spec}`;
const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: flux-system}
data:
  DOMAIN: example.com
  COUNT: "3"
`;
const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: secrets, namespace: flux-system}
stringData:
  PASSWORD: hunter2
`;

function objectIn(path: string, text: string): { object: JsonObject; locate: ApplyingObject['locate'] } {
  const [document] = parse({ path, bytes: new TextEncoder().encode(text) });
  if (document === undefined || !isObject(document.value)) throw new Error('no object');
  return { object: document.value, locate: (at: FieldPath, part) => ({ ...document.rangeOf(at, part), file: path, chain: [] }) };
}

function build(spec: string, files: Readonly<Record<string, string>>, kind: BuildRequest['kind'] = 'kustomization'): BuildResult {
  const text = FLUX(spec);
  const all = { 'cluster/apps.yaml': text, 'cluster/settings.yaml': SETTINGS, 'cluster/secret.yaml': SECRET, ...files };
  return kustomizeExpander().build(
    {
      kind,
      folder: 'apps',
      versions: [],
      deployer: {
        ...objectIn('cluster/apps.yaml', text),
        label: 'Kustomization apps',
        file: 'cluster/apps.yaml',
        source: ['spec'],
        folderOf: () => undefined,
      },
      lookUp(wanted, namespace, name) {
        if (namespace !== 'flux-system') return undefined;
        if (wanted === 'ConfigMap' && name === 'settings') return objectIn('cluster/settings.yaml', SETTINGS);
        return wanted === 'Secret' && name === 'secrets' ? objectIn('cluster/secret.yaml', SECRET) : undefined;
      },
    },
    memoryReader(all),
  );
}

function built(
  spec: string,
  files: Readonly<Record<string, string>>,
  kind?: BuildRequest['kind'],
): Extract<BuildResult, { objects: unknown }> {
  const result = build(spec, files, kind);
  if (!('objects' in result)) throw new Error(JSON.stringify(result));
  return result;
}

const APPS = {
  'apps/kustomization.yaml': 'resources: [web.yaml]\nnamespace: own\nimages:\n  - name: nginx\n    newTag: "2"\n',
  'apps/web.yaml': DEPLOYMENT,
};

/** `FILE:LINE` of a field, and of what it came through. */
function place({ objects }: { objects: Extract<BuildResult, { objects: unknown }>['objects'] }, path: FieldPath): string[] {
  const at = objects[0]?.locate(path);
  return at === undefined ? [] : [`${at.file}:${at.line}`, ...at.chain.map(({ file, line, role }) => `${file}:${line} ${role}`)];
}

describe('the fields of a Flux Kustomization', () => {
  const spec = `  targetNamespace: shop
  namePrefix: a-
  images:
    - name: nginx
      newName: mirror/nginx
  commonMetadata:
    labels:
      team: web
  patches:
    - target: {kind: Deployment}
      patch: |
        - op: replace
          path: /spec/replicas
          value: 2
`;
  test('are written into the kustomization: those that it has are replaced or added to', () => {
    const [web] = built(spec, APPS).objects;
    expect(web?.object).toMatchObject({
      metadata: { name: 'a-web', namespace: 'shop', labels: { team: 'web' } },
      spec: { replicas: 2, template: { spec: { containers: [{ image: 'mirror/nginx:2' }] } } },
    });
  });
  test('are where a field stands that they set', () => {
    const result = built(spec, APPS);
    expect(place(result, ['metadata', 'namespace'])[0]).toBe('cluster/apps.yaml:8');
    expect(place(result, ['spec', 'replicas'])[0]).toBe('cluster/apps.yaml:21');
    expect(place(result, ['metadata', 'labels', 'team'])[0]).toBe('cluster/apps.yaml:15');
    expect(place(result, ['metadata', 'name'])).toEqual(['apps/web.yaml:4', 'cluster/apps.yaml:9 overlay', 'apps/web.yaml:4 base']);
  });
  test('of an older version may hold objects for patches', () => {
    const older = `  patchesStrategicMerge:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec: {replicas: 4}
  patchesJson6902:
    - target: {kind: Deployment, name: web}
      patch: [{op: add, path: /spec/paused, value: true}]
`;
    const result = built(older, APPS);
    expect(result.objects[0]?.object).toMatchObject({ spec: { replicas: 4, paused: true } });
    expect(place(result, ['spec', 'replicas'])[0]).toBe('cluster/apps.yaml:9');
  });
  test('that are wrong are told where they are', () => {
    const result = build('  patches:\n    - target: {kind: Deployment}\n      patch: "- op: test\\n  path: /nope\\n  value: 1"\n', APPS);
    expect('problems' in result && result.problems.map(({ location }) => `${location.file}:${location.line}`)).toEqual([
      'cluster/apps.yaml:10',
    ]);
  });
  test('let files lie outside of the folder, which kustomize alone refuses', () => {
    const files = { 'apps/kustomization.yaml': 'resources: [../shared/web.yaml]\n', 'shared/web.yaml': DEPLOYMENT };
    expect(built('', files).objects).toHaveLength(1);
  });
});

describe('variables', () => {
  const WITH = {
    'apps/kustomization.yaml': 'resources: [web.yaml]\n',
    'apps/web.yaml': DEPLOYMENT.replace('replicas: 1', 'replicas: ${COUNT}').replace('nginx:1', '${REGISTRY}/nginx:1'),
  };
  const spec =
    '  postBuild:\n    substitute:\n      REGISTRY: reg.example.com\n    substituteFrom:\n      - {kind: ConfigMap, name: settings}\n';
  test('are filled in and read again; the field stands where the variable is written, and the chain says who sets it', () => {
    const result = built(spec, WITH);
    expect(result.objects[0]?.object).toMatchObject({
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'reg.example.com/nginx:1' }] } } },
    });
    expect(place(result, ['spec', 'replicas'])).toEqual(['apps/web.yaml:6', 'cluster/settings.yaml:6 values', 'apps/web.yaml:6 base']);
    expect(place(result, ['spec', 'template', 'spec', 'containers', 0, 'image'])).toEqual([
      'apps/web.yaml:11',
      'cluster/apps.yaml:10 overlay',
      'apps/web.yaml:11 base',
    ]);
    expect(result.objects[0]?.open).toBeUndefined();
  });
  test('of a Secret stay in the text, and the object is not known', () => {
    const files = { ...WITH, 'apps/web.yaml': `${DEPLOYMENT}          env: [{name: A, value: "\${PASSWORD}-\${DOMAIN}"}]\n` };
    const result = built(
      '  postBuild:\n    substituteFrom:\n      - {kind: ConfigMap, name: settings}\n      - {kind: Secret, name: secrets}\n',
      files,
    );
    expect(JSON.stringify(result.objects[0]?.object)).toContain('"${PASSWORD}-example.com"');
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result.objects[0]?.open).toEqual({
      why: 'the value of a variable is not in sight',
      effects: { fields: false, namespace: false, resources: false },
      substitutes: true,
    });
  });
  test('that an object out of sight may set are not known, but those that the Kustomization sets itself are', () => {
    const files = { ...WITH, 'apps/web.yaml': DEPLOYMENT.replace('web', '${A}-${DOMAIN}') };
    const result = built(
      '  postBuild:\n    substitute: {A: x}\n    substituteFrom:\n      - {kind: ConfigMap, name: settings}\n      - {kind: ConfigMap, name: elsewhere, optional: true}\n',
      files,
    );
    expect(result.objects[0]?.object).toMatchObject({ metadata: { name: 'x-${DOMAIN}' } });
    expect(result.objects[0]?.open?.why).toBe('the ConfigMap "elsewhere", which sets variables, is not in sight');
  });
  test('that nobody sets are noted, with their place', () => {
    const files = { ...WITH, 'apps/web.yaml': DEPLOYMENT.replace('nginx:1', 'nginx:${TAG}') };
    const result = built(spec, files);
    expect(result.notes).toEqual([
      {
        rule: 'flux/substitute-undefined',
        message: 'no source of Kustomization apps sets the variable "TAG"',
        location: { file: 'apps/web.yaml', line: 11, column: 18, endLine: 11, endColumn: 30 },
      },
    ]);
    expect(result.objects[0]?.open?.why).toBe('no source sets the variable "TAG"');
  });
  test('are left alone in an object that says so, and where nothing sets any', () => {
    const off = WITH['apps/web.yaml'].replace(
      'name: web\n',
      'name: web\n  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}\n',
    );
    expect(built(spec, { ...WITH, 'apps/web.yaml': off }).objects[0]?.object).toMatchObject({ spec: { replicas: '${COUNT}' } });
    const defaults = { ...WITH, 'apps/web.yaml': DEPLOYMENT.replace('replicas: 1', 'replicas: ${COUNT:=3}') };
    expect(built('  postBuild: {substitute: {}}\n', defaults).objects[0]?.object).toMatchObject({ spec: { replicas: '${COUNT:=3}' } });
  });
  test('that Flux cannot read stop it, on the line where they are written', () => {
    const files = { ...WITH, 'apps/web.yaml': `${DEPLOYMENT}          command: ["sh", "-c", "echo \${LIST[@]}"]\n` };
    const result = build(spec, files);
    expect('problems' in result && result.problems).toMatchObject([
      { rule: 'flux/build-fails', location: { file: 'apps/web.yaml', line: 12 } },
    ]);
  });
  test('have names that Flux takes', () => {
    const result = build('  postBuild:\n    substitute:\n      my-name: x\n', WITH);
    expect('problems' in result && result.problems).toMatchObject([
      { rule: 'flux/build-fails', location: { file: 'cluster/apps.yaml', line: 10, column: 7 } },
    ]);
  });
});

describe('a folder without a kustomization', () => {
  test('is applied with all that lies below it; what has a kustomization is built', () => {
    const files = {
      'apps/web.yaml': DEPLOYMENT,
      'apps/deep/down/job.yml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\n',
      'apps/built/kustomization.yaml': 'namePrefix: x-\nresources: [map.yaml]\n',
      'apps/built/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n',
      'apps/built/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
      'apps/notes.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}}',
      'apps/.github/workflow.yaml': 'on: push\n',
    };
    const names = built('  targetNamespace: shop\n', files, 'folder').objects.map(({ object }) => object.metadata);
    expect(names).toEqual([
      { name: 'x-map', namespace: 'shop' },
      { name: 'web', namespace: 'shop' },
      { name: 'job', namespace: 'shop' },
    ]);
  });
});
