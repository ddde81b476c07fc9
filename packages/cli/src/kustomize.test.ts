import type { SourceFile } from '@plumbline/core';
import { expect, test } from 'vitest';
import { openSchemas, wire } from './wiring.ts';

const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replica: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - containerPort: 80
`;

const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          imagePullPolicy: Sometimes
`;

const FILES = [
  file('base/kustomization.yaml', 'resources: [web.yaml]\n'),
  file('base/web.yaml', DEPLOYMENT),
  file('qa/kustomization.yaml', 'resources: [../base]\nnamespace: qa\n'),
  file('live/kustomization.yaml', 'resources: [../base]\nnamespace: live\npatches:\n  - path: pull.yaml\n'),
  file('live/pull.yaml', PATCH),
];

async function findings(files: readonly SourceFile[]): Promise<unknown[]> {
  const report = await wire(openSchemas(), {}).check(files);
  return report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, location, units, origin }) => [
      `${location?.file}:${location?.line}:${location?.column} ${rule}`,
      units?.join(' '),
      origin?.map(({ role, file: path, line }) => `${role} ${path}:${line}`).join(' < '),
    ]);
}

test('a fault of a base is said once, with every build that it shows in, and one of a patch on the patch', async () => {
  expect(await findings(FILES)).toEqual([
    ['base/web.yaml:6:3 schema/unknown-field', 'live qa', 'base base/web.yaml:6'],
    ['live/pull.yaml:10:28 schema/invalid', 'live', 'patch live/pull.yaml:10'],
  ]);
});

test('a patch that mends what the base lacks leaves nothing to say', async () => {
  const mended = FILES.map((each) => (each.path === 'base/web.yaml' ? file(each.path, DEPLOYMENT.replace('  replica: 2\n', '')) : each));
  const patch = PATCH.replace('Sometimes', 'Always');
  expect(await findings(mended.map((each) => (each.path === 'live/pull.yaml' ? file(each.path, patch) : each)))).toEqual([]);
});

test('what stops a build is said where it stands', async () => {
  const broken = FILES.map((each) =>
    each.path === 'qa/kustomization.yaml' ? file(each.path, 'resources: [../bases]\nnamespace: qa\n') : each,
  );
  expect(await findings(broken)).toContainEqual(['qa/kustomization.yaml:1:13 kust/missing-path', 'qa', undefined]);
});
