// Makes a checkout ready to run with Node.js and npm alone: the right Node.js, the dependencies, the bundled command.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const command = join(root, 'packages/cli/dist/plumbline.cjs');

/** Ends the process with what to do when Node.js is too old. */
export function requireNode() {
  const wanted = readManifest().engines.node.replace(/^>=/, '');
  if (isAtLeast(process.versions.node, wanted)) return;
  console.error(`Node.js ${wanted} or newer is needed; this is ${process.versions.node}. See https://nodejs.org/en/download`);
  process.exit(2);
}

/** Whether dotted version `a` is `b` or newer. */
export function isAtLeast(a, b) {
  const parts = a.split('.').map(Number);
  for (const [index, part] of b.split('.').map(Number).entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/** Installs the dependencies when they are missing or the lockfile is not the one that was installed. */
export function installDependencies() {
  const lock = join(root, 'pnpm-lock.yaml');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const stamp = join(root, 'node_modules/.plumbline-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // pnpm keeps a copy of the lockfile that it installed.
  const installed = join(root, 'node_modules/.pnpm/lock.yaml');
  if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(lock))) {
    const pnpm = readManifest().packageManager;
    console.error(`installing the dependencies with ${pnpm}`);
    const result = spawnSync('npx', ['--yes', pnpm, 'install', '--frozen-lockfile'], {
      cwd: root,
      env: { ...homeEnvironment(), CI: 'true' },
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (result.status !== 0) {
      console.error('the dependencies could not be installed; npm start and npm test need the npm registry once');
      process.exit(2);
    }
  }
  writeFileSync(stamp, digest);
}

/** Bundles the command when a source is newer than the bundle. */
export async function buildCommand() {
  const built = existsSync(command) ? statSync(command).mtimeMs : 0;
  const sources = ['packages', 'policies', 'schemas'].flatMap((group) =>
    readdirSync(join(root, group)).flatMap((name) => [join(root, group, name, 'src'), join(root, group, name, 'data')]),
  );
  if (built > 0 && [...sources, join(root, 'scripts/build.mjs'), join(root, 'scripts/bundle')].every((path) => newest(path) <= built))
    return;
  const { bundleCommand } = await import('./build.mjs');
  await bundleCommand();
}

/** Everything a script needs before it does its own work. */
export async function bootstrap() {
  requireNode();
  installDependencies();
  await buildCommand();
}

/** The environment with a home that can be written: npm and pnpm keep their caches there. */
export function homeEnvironment() {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? '';
  try {
    accessSync(home, constants.W_OK);
    return process.env;
  } catch {
    const standIn = join(root, '.cache/home');
    mkdirSync(standIn, { recursive: true });
    return { ...process.env, HOME: standIn };
  }
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return path.endsWith('.test.ts') ? 0 : stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function readManifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
