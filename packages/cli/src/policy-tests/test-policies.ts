import type { SchemaSource } from '@plumbline/schema';
import { parseVersions } from '../kubernetes-versions.ts';
import { runTest } from './bench.ts';
import { findTests } from './find-tests.ts';
import type { CaseResult } from './policy-test.ts';

export interface PolicyTestResults {
  readonly results: readonly CaseResult[];
  /** Tests that are wrong, or that name what cannot be read. */
  readonly problems: readonly string[];
}

/**
 * Runs the policy tests of files and folders, relative to `root`, which results name files by. `version`: for tests that name none; the
 * newest known by default. Throws a ConfigError where a path is not there, there is no test, or a version is not known.
 */
export async function testPolicies(
  paths: readonly string[],
  root: string,
  schemas: SchemaSource,
  { version = schemas.versions[0] ?? '', cwd = root }: { readonly version?: string | undefined; readonly cwd?: string } = {},
): Promise<PolicyTestResults> {
  const { tests, problems } = await findTests(paths, root, cwd);
  const results = tests.flatMap((test) => {
    const [own] = parseVersions(test.kubernetesVersion === undefined ? [] : [test.kubernetesVersion], schemas.versions, `${test.file}: `);
    return runTest(test, schemas, own ?? version);
  });
  return { results, problems };
}
