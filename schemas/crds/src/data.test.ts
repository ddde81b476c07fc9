import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { crdDataDirectory, openCrdData } from './data.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const read = openCrdData(crdDataDirectory());

test('the data is what the generator wrote', () => {
  expect(execFileSync(process.execPath, [`${home}generate.mjs`, '--check'], { encoding: 'utf8' })).toMatch(/^schemas\/crds: up to date \(/);
});

test('each line refers only to lines that exist, and each kind to one that has what every object has', () => {
  const names = readdirSync(crdDataDirectory());
  expect(names.length).toBeGreaterThan(100);
  for (const name of names) {
    const [header = '', ...lines] = readFileSync(`${home}data/${name}`, 'utf8').trimEnd().split('\n');
    for (const kinds of Object.values(JSON.parse(header) as Record<string, Record<string, number>>))
      for (const line of Object.values(kinds))
        expect(JSON.parse(lines[line] ?? '')).toMatchObject({ p: { apiVersion: 's', kind: 's', metadata: 'a' } });
    for (const line of lines)
      for (const spec of Object.values((JSON.parse(line) as { p: Record<string, string> }).p)) {
        expect(spec).toMatch(/^[[{]*(?:[snba]|\d+)$/);
        const reference = /\d+$/.exec(spec)?.[0];
        if (reference !== undefined) expect(Number(reference)).toBeLessThan(lines.length);
      }
  }
});

test('every source is recorded with its version, digest and licence, and at least sixteen projects are there', () => {
  const { sources } = JSON.parse(readFileSync(`${home}sources.json`, 'utf8')) as { sources: Record<string, string>[] };
  for (const source of sources)
    expect(source).toEqual({
      registry: expect.stringMatching(/^(npm|PyPI)$/),
      name: expect.any(String),
      version: expect.stringMatching(/^\d+(\.\d+){2,3}$/),
      digest: expect.stringMatching(/^(sha512-|sha256:)/),
      licence: expect.stringMatching(/^(MIT|Unlicense|Apache-2\.0)$/),
    });
  const projects = sources.filter(({ name }) => name?.startsWith('@kubernetes-models/') && name !== '@kubernetes-models/apimachinery');
  expect(projects.length).toBeGreaterThanOrEqual(16);
});

test.each([
  ['cert-manager.io', 'v1/Certificate'],
  ['monitoring.coreos.com', 'v1/ServiceMonitor'],
  ['argoproj.io', 'v1alpha1/Application'],
  ['kustomize.toolkit.fluxcd.io', 'v1/Kustomization'],
  ['helm.toolkit.fluxcd.io', 'v2/HelmRelease'],
  ['networking.istio.io', 'v1/VirtualService'],
  ['gateway.networking.k8s.io', 'v1/HTTPRoute'],
  ['traefik.io', 'v1alpha1/IngressRoute'],
  ['external-secrets.io', 'v1/ExternalSecret'],
  ['keda.sh', 'v1alpha1/ScaledObject'],
  ['karpenter.sh', 'v1/NodePool'],
  ['serving.knative.dev', 'v1/Service'],
  ['bitnami.com', 'v1alpha1/SealedSecret'],
  ['snapshot.storage.k8s.io', 'v1/VolumeSnapshot'],
  ['grafana.integreatly.org', 'v1beta1/GrafanaDashboard'],
  ['container.cnrm.cloud.google.com', 'v1beta1/ContainerCluster'],
  ['kyverno.io', 'v1/ClusterPolicy'],
  ['velero.io', 'v1/Backup'],
  ['kpack.io', 'v1alpha2/Image'],
])('%s has %s', (group, kind) => {
  const kinds = Object.values(JSON.parse(read(group)?.split('\n', 1)[0] ?? '{}') as Record<string, Record<string, number>>);
  expect(kinds.flatMap((one) => Object.keys(one))).toContain(kind);
});

test('a group that is none leads nowhere', () => {
  for (const group of ['example.com', '../sources', 'a', '', 'CERT-manager.io', 'cert-manager.io/../cert-manager.io'])
    expect(read(group)).toBe(undefined);
});
