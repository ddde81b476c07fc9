import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ask, createAsk } from './ask.ts';
import { findCluster } from './build.ts';
import { type Comparison, compare } from './compare.ts';
import { install } from './install.ts';
import { mutate } from './mutate.ts';
import { manifestOf, questionsOf } from './questions.ts';
import { createRandom } from './random.ts';
import { type Cluster, startCluster } from './start.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const archive = join(root, '../shared/suites/gitops/medium-a.tgz');
const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';

const SEED = Number(process.env.PLUMBLINE_SEED ?? 20261127);

function shown({ agreed, differences }: Comparison): string {
  const lines = differences.map(({ name, kind, why: reason }) => `${kind}: ${name}: ${reason.slice(0, 200)}`);
  return `seed ${SEED}: ${agreed} agree, ${differences.length} do not\n${lines.join('\n')}`;
}

describe.skipIf(binary === undefined)(`a real kube-apiserver${binary === undefined ? ` (${why})` : ''}`, () => {
  let cluster: Cluster;
  let ask: Ask;
  let scratch: string;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'plumbline-cluster-'));
    cluster = await startCluster(binary ?? '');
  }, 150_000);
  afterAll(async () => {
    await cluster.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('admits what the sample repository says it admits', async () => {
    const { manifests, definitions } = await questionsOf(join(root, 'fixtures/repos/shop'));
    expect(await install(cluster.client, manifests)).toEqual([]);
    ask = await createAsk(cluster.client);
    const comparison = await compare(ask, manifests, definitions, '1.37');
    expect(comparison.agreed).toBeGreaterThan(30);
    expect(comparison.differences).toEqual([]);
  });

  test.skipIf(!existsSync(archive))(
    'agrees on 2,000 fresh mutants of real repositories (../shared/suites/gitops)',
    async () => {
      execFileSync('tar', ['-xzf', archive, '-C', scratch]);
      const { manifests, definitions } = await questionsOf(scratch);
      await install(cluster.client, manifests);
      ask = await createAsk(cluster.client);
      const before = await compare(ask, manifests, definitions, '1.37');
      expect(before.differences.filter(({ kind }) => kind === 'refused wrongly')).toEqual([]);
      const bad = new Set(before.differences.map(({ name }) => name));
      const random = createRandom(SEED);
      const bases = manifests.filter(
        ({ name, kind }) => !bad.has(name) && !before.uncounted.has(name) && kind !== 'CustomResourceDefinition',
      );
      const mutants = Array.from({ length: 2400 }, () => {
        const base = random.pick(bases);
        if (base === undefined) throw new Error('there is no manifest in the repositories');
        const { object, what } = mutate(base.object, random);
        return manifestOf(object, `${base.name} ${what}`);
      }).filter((mutant) => mutant !== undefined);
      const comparison = await compare(ask, mutants, definitions, '1.37');
      const total = comparison.agreed + comparison.differences.length;
      expect(total).toBeGreaterThanOrEqual(2000);
      expect(comparison.agreed / total, shown(comparison)).toBeGreaterThanOrEqual(0.97);
      expect(
        comparison.differences.filter(({ kind }) => kind === 'refused wrongly'),
        shown(comparison),
      ).toEqual([]);
    },
    300_000,
  );
});
