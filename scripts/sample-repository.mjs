// The sample shop as a repository of its own, with a past: plumbline.yaml counts, paths start at its root, and rules can ask Git.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What lies beside the sample, and is no part of it: what it must give, and what it was. */
const BESIDE = ['expected.json', 'history.json'];

/** Makes the repository of `shop` in the folder `target`, which is emptied first. */
export function makeSampleRepository(shop, target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(shop, target, { recursive: true, filter: (path) => !BESIDE.some((name) => path === join(shop, name)) });
  git(target, ['init', '-q', '-b', 'main']);
  const now = new Map();
  for (const { date, message, before } of JSON.parse(readFileSync(join(shop, 'history.json'), 'utf8'))) {
    for (const { file, now: text, then } of before) {
      const path = join(target, file);
      const written = readFileSync(path, 'utf8');
      if (!now.has(path)) now.set(path, written);
      if (!written.includes(text)) throw new Error(`${file} does not hold ${JSON.stringify(text)}, which history.json speaks of`);
      writeFileSync(path, written.replace(text, then));
    }
    commit(target, message, { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date });
  }
  for (const [path, text] of now) writeFileSync(path, text);
  commit(target, 'what is there now', {});
}

function commit(target, message, env) {
  git(target, ['add', '-A', '-f']);
  git(target, ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', 'commit', '-q', '--no-verify', '-m', message], env);
}

function git(target, args, env = {}) {
  // Of this machine's own settings nothing counts: no signature, no hook, no template.
  const hermetic = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TEMPLATE_DIR: '' };
  const surrounding = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  execFileSync('git', args, { cwd: target, env: { ...surrounding, ...hermetic, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
}
