import { ConfigError } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { parseVersions } from '../kubernetes-versions.ts';
import { renderTests, TEST_FORMATS } from '../policy-tests/render-tests.ts';
import { testPolicies } from '../policy-tests/test-policies.ts';
import { reportRoot } from '../read-sources.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';
import { openSchemas } from '../wiring.ts';

/** Runs policy tests: 0 where all passed, 1 where one failed, 2 where one could not be read. */
export async function runPolicyTests(given: Arguments, terminal: Terminal): Promise<number> {
  const format = TEST_FORMATS.find((one) => one === (flagValue(given, 'format') ?? 'text'));
  if (format === undefined) throw new ConfigError('usage', `unknown format; one of ${TEST_FORMATS.join(', ')}`);
  const cwd = process.cwd();
  const schemas = openSchemas();
  const [version] = parseVersions(flagValues(given, 'kubernetes-version'), schemas.versions);
  const { results, problems } = await testPolicies(given.operands, reportRoot(given.operands, cwd), schemas, { version, cwd });
  for (const problem of problems) terminal.err(`plumbline: ${printable(problem)}\n`);
  const color = wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal);
  terminal.out(renderTests(format, results, { color, all: has(given, 'all') }));
  if (problems.length > 0) return 2;
  if (results.some(({ outcome }) => outcome === 'failed')) return 1;
  return has(given, 'fail-on-not-evaluated') && results.some(({ outcome }) => outcome === 'not-evaluated') ? 1 : 0;
}
