// All that CI does, on one machine, in one run. `.ci/run` calls it. Every step runs, whatever failed before it; the last
// line is the totals: each test of vitest counts as one, and so does each other step.
// The real API server that some tests ask is built beside the other steps where there is Go; there a skip is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { runQuietly, staticChecks } from './checks.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const node = process.execPath;
const SERVER_BUILD = 'packages/testing/src/cluster/build-only.ts';
const HELM = 'v3.19.0';
const SERVER_TESTS = 'packages/**/*cluster.test.ts';

await step('install and build', [node, join(root, 'scripts/bootstrap-only.mjs')], { minutes: 10 });
const hasGo = spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
const serverBuild = runQuietly(node, [join(root, 'scripts/run.mjs'), SERVER_BUILD], { minutes: 30 });
const helmBuild = hasGo ? buildHelm() : undefined;
await tests('tests', ['--exclude', SERVER_TESTS]);
for (const check of staticChecks()) await step(check.name, [node, ...check.node]);
await conformance();
await step('precision on real repositories', [node, join(root, 'scripts/precision.mjs')]);
await optionalStep('the packed command installs and runs in an empty folder', 'scripts/test-packed.mjs');
await optionalStep('the hook runs under pre-commit', 'scripts/test-precommit.mjs');
await step('npm start', ['npm', 'start'], { minutes: 5 });
await chartTests();
await serverTests();

for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

async function step(name, [program, ...given], options) {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const { code, output } = await runQuietly(program, given, options);
  show(output, code === 0 ? 12 : 300);
  verdict(name, code === 0, `${((Date.now() - started) / 1000).toFixed(1)} s${code === 0 ? '' : `, exit code ${code}`}`);
  return output;
}

async function optionalStep(name, script) {
  if (existsSync(join(root, script))) await step(name, [node, join(root, script)]);
  else skip(name, `${script} does not exist yet`);
}

async function tests(name, given, mayNotSkip = false, env = {}) {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const file = join(root, '.cache/vitest.json');
  rmSync(file, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { code, output } = await runQuietly(
    node,
    [vitest, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...given],
    {
      minutes: 20,
      env: { NO_COLOR: '1', ...env },
    },
  );
  show(output, code === 0 ? 12 : 300);
  if (!existsSync(file)) {
    verdict(name, false, 'vitest gave no report');
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A file that does not load has no tests in it that could fail.
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed));
  const skipped = report.numPendingTests + report.numTodoTests;
  total.passed += report.numPassedTests;
  total.skipped += skipped;
  total.failed += report.numFailedTests + unloaded.length;
  const counted = report.numFailedTests + unloaded.length;
  if (counted === 0 && code !== 0) total.failed++;
  for (const { name: path, assertionResults } of report.testResults)
    for (const test of assertionResults.filter(isFailed)) failures.push(`test: ${path.replace(`${root}/`, '')}: ${test.fullName}`);
  for (const { name: path, message } of unloaded) failures.push(`test file: ${path.replace(`${root}/`, '')}: ${message.split('\n')[0]}`);
  if (counted === 0 && code !== 0) failures.push(`${name}: vitest ended with exit code ${code}`);
  console.log(
    `--- ${code === 0 ? 'passed' : 'FAILED'}: ${name} (${report.numPassedTests} of ${report.numTotalTests}, ${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (mayNotSkip && skipped > 0 && counted === 0) verdict(name, false, `${skipped} skipped, and there is Go`);
}

/** Helm, built from its module and kept in the user's cache. */
async function buildHelm() {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'plumbline-helm', HELM);
  const program = join(folder, 'helm');
  if (existsSync(program)) return program;
  const { code } = await runQuietly('go', ['install', `helm.sh/helm/v3/cmd/helm@${HELM}`], {
    minutes: 20,
    env: { GOBIN: folder },
    cwd: tmpdir(),
  });
  return code === 0 ? program : undefined;
}

/** The tests that render charts. */
async function chartTests() {
  const name = 'tests with Helm';
  const program = await helmBuild;
  if (program === undefined) skip(name, hasGo ? `Helm ${HELM} could not be built` : 'there is no Go to build Helm with');
  else await tests(name, ['packages/sources/src/helm'], true, { PLUMBLINE_HELM: program });
}

/** The tests that ask a real API server, once it is built. */
async function serverTests() {
  const name = 'tests against a real API server';
  const { code, output } = await serverBuild;
  if (code !== 0 || (hasGo && output.startsWith('skipped'))) {
    show(output, 100);
    verdict(name, false, 'the API server was not built');
  } else if (!hasGo) skip(name, output.trim());
  else await tests(name, ['cluster'], true);
}

/** Each suite must pass at least as many cases as `.ci/conformance-floor.json` says. */
async function conformance() {
  const name = 'conformance';
  if (!existsSync(join(root, '../shared/suites'))) {
    skip(name, 'there is no ../shared/suites beside this checkout');
    return;
  }
  console.log(`\n=== ${name}`);
  const floors = JSON.parse(readFileSync(join(root, '.ci/conformance-floor.json'), 'utf8'));
  const entry = 'packages/testing/src/conformance/main.ts';
  const out = join(root, '.cache/conformance.json');
  const { code, output } = await runQuietly(node, [join(root, 'scripts/run.mjs'), entry, '--out', out, '--causes', '3'], { minutes: 20 });
  show(output, 200);
  const below = [];
  if (code === 0 && existsSync(out)) {
    const { suites } = JSON.parse(readFileSync(out, 'utf8'));
    for (const [suite, floor] of Object.entries(floors)) {
      const passed = suites.find((result) => result.suite === suite)?.passed ?? 0;
      if (passed < floor) below.push(`${suite} passes ${passed}, fewer than ${floor}`);
    }
  } else below.push(`the runner ended with exit code ${code}`);
  for (const line of below) console.log(line);
  verdict(
    name,
    below.length === 0,
    below.length === 0 ? `${Object.keys(floors).length} suites at or above their floors` : below.join('; '),
  );
}

function verdict(name, isGood, detail) {
  console.log(`--- ${isGood ? 'passed' : 'FAILED'}: ${name} (${detail})`);
  if (isGood) total.passed++;
  else {
    total.failed++;
    failures.push(`${name}: ${detail}`);
  }
}

function skip(name, reason) {
  total.skipped++;
  console.log(`\n--- skipped: ${name} (${reason})`);
}

function isFailed({ status }) {
  return status === 'failed';
}

function show(output, lines) {
  const all = output.trimEnd().split('\n');
  if (all.length > lines) console.log(`… ${all.length - lines} lines before`);
  console.log(all.slice(-lines).join('\n'));
}
