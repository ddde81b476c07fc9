import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@plumbline/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';
import { readEntries } from './json-lines.ts';
import { commandJudge, engineJudge, type Judge, sourceFile } from './judge.ts';
import { cases as mutants } from './suites/apiserver-mutants.ts';
import { cases as podSecurity } from './suites/apiserver-psa.ts';
import { cases as real } from './suites/apiserver-real.ts';
import { cases as psa } from './suites/psa.ts';
import type { VerdictCase } from './verdict-case.ts';
import { bytesOf } from './yaml-reading.ts';

// The suites judge thousands of cases in this process; here a few of each go through the built command, and must get the same.
// kubeconform and hostile always run the command.
const folder = fileURLToPath(new URL('../../../../../shared/suites', import.meta.url));
const SAMPLE = 6;
const SUITES = { 'apiserver/real': real, 'apiserver/mutants': mutants, 'apiserver/psa': podSecurity, psa };

describe.skipIf(!existsSync(folder))('the built command judges as the library does', () => {
  let scratch = '';
  let byCommand: Judge;
  const byEngine = engineJudge();

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'plumbline-sample-'));
    await bundleCommand(join(scratch, 'dist'));
    byCommand = commandJudge(join(scratch, 'dist/plumbline.cjs'), scratch);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  for (const [name, cases] of Object.entries(SUITES)) {
    test(name, async () => {
      const sample = some<Pick<VerdictCase, 'id' | 'input'>>([...cases(folder)]);
      const judge = (judged: Judge) =>
        Promise.all(sample.map(async ({ id, input }) => ({ id, findings: summary((await judged(input)).findings) })));
      expect(await judge(byCommand)).toEqual(await judge(byEngine));
    });
  }

  for (const name of ['table', 'yaml-test-suite']) {
    test(`yaml-semantics/${name}`, async () => {
      const entries = some(readEntries(join(folder, `yaml-semantics/${name}.json`)));
      for (const entry of entries) {
        const file = { path: 'x.yaml', bytes: bytesOf(entry) };
        const unread = parse(file).filter(({ problems }) => problems.some(({ level }) => level === 'fatal')).length;
        const { findings } = await byCommand({ file, around: [], version: '1.37' });
        expect(findings.filter(({ class: kind }) => kind === 'broken').length > 0, String(entry.id)).toBe(unread > 0);
      }
    });
  }

  test('a manifest that is refused is refused by both', async () => {
    const input = { file: sourceFile('x.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec: 1\n'), around: [], version: '1.37' };
    const [one, other] = await Promise.all([byCommand(input), byEngine(input)]);
    expect(summary(one.findings)).toEqual(summary(other.findings));
    expect(one.findings.some(({ class: kind }) => kind === 'refusal')).toBe(true);
  });
});

function some<T>(all: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(all.length / SAMPLE));
  return all.filter((_, index) => index % step === 0).slice(0, SAMPLE);
}

function summary(findings: Awaited<ReturnType<Judge>>['findings']): readonly string[] {
  return findings.map(({ rule, path, message }) => `${rule} ${path} ${message}`).sort();
}
