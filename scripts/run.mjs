// Runs a TypeScript entry file, which Node.js 20 cannot: bundled into .cache, with `import.meta.url` as if nothing had happened.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();
const [entry, ...given] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARGUMENT…]');
  process.exit(2);
}
const outfile = await bundleEntry(resolve(root, entry));
process.argv.splice(1, process.argv.length - 1, outfile, ...given);
await import(pathToFileURL(outfile).href);

/** The bundle of an entry file; packages of the workspace are bundled from source, those from npm stay outside. */
async function bundleEntry(path) {
  const { build } = await import('esbuild');
  const cache = join(root, '.cache/run');
  mkdirSync(cache, { recursive: true });
  const out = join(cache, `${relative(root, dirname(path)).replaceAll(/[\\/]/g, '-')}-${basename(path, '.ts')}.mjs`);
  await build({
    entryPoints: [path],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    sourcemap: 'inline',
    // A dependency in CommonJS asks for `require`.
    banner: { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);" },
    external: ['esbuild', 'vitest'],
    plugins: [keepUrls()],
  });
  return out;
}

/** A bundled module sees its own URL, so that what lies beside its source, and what its package depends on, is found. */
function keepUrls() {
  return {
    name: 'keep-urls',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!text.includes('import.meta.')) return undefined;
        const url = JSON.stringify(pathToFileURL(path).href);
        const resolver = `((name) => require('node:url').pathToFileURL(require('node:module').createRequire(${url}).resolve(name)).href)`;
        return { contents: text.replaceAll('import.meta.url', url).replaceAll('import.meta.resolve', resolver), loader: 'ts' };
      });
    },
  };
}
