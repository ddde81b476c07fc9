// Bundles the command into minified CommonJS files with code caches (fastest to start), and with no flag also builds every package for npm.
// Prints nothing on standard output: `npm pack` prints its file name there for whoever called it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildChunks } from './bundle/chunks.mjs';
import { makeCodeCache } from './bundle/code-cache.mjs';
import { entryText } from './bundle/entry.mjs';

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
const BUILD_PACKAGES = ['esbuild', 'ajv', 'ignore', 'minimatch', 're2js', 'yaml'];

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

/**
 * Builds the command: plumbline.cjs, which loads the files of command/DIGEST with their code caches, and data/.
 * V8 checks of a cache only that it was made from a text of the same length, so the folder is named after what the texts are.
 */
export async function bundleCommand(outdir = join(root, 'packages/cli/dist')) {
  const { start, files, inputs } = await buildChunks(loadEsbuild(), root, {
    minify: true,
    platform: 'node',
    target: 'node20',
    alias: await workspaceAliases(),
    // The libraries that packages name are resolved from the repository's own folder, as they are in its root package.json.
    nodePaths: [join(root, 'node_modules')],
    define: { 'import.meta.url': '""', PLUMBLINE_BUNDLED: 'true' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const folder = join(outdir, 'command', digest);
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  for (const name of ['kubernetes', 'crds']) {
    const data = join(root, 'schemas', name, 'data');
    if (existsSync(data)) await cp(data, join(outdir, 'data', name), { recursive: true });
  }
  await writeFile(join(outdir, 'THIRD-PARTY-LICENSES.txt'), await licensesOf(inputs));
  await makeCodeCache(folder, start);
  // Whoever runs the command meanwhile finds the old one or the new one whole.
  const entry = join(outdir, 'plumbline.cjs');
  await writeFile(`${entry}.new`, entryText(`command/${digest}`, start), { mode: 0o755 });
  await rename(`${entry}.new`, entry);
  for (const old of await readdir(join(outdir, 'command')))
    if (old !== digest) await rm(join(outdir, 'command', old), { recursive: true, force: true });
}

/** The licence of each package that is bundled: a copy of its code carries it along. */
async function licensesOf(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(resolve(input).replaceAll('\\', '/'))?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const texts = [];
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[sc]e/i.test(entry));
    if (file === undefined) throw new Error(`the bundled package ${name} has no licence file`);
    texts.push(`${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`);
  }
  return texts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleCommand();
  if (!process.argv.includes('--bundle-only'))
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
}
