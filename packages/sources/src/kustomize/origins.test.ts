import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FieldPath } from '@plumbline/core';
import { expect, test } from 'vitest';
import { EditedBuilds, isIdentity } from '../../test/edit-and-build.ts';
import { randomKustomizations } from '../../test/random-kustomizations.ts';
import { folderReader } from './folder-reader.ts';
import { memoryReader } from './memory-reader.ts';

const SHOP = fileURLToPath(new URL('../../../../fixtures/kustomize/shop', import.meta.url));
const FILES = Object.fromEntries(filesIn(SHOP).map((path) => [relative(SHOP, path), readFileSync(path, 'utf8')]));
const OVERLAY = 'live';

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

const READER = memoryReader(FILES);

const builds = new EditedBuilds(READER, OVERLAY);
const { before } = builds;

test('each value changes with the line that it is said to stand on, and nothing changes that does not come from that line', () => {
  const outcomes = builds.leaves.filter((leaf) => !isIdentity(leaf)).flatMap((leaf) => [builds.faultsOf(leaf) ?? []]);
  expect(outcomes.flat()).toEqual([]);
  expect(outcomes.length).toBeGreaterThanOrEqual(200);
});

// The features of Kustomize in whatever mixture, so that what is true of the shop is not true of the shop alone.
test('the same of values of repositories that dice have made', () => {
  const wrong: string[] = [];
  let count = 0;
  for (let seed = 1; count < 240; seed++) {
    const random = new EditedBuilds(memoryReader(randomKustomizations(seed)), OVERLAY);
    // A few of each, in steps that meet all of its objects.
    const leaves = random.leaves.filter((leaf) => !isIdentity(leaf));
    for (let at = seed % 7; at < leaves.length; at += 7) {
      const leaf = leaves[at];
      const faults = leaf && random.faultsOf(leaf);
      if (faults === undefined) continue;
      count++;
      wrong.push(...faults.map((fault) => `seed ${seed}: ${fault}`));
    }
  }
  expect(wrong).toEqual([]);
});

const MEDIUM = fileURLToPath(new URL('../../../../../shared/suites/gitops/medium-a.tgz', import.meta.url));

test.skipIf(!existsSync(MEDIUM))('the same of values of real repositories', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-origins-'));
  try {
    spawnSync('tar', ['-xzf', MEDIUM, '-C', scratch]);
    const wrong: string[] = [];
    let count = 0;
    for (const [index, folder] of kustomizationsIn(scratch).entries()) {
      const real = new EditedBuilds(folderReader(scratch), folder);
      const leaves = real.leaves.filter((leaf) => !isIdentity(leaf));
      // Two of each, from different places.
      for (const at of [index % 5, (leaves.length >> 1) + (index % 3)]) {
        const leaf = leaves[at];
        const faults = leaf && real.faultsOf(leaf);
        if (faults === undefined) continue;
        count++;
        wrong.push(...faults.map((fault) => `${folder}: ${fault}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(150);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

function kustomizationsIn(root: string): readonly string[] {
  return filesIn(root)
    .filter((path) => path.endsWith('/kustomization.yaml'))
    .map((path) => relative(root, dirname(path)));
}

const chainOf = (kind: string, path: FieldPath): string[] => {
  const resource = before.find(({ object }) => object.kind === kind);
  const place = resource?.locate(path);
  return [
    `${place?.file}:${place?.line}:${place?.column}`,
    ...(place?.chain ?? []).map(({ file, line, role }) => `${role} ${file}:${line}`),
  ];
};

test.each<[string, FieldPath, string[]]>([
  ['Deployment', ['spec', 'strategy', 'type'], ['base/web.yaml:15:11', 'base base/web.yaml:15']],
  ['Deployment', ['spec', 'replicas'], ['live/kustomization.yaml:12:12', 'overlay live/kustomization.yaml:12', 'base base/web.yaml:9']],
  ['Deployment', ['metadata', 'name'], ['base/web.yaml:4:9', 'overlay live/kustomization.yaml:2', 'base base/web.yaml:4']],
  ['Deployment', ['metadata', 'namespace'], ['live/kustomization.yaml:1:12', 'overlay live/kustomization.yaml:1']],
  [
    'Deployment',
    ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'],
    ['live/patches/web.yaml:14:22', 'patch live/patches/web.yaml:14', 'base base/web.yaml:32'],
  ],
  [
    'Deployment',
    ['spec', 'revisionHistoryLimit'],
    ['components/audit/kustomization.yaml:21:16', 'patch components/audit/kustomization.yaml:21', 'base base/web.yaml:10'],
  ],
  ['CronJob', ['spec', 'schedule'], ['live/kustomization.yaml:31:19', 'patch live/kustomization.yaml:31', 'base base/worker.yaml:6']],
  ['Secret', ['data', 'second'], ['live/kustomization.yaml:57:9', 'generator live/kustomization.yaml:57']],
  ['ConfigMap', ['data', 'banner.txt'], ['base/banner.txt:1:1', 'generator base/banner.txt:1']],
  ['ConfigMap', ['data', 'MAX_USERS'], ['base/limits.env:3:1', 'generator base/limits.env:3']],
])('%s %j stands where it was written last, and says what wrote it', (kind, path, expected) => {
  expect(chainOf(kind, path)).toEqual(expected);
});

test('what is not there stands on the key of the mapping that lacks it', () => {
  const service = before.find(({ object }) => object.kind === 'Service');
  expect(service?.locate(['spec', 'externalName'])).toMatchObject({ file: 'base/web.yaml', line: 73, column: 1 });
  expect(service?.locate(['spec', 'ports', 0, 'port'], 'key')).toMatchObject({ file: 'base/web.yaml', line: 80, column: 7 });
});
