import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEqual, type JsonValue, readStream, stringify } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { randomKustomizations } from '../../test/random-kustomizations.ts';
import { buildKustomization } from './build.ts';
import { folderReader } from './folder-reader.ts';
import { memoryReader } from './memory-reader.ts';

const SHOP = fileURLToPath(new URL('../../../../fixtures/kustomize/shop', import.meta.url));

/** The command that builds, where there is one. */
const BINARY = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
].find(([program = '', verb = '']) => spawnSync(program, [verb, '--help']).status === 0);
if (BINARY === undefined) console.warn('skipped: neither kustomize nor kubectl is installed to compare with');

/** What the binary prints of a folder; undefined where it does not build. */
function printed(root: string, folder: string): JsonValue[] | undefined {
  const [program = '', verb = ''] = BINARY ?? [];
  const built = spawnSync(program, [verb, folder], { cwd: root, encoding: 'utf8' });
  return built.status === 0 ? readStream(built.stdout).map((each) => ('value' in each ? each.value : each.error)) : undefined;
}

/** Members in any order. */
function expectSame(got: readonly JsonValue[], expected: readonly JsonValue[], name: string): void {
  expect(got.length, name).toBe(expected.length);
  for (const [index, object] of got.entries())
    if (!isEqual(object, expected[index])) expect(stringify(object), name).toBe(stringify(expected[index] ?? null));
}

describe.skipIf(BINARY === undefined)('as the binary builds', () => {
  test.each(['base', 'live'])('%s', (folder) => {
    const result = buildKustomization(folder, folderReader(SHOP));
    const got = 'resources' in result ? result.resources.map(({ object }) => object) : [];
    expectSame(got, printed(SHOP, folder) ?? [], folder);
  });

  test('what dice have made, and what does not build', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'plumbline-oracle-'));
    try {
      for (let seed = 1; seed <= 40; seed++) {
        const files = randomKustomizations(seed);
        const root = join(scratch, String(seed));
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(root, path)), { recursive: true });
          writeFileSync(join(root, path), text);
        }
        const result = buildKustomization('live', memoryReader(files));
        const expected = printed(root, 'live');
        expect('resources' in result, `seed ${seed} builds`).toBe(expected !== undefined);
        if ('resources' in result && expected !== undefined)
          expectSame(
            result.resources.map(({ object }) => object),
            expected,
            `seed ${seed}`,
          );
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
