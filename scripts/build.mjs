// Bundles the command into one minified CommonJS file (fastest to start), and with no flag also builds every package for npm.
// Prints nothing on standard output: `npm pack` prints its file name there for whoever called it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `@plumbline/x` → its source, without node_modules links: npm alone, which knows no workspaces here, can build too. */
async function workspaceAliases() {
  const aliases = {};
  for (const group of ['packages', 'policies', 'schemas']) {
    for (const name of await readdir(join(root, group))) {
      const manifest = join(root, group, name, 'package.json');
      if (existsSync(manifest)) aliases[JSON.parse(await readFile(manifest, 'utf8')).name] = join(root, group, name, 'src/index.ts');
    }
  }
  return aliases;
}

// What goes into the bundle, and what makes it; versions are the root package.json's.
const BUILD_PACKAGES = ['esbuild', 'ajv', 'ignore', 'minimatch', 'yaml'];

/**
 * esbuild. `npm install -g git+URL` (so pre-commit 4) runs prepare without the packages of devDependencies, because its
 * npm_config_global reaches the npm that should install them; then the few that are needed are installed here.
 */
function loadEsbuild() {
  const require = createRequire(import.meta.url);
  try {
    return require('esbuild');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    if (process.env.npm_lifecycle_event !== 'prepare') throw new Error('esbuild is not installed; run npm install first', { cause: error });
  }
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_.*(global|prefix|location|omit)/i.test(name)),
  );
  const packages = BUILD_PACKAGES.map((name) => `${name}@${devDependencies[name]}`);
  const flags = ['--no-save', '--no-package-lock', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: root, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  return require('esbuild');
}

/** Builds plumbline.cjs and the data beside it. */
export async function bundleCommand(outdir = join(root, 'packages/cli/dist')) {
  const { build } = loadEsbuild();
  await mkdir(outdir, { recursive: true });
  const outfile = join(outdir, 'plumbline.cjs');
  await build({
    entryPoints: [join(root, 'packages/cli/src/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    alias: await workspaceAliases(),
    // The libraries that packages name are resolved from the repository's own folder, as they are in its root package.json.
    nodePaths: [join(root, 'node_modules')],
    define: { 'import.meta.url': '""', PLUMBLINE_BUNDLED: 'true' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  await chmod(outfile, 0o755);
  await rm(join(outdir, 'data'), { recursive: true, force: true });
  const data = join(root, 'schemas/kubernetes/data');
  if (existsSync(data)) await cp(data, join(outdir, 'data/kubernetes'), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleCommand();
  if (!process.argv.includes('--bundle-only'))
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
}
