import { expect, test } from 'vitest';
import { buildKustomization } from './build.ts';
import { localRemotes } from './local-remotes.ts';
import { memoryReader } from './memory-reader.ts';

const remote = localRemotes({
  'https://github.com/acme/app?ref=v1': 'vendor/app/',
  'https://example.com/install.yaml': './vendor/install.yaml',
});

test.each([
  ['https://github.com/acme/app//deploy/base?ref=v1', 'vendor/app/deploy/base'],
  ['github.com/acme/app/deploy?ref=v1&timeout=90s', 'vendor/app/deploy'],
  ['git@github.com:acme/app.git//deploy?ref=v1', 'vendor/app/deploy'],
  ['ssh://git@github.com/acme/app.git?ref=v1', 'vendor/app'],
  ['https://example.com/install.yaml', 'vendor/install.yaml'],
  ['https://github.com/acme/app//deploy?ref=v2', undefined],
  ['https://github.com/acme/app//deploy', undefined],
  ['https://github.com/acme/application//deploy?ref=v1', undefined],
])('%s is %s', (entry, place) => {
  expect(remote(entry)).toBe(place);
});

test('a build takes the copies in place of what it would fetch', () => {
  const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
  const reader = memoryReader({
    'kustomization.yaml':
      'resources:\n  - https://github.com/acme/app//deploy?ref=v1\n  - https://example.com/install.yaml\nnamePrefix: live-\n',
    'vendor/app/deploy/kustomization.yaml': 'resources: [../shared]\n',
    'vendor/app/shared/kustomization.yaml': 'resources: [m.yaml]\n',
    'vendor/app/shared/m.yaml': map('app'),
    'vendor/install.yaml': map('install'),
  });
  const built = buildKustomization('', reader, { remote });
  expect('resources' in built ? built.resources.map(({ object }) => object.metadata) : built).toEqual([
    { name: 'live-app' },
    { name: 'live-install' },
  ]);
  expect(buildKustomization('', reader)).toEqual({
    notBuilt: 'the remote resource https://github.com/acme/app//deploy?ref=v1 is not fetched',
  });
});
