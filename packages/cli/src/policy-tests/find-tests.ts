import { ConfigError, type SourceFile } from '@plumbline/core';
import { readPaths } from '@plumbline/sources';
import { createTestFiles, objectsOf } from './files.ts';
import { isKyvernoTest, readKyvernoTest } from './kyverno-form.ts';
import { readOwnTest } from './own-form.ts';
import type { PolicyTest } from './policy-test.ts';

const KYVERNO = /(?:^|\/)kyverno-test\.ya?ml$/;
const OWN = /(?:^|\/)plumbline-test\.ya?ml$/;

export interface FoundTests {
  readonly tests: readonly PolicyTest[];
  /** Tests that are wrong, or that name what cannot be read. */
  readonly problems: readonly string[];
}

/** The tests of files and folders, in order of path. Throws a ConfigError where a path is not there or there is no test. */
export async function findTests(paths: readonly string[], root: string, cwd: string): Promise<FoundTests> {
  const { files, problems: unread } = await readPaths(paths.length === 0 ? [root] : paths, { root, cwd });
  const [problem] = unread;
  if (problem !== undefined) throw new ConfigError('usage', problem.message);
  const known = createTestFiles(root);
  const tests: PolicyTest[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      if (OWN.test(file.path)) tests.push(await readOwnTest(file, await beside(file, files, root), known));
      else if (KYVERNO.test(file.path))
        for (const one of objectsOf(file)) if (isKyvernoTest(one.object)) tests.push(await readKyvernoTest(one, known));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error.message.startsWith(`${file.path}:`) ? error.message : `${file.path}: ${error.message}`);
    }
  }
  if (tests.length === 0 && problems.length === 0)
    throw new ConfigError(
      'usage',
      `there is no kyverno-test.yaml or plumbline-test.yaml in ${paths.length === 0 ? 'the repository' : paths.join(', ')}`,
    );
  return { tests, problems };
}

/** The files of a test's folder and below, also where only the test file was named. */
async function beside({ path }: SourceFile, files: readonly SourceFile[], root: string): Promise<readonly SourceFile[]> {
  if (files.length > 1) return files;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  return (await readPaths([folder], { root, cwd: root })).files;
}
