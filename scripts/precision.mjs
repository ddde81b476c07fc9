// npm run precision [-- --suites DIR]: runs the built command on the real repositories of gitops/medium-a, and holds every
// error finding against fixtures/precision/medium-a.json, where somebody has judged it. docs/precision.md tells how.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command, root } from './bootstrap.mjs';
import { compareWithList, MAX_FALSE } from './judged-findings.mjs';

const [option, folder] = process.argv.slice(2);
if (option !== undefined && (option !== '--suites' || folder === undefined)) fail('usage: npm run precision [-- --suites DIR]', 2);
const archive = join(folder === undefined ? join(root, '../shared/suites') : resolve(folder), 'gitops/medium-a.tgz');
if (!existsSync(archive)) {
  console.log(`precision: skipped, there is no ${archive}`);
  process.exit(0);
}
if (!existsSync(command)) fail('the command is not built: node scripts/build.mjs --bundle-only', 2);

const list = JSON.parse(readFileSync(join(root, 'fixtures/precision/medium-a.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'plumbline-precision-'));
let result;
let fault;
try {
  run('tar', ['-xzf', archive, '-C', scratch], scratch);
  result = compareWithList(list, errorFindings(join(scratch, 'medium-a')));
} catch (error) {
  fault = error;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

if (fault !== undefined) fail(fault.message, 1);

for (const line of result.fresh) console.log(`new, not judged yet: ${line}`);
for (const line of result.gone) console.log(`listed, went away: ${line}`);
console.log(
  `precision: ${result.found} error findings on gitops/medium-a, ${result.judged} judged, ${result.wrong} of them false (${percent(result.share)} %, at most ${percent(MAX_FALSE)} %)`,
);
if (result.fresh.length > 0)
  console.log('Read each new finding, judge it, and add it to fixtures/precision/medium-a.json and docs/precision.md.');
process.exit(result.isGood ? 0 : 1);

/** The error findings of each repository, as a user gets them who runs the command in it. */
function errorFindings(folder) {
  const errors = new Map();
  for (const name of readdirSync(folder).sort()) {
    const repository = join(folder, name);
    run('git', ['init', '--quiet'], repository);
    const { stdout } = run(process.execPath, [command, 'check', '--preset', 'recommended', '--format', 'json'], repository, [0, 1]);
    errors.set(
      name,
      JSON.parse(stdout).findings.filter(({ severity }) => severity === 'error'),
    );
  }
  return errors;
}

function run(program, given, cwd, good = [0]) {
  const done = spawnSync(program, given, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error !== undefined || !good.includes(done.status)) {
    throw new Error(`${program} ${given.join(' ')} failed: ${done.error?.message ?? `exit code ${done.status}`}\n${done.stderr ?? ''}`);
  }
  return done;
}

function percent(share) {
  return (share * 100).toFixed(1);
}

function fail(message, code) {
  console.error(`precision: ${message}`);
  process.exit(code);
}
