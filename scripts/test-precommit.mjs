// Tries the hook with the real pre-commit program, from a tagged clone, as a user would: a bad manifest blocks the commit, a good one passes.
// Skips with one line where pre-commit is neither installed nor can be.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-hook-'));
let failed = 0;

function expect(what, holds, detail = '') {
  if (holds) return console.log(`ok    ${what}`);
  failed++;
  console.log(`FAIL  ${what}${detail === '' ? '' : `\n${detail.slice(-3000)}`}`);
}

function run(cwd, command, ...args) {
  const env = {
    ...process.env,
    PRE_COMMIT_HOME: join(folder, 'cache'),
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}` };
}

/** pre-commit on the path, else installed into a folder of its own; undefined where it is not to be had. */
function findPreCommit() {
  if (run(folder, 'pre-commit', '--version').ok) return 'pre-commit';
  const venv = join(folder, 'venv');
  if (!run(folder, 'python3', '-m', 'venv', venv).ok) return undefined;
  if (!run(folder, join(venv, 'bin/pip'), 'install', '-q', 'pre-commit').ok) return undefined;
  return join(venv, 'bin/pre-commit');
}

/** A clone with a tag: what the last commit holds, as a user would get it. */
function tagRepository() {
  const repository = join(folder, 'plumbline');
  run(folder, 'git', 'clone', '-q', root, repository);
  run(repository, 'git', 'tag', 'v0.0.1');
  return repository;
}

const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  color: blue\n';
const BAD = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replica: 3\n';

/** As older pre-commit installs a hook: npm install, npm pack, npm install -g of the tarball that pack names. */
function tryNpmPack(repository) {
  const clone = join(folder, 'clone');
  run(folder, 'git', 'clone', '-q', repository, clone);
  const install = run(clone, 'npm', 'install', '--include=dev', '--include=prod', '--ignore-prepublish', '--no-progress', '--no-save');
  expect('npm install builds in a clone', install.ok, install.text);
  const packed = spawnSync('npm', ['pack'], { cwd: clone, encoding: 'utf8' });
  const tarball = packed.stdout.trim();
  expect('npm pack prints nothing but the name of the tarball', /^[\w.-]+\.tgz$/.test(tarball), packed.stdout + packed.stderr);
  const prefix = join(folder, 'prefix');
  mkdirSync(prefix);
  const global = run(clone, 'npm', 'install', '-g', '--prefix', prefix, join(clone, tarball));
  expect('the tarball installs', global.ok, global.text);
  const version = run(folder, join(prefix, 'bin/plumbline'), '--version');
  expect('and gives the command', version.ok && /^\d+\.\d+\.\d+\n$/.test(version.text), version.text);
}

function tryHook(preCommit, repository) {
  const user = join(folder, 'user');
  mkdirSync(user);
  run(user, 'git', 'init', '-q');
  writeFileSync(
    join(user, '.pre-commit-config.yaml'),
    `repos:\n  - repo: file://${repository}\n    rev: v0.0.1\n    hooks:\n      - id: plumbline\n        args: [--preset, core]\n`,
  );
  expect('pre-commit installs the hook', run(user, preCommit, 'install', '--install-hooks').ok);

  writeFileSync(join(user, 'bad.yaml'), BAD);
  run(user, 'git', 'add', '-A');
  const blocked = run(user, 'git', 'commit', '-m', 'bad');
  expect('a bad manifest blocks the commit', !blocked.ok && blocked.text.includes('bad.yaml:6:3'), blocked.text);

  run(user, 'git', 'rm', '-q', '--cached', 'bad.yaml');
  rmSync(join(user, 'bad.yaml'));
  writeFileSync(join(user, 'good.yaml'), GOOD);
  writeFileSync(join(user, 'a b.yaml'), GOOD.replace('settings', 'other'));
  run(user, 'git', 'add', '-A');
  const passed = run(user, 'git', 'commit', '-m', 'good');
  expect('a good one passes', passed.ok, passed.text);
}

try {
  const repository = tagRepository();
  tryNpmPack(repository);
  const preCommit = findPreCommit();
  if (preCommit === undefined) console.log('skipped: pre-commit is not installed and cannot be installed here');
  else tryHook(preCommit, repository);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
