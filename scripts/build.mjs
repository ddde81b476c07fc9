// Bundles the command into one minified CommonJS file with a code cache (fastest to start), and with no flag also builds every package for npm.
// Prints nothing on standard output: `npm pack` prints its file name there for whoever called it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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
 * Builds the command: plumbline.cjs, which loads command/HASH.cjs with the code cache beside it, and data/.
 * V8 checks of a cache only that it was made from a text of the same length, so the name holds the digest of the text.
 */
export async function bundleCommand(outdir = join(root, 'packages/cli/dist')) {
  const { build } = loadEsbuild();
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'packages/cli/src/main.ts')],
    outfile: join(outdir, 'command.cjs'),
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: await workspaceAliases(),
    // The libraries that packages name are resolved from the repository's own folder, as they are in its root package.json.
    nodePaths: [join(root, 'node_modules')],
    define: { 'import.meta.url': '""', PLUMBLINE_BUNDLED: 'true' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const code = outputFiles[0].contents;
  const name = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const folder = join(outdir, 'command');
  await mkdir(folder, { recursive: true });
  const command = join(folder, `${name}.cjs`);
  await writeFile(command, code);
  for (const name of ['kubernetes', 'crds']) {
    const data = join(root, 'schemas', name, 'data');
    if (existsSync(data)) await cp(data, join(outdir, 'data', name), { recursive: true });
  }
  await writeFile(join(outdir, 'THIRD-PARTY-LICENSES.txt'), await licensesOf(Object.keys(metafile.inputs)));
  await makeCodeCache(command);
  // Whoever runs the command meanwhile finds the old one or the new one whole.
  const entry = join(outdir, 'plumbline.cjs');
  await writeFile(`${entry}.new`, loader(name), { mode: 0o755 });
  await rename(`${entry}.new`, entry);
  for (const old of await readdir(folder)) if (!old.startsWith(name)) await rm(join(folder, old), { force: true });
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

// import() of code from a cache has no loader of its own (Node.js 20), so it gets this file's.
const WRAPPER = ['(function (exports, require, module, __filename, __dirname, plumblineImport) { ', '\n})'];

/** What stands in plumbline.cjs. Compiling the whole command anew costs some 15 ms a run; from the cache it is 2. */
function loader(name) {
  return `#!/usr/bin/env node
'use strict';
if (process.getBuiltinModule === undefined) {
  process.stderr.write('plumbline: Node.js 20.19 or newer is needed; this is ' + process.versions.node + '\\n');
  process.exit(2);
}
const { readFileSync } = require('node:fs');
const file = __dirname + '/command/${name}.cjs';
let start;
try {
  const { Script } = require('node:vm');
  const cachedData = readFileSync(__dirname + '/command/${name}-' + process.version + '-' + process.arch + '.cache');
  const source = ${JSON.stringify(WRAPPER[0])} + readFileSync(file, 'latin1') + ${JSON.stringify(WRAPPER[1])};
  const script = new Script(source, { filename: file, cachedData });
  if (script.cachedDataRejected === false) start = script.runInThisContext();
} catch {
  // No cache for this Node.js: compiled as usual, with Node's own cache where it has one (22.8).
}
if (start !== undefined) start(exports, require, module, file, __dirname + '/command', (url) => import(url));
else {
  require('node:module').enableCompileCache?.();
  require(file);
}
`;
}

/** Runs the command once over a small manifest, so that the cache holds what a run compiles. Goes without where that fails. */
async function makeCodeCache(command) {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cache-'));
  try {
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, 'web.yaml'), WARM_UP);
    const cache = command.replace(/\.cjs$/, `-${process.version}-${process.arch}.cache`);
    const maker = `
const { Script } = require('node:vm');
const { readFileSync, writeFileSync } = require('node:fs');
const source = ${JSON.stringify(WRAPPER[0])} + readFileSync(${JSON.stringify(command)}, 'latin1') + ${JSON.stringify(WRAPPER[1])};
const script = new Script(source, { filename: ${JSON.stringify(command)} });
process.argv = [process.argv[0], 'plumbline', 'check', 'web.yaml'];
process.on('exit', () => writeFileSync(${JSON.stringify(cache)}, script.createCachedData()));
script.runInThisContext()(exports, require, module, ${JSON.stringify(command)}, ${JSON.stringify(dirname(command))});
`;
    await writeFile(join(folder, 'maker.cjs'), maker);
    spawnSync(process.execPath, [join(folder, 'maker.cjs')], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const WARM_UP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replica: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports: [{containerPort: 80}]
          env:
            - name: A
              valueFrom: {configMapKeyRef: {name: settings, key: a}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 80}]
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleCommand();
  if (!process.argv.includes('--bundle-only'))
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
}
