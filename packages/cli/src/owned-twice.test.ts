import { createEngine } from '@plumbline/core';
import { expect, test } from 'vitest';
import { ownedTwice } from './owned-twice.ts';

async function found(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const schemas = { rules: [], versions: ['1.37'], catalogue: () => ({ isBuiltinGroup: () => true, scopeOf: () => undefined }) };
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const applied = await createEngine({ schemas, packs: [] }).applied(files);
  return ownedTwice(applied).map(
    ({ owners, owned }) =>
      `${owners.map(({ name, file, line }) => `${name} ${file}:${line}`).join(', ')}: ${owned.map(({ name, file }) => `${name} ${file}`).join(', ')}`,
  );
}

const flux = (name: string, path: string): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {path: ${path}, sourceRef: {kind: GitRepository, name: flux-system}}
`;
const release = (name: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}, namespace: shop}
spec: {releaseName: cart}
`;
const argo = (name: string, path: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  source: {repoURL: https://git.example.org/shop.git, path: ${path}}
  destination: {name: in-cluster, namespace: shop}
`;
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\n`;
const APPS = {
  'apps/kustomization.yaml': 'resources: [cart, web.yaml]\n',
  'apps/web.yaml': map('web'),
  'apps/cart/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
  'apps/cart/a.yaml': map('a'),
  'apps/cart/b.yaml': map('b'),
};

test('all objects that two Kustomizations apply', async () => {
  expect(await found({ ...APPS, 'clusters/live/apps.yaml': `${flux('cart', './apps/cart')}---${flux('apps', './apps')}` })).toEqual([
    'Kustomization cart clusters/live/apps.yaml:4, Kustomization apps clusters/live/apps.yaml:9: ConfigMap a apps/cart/a.yaml, ConfigMap b apps/cart/b.yaml',
  ]);
});

test('none where they go to two clusters', async () => {
  expect(
    await found({ ...APPS, 'clusters/live/apps.yaml': flux('apps', './apps'), 'clusters/qa/apps.yaml': flux('more', './apps') }),
  ).toEqual([]);
});

test('one Helm release of two, and Applications that are alike', async () => {
  const texts = {
    'live/releases.yaml': `${release('a')}---${release('b')}`,
    'argo/apps.yaml': `${argo('c', 'apps')}---${argo('d', 'more')}---${argo('e', './apps/')}`,
  };
  expect(await found(texts)).toEqual([
    'Application c argo/apps.yaml:4, Application e argo/apps.yaml:18: ',
    'HelmRelease a live/releases.yaml:4, HelmRelease b live/releases.yaml:9: Helm release shop/cart live/releases.yaml',
  ]);
});
