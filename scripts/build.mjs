// Bundles the command into one minified CommonJS file (fastest to start), and with no flag also builds every package for npm.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

export async function bundleCommand() {
  const outdir = join(root, 'packages/cli/dist');
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [join(root, 'packages/cli/src/main.ts')],
    outfile: join(outdir, 'plumbline.cjs'),
    bundle: true,
    minify: true,
    keepNames: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    alias: await workspaceAliases(),
    nodePaths: [join(root, 'node_modules')],
    define: { 'import.meta.url': '__plumblineUrl', 'process.env.PLUMBLINE_BUNDLED': '"1"' },
    inject: [],
    logLevel: 'warning',
  });
  await rm(join(outdir, 'data'), { recursive: true, force: true });
  const data = join(root, 'schemas/kubernetes/data');
  if (existsSync(data)) await cp(data, join(outdir, 'data/kubernetes'), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleCommand();
  if (!process.argv.includes('--bundle-only'))
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root, stdio: 'inherit' });
}
