import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlumbline } from '@plumbline/cli';
import { expect, test } from 'vitest';
import { writeTree } from './tree.ts';

test('a tree has the documents that were asked for, all of them admitted, and is the same each time', async () => {
  const [one, other] = [mkdtempSync(join(tmpdir(), 'tree-')), mkdtempSync(join(tmpdir(), 'tree-'))];
  try {
    writeTree(one, 600);
    writeTree(other, 600);
    const files = filesIn(one);
    expect(filesIn(other)).toEqual(files);
    const report = await createPlumbline().check(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
    expect(report.summary.resources).toBe(600);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  } finally {
    for (const folder of [one, other]) rmSync(folder, { recursive: true });
  }
});

function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
