// What must hold before a commit besides the tests. One list, for `npm run check` and for `.ci/run`.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeEnvironment, root } from './bootstrap.mjs';

/** Each check is a command line of Node.js, run from the root. */
export function staticChecks() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return [
    { name: 'types of the sources', node: [tsc, '-b'] },
    { name: 'types of the tests', node: [tsc, '-p', 'tsconfig.tests.json'] },
    { name: 'lint and format', node: [biome, 'ci', '--colors=off', '--max-diagnostics=50'] },
    { name: 'imports go one way', node: [join(root, 'scripts/lint-arrows.mjs')] },
    ...generatorChecks(),
  ];
}

// A generator is a script of package.json named gen or gen:*, a file for Node.js that takes --check.
function generatorChecks() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(scripts)
    .filter(([name]) => /^gen(:|$)/.test(name))
    .flatMap(([name, line]) => {
      const [program, file, ...given] = line.split(' ');
      return program === 'node' && existsSync(join(root, file))
        ? [{ name: `generated files up to date (${name})`, node: [join(root, file), ...given, '--check'] }]
        : [];
    });
}

/** Runs one command line and gives its exit code and all that it printed. Never throws; 124 stands for a run that took too long. */
export function runQuietly(program, given, { minutes = 10, env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    let output = '';
    let isLate = false;
    const child = spawn(program, given, { cwd, env: { ...homeEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const timer = setTimeout(() => {
      isLate = true;
      // The whole group: what the command started ends with it.
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    }, minutes * 60_000);
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(isLate ? { code: 124, output: `${output}\nstopped after ${minutes} minutes\n` } : { code: code ?? 1, output });
    });
  });
}
