// Bundles the command into one minified CommonJS file (fastest to start), and with no flag also builds every package for npm.
// Prints nothing on standard output: `npm pack` prints its file name there for whoever called it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
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

/** Builds packages/cli/dist: plumbline.cjs and the data beside it. */
export async function bundleCommand() {
  const outdir = join(root, 'packages/cli/dist');
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
