import { expect, test } from 'vitest';
import { createPlumbline } from './index.ts';

/** What the rules of the Flux pack say of a repository whose kustomizations are built. */
async function said(files: Readonly<Record<string, string>>, rule: string): Promise<readonly string[]> {
  const engine = createPlumbline({ config: { kubernetesVersions: ['1.37'], preset: 'off', rules: { [rule]: {} } } });
  const report = await engine.check(Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })));
  return report.findings.map(({ location, message }) => `${location?.file}:${location?.line} ${message}`);
}

const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cart}
spec:
  valuesFrom:
    - kind: ConfigMap
      name: cart-values
`;
const GENERATOR =
  'namespace: shop\nresources: [release.yaml]\nconfigMapGenerator:\n  - name: cart-values\n    files: [values.yaml=live.yaml]\n';

test('values of a generator, which have another name when they are applied', async () => {
  const files = { 'app/release.yaml': RELEASE, 'app/live.yaml': 'replicas: 3\n', 'app/kustomization.yaml': GENERATOR };
  expect(await said(files, 'flux/values-from-missing')).toEqual([
    expect.stringMatching(
      /^app\/release\.yaml:7 no ConfigMap "cart-values" in namespace "shop": Kustomize generates it as "cart-values-\w{10}", and does not know this reference$/,
    ),
  ]);
});

test('values of a generator that Kustomize knows to rename, and of one that adds no hash', async () => {
  const names =
    'nameReference:\n  - kind: ConfigMap\n    version: v1\n    fieldSpecs:\n      - path: spec/valuesFrom/name\n        kind: HelmRelease\n';
  const known = {
    'app/release.yaml': RELEASE,
    'app/live.yaml': 'replicas: 3\n',
    'app/names.yaml': names,
    'app/kustomization.yaml': `${GENERATOR}configurations: [names.yaml]\n`,
  };
  expect(await said(known, 'flux/values-from-missing')).toEqual([]);
  const plain = { ...known, 'app/kustomization.yaml': `${GENERATOR}generatorOptions: {disableNameSuffixHash: true}\n` };
  expect(await said(plain, 'flux/values-from-missing')).toEqual([]);
});
