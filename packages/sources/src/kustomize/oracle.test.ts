import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isEqual, readStream, stringify } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { buildKustomization } from './build.ts';
import { folderReader } from './folder-reader.ts';

const SHOP = fileURLToPath(new URL('../../../../fixtures/kustomize/shop', import.meta.url));

/** The command that builds, where there is one. */
const BINARY = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
].find(([program = '', verb = '']) => spawnSync(program, [verb, '--help']).status === 0);
if (BINARY === undefined) console.warn('skipped: neither kustomize nor kubectl is installed to compare with');

describe.skipIf(BINARY === undefined)('as the binary builds', () => {
  test.each(['base', 'live'])('%s', (folder) => {
    const [program = '', verb = ''] = BINARY ?? [];
    const built = spawnSync(program, [verb, folder], { cwd: SHOP, encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    const expected = readStream(built.stdout).map((each) => ('value' in each ? each.value : each.error));
    const result = buildKustomization(folder, folderReader(SHOP));
    const got = 'resources' in result ? result.resources.map(({ object }) => object) : [];
    expect(got.length).toBe(expected.length);
    // Members in any order.
    for (const [index, object] of got.entries())
      if (!isEqual(object, expected[index])) expect(stringify(object)).toBe(stringify(expected[index] ?? null));
  });
});
