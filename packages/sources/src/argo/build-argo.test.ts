import { createEngine, type Resource, type SourceFile } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { kustomizeExpander } from '../kustomize/expander.ts';
import { imageArgument } from './image-argument.ts';

const APPLICATION = (name: string, source: string, namespace = 'shop'): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: default
  destination:
    namespace: ${namespace}
  source:
    repoURL: https://example.com/r.git
${source}`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1"}]
`;

interface Outcome {
  readonly resources: readonly Resource[];
  readonly errors: readonly string[];
}

async function applied(texts: Readonly<Record<string, string>>): Promise<Outcome> {
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: kustomizeExpander(),
  });
  const files: SourceFile[] = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const { resources, report } = await engine.applied(files);
  return {
    resources: resources.filter(({ gvk }) => gvk.group !== 'argoproj.io'),
    errors: report([]).findings.map(({ rule, message, location }) => `${location?.file}:${location?.line} ${rule} ${message}`),
  };
}

const BASE = {
  'apps/kustomization.yaml': 'resources: [web.yaml]\nnamePrefix: old-\nimages: [{name: nginx, newTag: "2"}, {name: a, newTag: "1"}]\n',
  'apps/web.yaml': DEPLOYMENT,
};

describe('the kustomization of an Application', () => {
  test('is built with what Argo CD writes into it first, and each field stands where it was set', async () => {
    const source = `    path: apps
    kustomize:
      namePrefix: new-
      images: [nginx=mirror/nginx:3]
      replicas: [{name: web, count: "4"}]
      commonLabels: {team: web}
      labelWithoutSelector: true
      commonAnnotations: {by: argo}
      patches:
        - target: {kind: Deployment}
          patch: '[{"op": "add", "path": "/spec/paused", "value": true}]'
`;
    const { resources, errors } = await applied({ ...BASE, 'argocd/web.yaml': APPLICATION('web', source) });
    expect(errors).toEqual([]);
    expect(resources.map(({ object }) => object)).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { annotations: { by: 'argo' }, labels: { team: 'web' }, name: 'new-web', namespace: 'shop' },
        spec: {
          paused: true,
          replicas: 4,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { annotations: { by: 'argo' }, labels: { app: 'web' } },
            spec: { containers: [{ image: 'mirror/nginx:3', name: 'web' }] },
          },
        },
      },
    ]);
    const line = (...path: (string | number)[]) => {
      const at = resources[0]?.locate?.(path);
      return `${at?.file}:${at?.line}`;
    };
    expect(line('metadata', 'namespace')).toBe('argocd/web.yaml:7');
    expect(line('spec', 'replicas')).toBe('argocd/web.yaml:14');
    expect(line('spec', 'template', 'spec', 'containers', 0, 'image')).toBe('argocd/web.yaml:13');
    expect(resources[0]?.unit.state).toBe('as-applied');
  });
  test('refuses a label that the kustomization has already, unless it is forced', async () => {
    const files = { ...BASE, 'apps/kustomization.yaml': 'resources: [web.yaml]\ncommonLabels: {team: a}\n' };
    const source = '    path: apps\n    kustomize:\n      commonLabels: {team: b}\n';
    expect((await applied({ ...files, 'argocd/web.yaml': APPLICATION('web', source) })).errors).toEqual([
      'argocd/web.yaml:12 kust/build-fails "team" is in commonLabels of the kustomization already, and Argo CD does not build it; say "forceCommonLabels: true" to replace it',
    ]);
    const forced = await applied({ ...files, 'argocd/web.yaml': APPLICATION('web', `${source}      forceCommonLabels: true\n`) });
    expect(forced.resources[0]?.object.metadata).toMatchObject({ labels: { team: 'b' } });
  });
  test('does not tell where an object of a kind goes that is not known', async () => {
    const files = { ...BASE, 'apps/web.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n' };
    const { resources } = await applied({ ...files, 'argocd/web.yaml': APPLICATION('web', '    path: apps\n') });
    expect(resources.map(({ unit }) => [unit.state, unit.mayAdd?.namespace])).toEqual([['unbuilt', true]]);
  });
});

test('a folder of plain files is applied as it lies, in the namespace of the destination', async () => {
  const { resources } = await applied({ 'apps/web.yaml': DEPLOYMENT, 'argocd/web.yaml': APPLICATION('web', '    path: apps\n') });
  expect(resources.map(({ unit }) => [unit.kind, unit.state, unit.mayAdd])).toEqual([
    ['argo', 'as-applied', { fields: false, namespace: true, resources: false }],
  ]);
});

test('an ApplicationSet applies a folder for each element, in the environment of the folder', async () => {
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  generators: [{git: {directories: [{path: overlays/*}]}}]
  template:
    metadata: {name: 'web-{{path.basename}}'}
    spec:
      destination: {namespace: 'web-{{path.basename}}'}
      source: {repoURL: r, path: '{{path}}', kustomize: {nameSuffix: '-{{path.basename}}'}}
`;
  const { resources } = await applied({
    'argocd/web.yaml': set,
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': DEPLOYMENT,
    'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
  });
  expect(resources.map(({ unit, namespace, name }) => `${unit.id} [${unit.environment}] ${namespace}/${name} ${unit.state}`)).toEqual([
    'overlays/dev [dev] web-dev/web-dev as-applied',
    'overlays/prod [prod] web-prod/web-prod as-applied',
  ]);
  expect(resources[0]?.locate?.(['metadata', 'namespace'])).toMatchObject({ file: 'argocd/web.yaml', line: 9 });
});

test('images are read as kustomize reads them', () => {
  const read = (text: string) => {
    const image = imageArgument(text);
    return image === undefined ? undefined : [image.name, image.newName, image.newTag, image.digest];
  };
  expect(read('nginx:1.2')).toEqual(['nginx', '', '1.2', '']);
  expect(read('nginx=reg:5000/nginx')).toEqual(['nginx', 'reg:5000/nginx', '', '']);
  expect(read('reg:5000/a=b@sha256:1')).toEqual(['reg:5000/a', 'b', '', 'sha256:1']);
  expect(read('reg:5000/a:1')).toEqual(['reg:5000/a', '', '1', '']);
  expect(read('nginx')).toBeUndefined();
  expect(read('=a')).toBeUndefined();
});
