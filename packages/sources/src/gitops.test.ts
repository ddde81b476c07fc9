import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classify, extract, parse } from '@plumbline/core';
import { afterEach, describe, expect, test } from 'vitest';
import { readFolder } from './read-paths.ts';

const SETS = join(import.meta.dirname, '../../../../shared/suites/gitops');
if (!existsSync(SETS)) console.warn('skipped: real repositories, ../shared/suites/gitops is not there');

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!existsSync(SETS))('in real repositories', () => {
  for (const name of ['medium-a', 'large-a']) {
    test(`every file of ${name} ends in exactly one place, and every document is accounted for`, { timeout: 120_000 }, async () => {
      const root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-gitops-')));
      made.push(root);
      execFileSync('tar', ['-xzf', join(SETS, `${name}.tgz`), '-C', root]);
      const onDisk = execFileSync('find', [root, '-type', 'f', '-not', '-path', '*/.git/*', '-printf', '%P\\0'], {
        maxBuffer: 64 * 1024 * 1024,
      })
        .toString()
        .split('\0')
        .filter((path) => path !== '');

      const read = await readFolder(root);
      const { files, leftOut, groups, units } = classify(read.files, { parseFile: parse, versions: ['1.37'] });
      const places = [
        ...files.map((file) => file.file.path),
        ...leftOut.flatMap((entry) => entry.files),
        ...read.leftOut.flatMap((entry) => entry.files),
      ];
      expect(places.sort()).toEqual(onDisk.sort());
      expect(leftOut.every((entry) => entry.count === entry.files.length)).toBe(true);

      const judged = new Map(groups.flatMap((group) => group.units.map((unit) => [unit, group.id] as const)));
      expect(judged.size).toBe(units.length);
      expect(groups.reduce((sum, group) => sum + group.units.length, 0)).toBe(units.length);
      expect(files.every((file) => judged.has(file.unit))).toBe(true);

      for (const file of files) {
        const { resources, problems, empty, other } = extract(file);
        const spoken = new Set([...resources, ...problems].map((item) => item.document.index));
        expect(spoken.size + empty + other, file.file.path).toBe(file.documents.length);
      }
    });
  }
});
