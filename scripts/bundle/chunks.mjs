// Cuts the command into what every run needs (the start) and parts that are loaded when they are first used.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LAZY_LIBRARIES, LAZY_PARTS } from './lazy-parts.mjs';
import { pastIndexes } from './past-indexes.mjs';

const START = 'plumbline:start';
const PART = 'plumbline:part/';
/** Modules that no file holds. */
const MADE_UP = /^(?:part|stand-in|asked-for):/;

/**
 * Gives the files of the command, `{ start, files: [{ name, text }], inputs }`: CommonJS modules that lie in one folder; `start` is the
 * name of the one to run. `options`: of esbuild, shared by all; `esbuild`: the library; `root`: of the repository.
 */
export async function buildChunks(esbuild, root, options) {
  const parts = Object.fromEntries(Object.entries(LAZY_PARTS).map(([part, files]) => [part, files.map((file) => join(root, file))]));
  const built = await esbuild.build({
    ...options,
    // Of what is asked for with import(), some has a default export.
    logOverride: { 'import-is-undefined': 'silent' },
    entryPoints: {
      start: START,
      ...Object.fromEntries([...Object.keys(parts), ...Object.keys(LAZY_LIBRARIES)].map((name) => [name, `${PART}${name}`])),
    },
    plugins: [cutting(root, parts, await exportsOf(esbuild, Object.values(parts).flat()), pastIndexes(options.alias))],
    outdir: 'out',
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    bundle: true,
    write: false,
    metafile: true,
  });
  const files = built.outputFiles.map(async ({ path, text }) => ({ name: basename(path), text: await asCommonJs(esbuild, text, options) }));
  return {
    start: startOf(built.metafile),
    files: await Promise.all(files),
    inputs: Object.keys(built.metafile.inputs).filter((input) => !MADE_UP.test(input)),
  };
}

/** Splitting makes ES modules only. Modules of CommonJS start faster, and can be asked for amid a call. */
async function asCommonJs(esbuild, text, { target, minify, legalComments }) {
  const { code } = await esbuild.transform(text, {
    format: 'cjs',
    platform: 'node',
    supported: { 'dynamic-import': false },
    target,
    minifyWhitespace: minify,
    minifySyntax: minify,
    legalComments,
  });
  // Who imports a default export asks whether this was an ES module.
  if (/\bdefault:\s*\(\)\s*=>/.test(code)) return code;
  // Nobody else does, and a copy of all exports takes its time.
  return code.replace(/(module\.exports\s*=\s*)__toCommonJS\((\w+)\)/, '$1$2');
}

/** The names of what modules export, by file. */
async function exportsOf(esbuild, files) {
  const { metafile } = await esbuild.build({
    entryPoints: files,
    bundle: false,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [join(process.cwd(), entryPoint), exports]));
}

function cutting(root, parts, exported, direct) {
  const partOf = new Map(Object.entries(parts).flatMap(([part, files]) => files.map((file) => [file, part])));
  return {
    name: 'cutting',
    setup(build) {
      build.onResolve({ filter: /^plumbline:/ }, ({ path }) => ({ path, namespace: 'part' }));
      build.onResolve({ filter: /./ }, async ({ path, importer, kind, resolveDir, namespace, pluginData }) => {
        if (pluginData === 'as it is' || kind === 'entry-point') return undefined;
        if (namespace === 'stand-in') return { path, external: true };
        if (kind === 'require-call' && path in LAZY_LIBRARIES) return { path: `./${path}.cjs`, external: true };
        const found = await build.resolve(path, { importer, kind, resolveDir, namespace, pluginData: 'as it is' });
        if (kind === 'dynamic-import' && !found.external) return { path: found.path, namespace: 'asked-for' };
        if (namespace !== 'part' && partOf.has(found.path)) return { path: found.path, namespace: 'stand-in' };
        // A package without side effects has one file that has them.
        return importer === START ? { ...found, sideEffects: true } : found;
      });

      // Every part brings the start along, so that the start and nothing else is in the one file that all of them share.
      const load = (contents) => ({ contents, resolveDir: root, loader: 'js' });
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/, namespace: 'file' }, ({ path }) => ({
        contents: direct(readFileSync(path, 'utf8')),
        loader: 'ts',
      }));
      build.onLoad({ filter: /./, namespace: 'part' }, ({ path }) => {
        if (path === START) return load(`import './packages/cli/src/main.ts';`);
        const name = path.slice(PART.length);
        const exports = parts[name]?.map((file) => `export * from '${file}';`) ?? [`export { ${LAZY_LIBRARIES[name]} } from '${name}';`];
        return load([`import '${START}';`, ...exports].join('\n'));
      });
      build.onLoad({ filter: /./, namespace: 'asked-for' }, ({ path }) => ({
        ...load(`import '${START}'; import * as all from '${path}'; export * from '${path}'; export default all.default;`),
        pluginData: 'as it is',
      }));
      build.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => {
        const part = `require('./${partOf.get(path)}.cjs')`;
        return load(
          exported
            .get(path)
            .map((name) => `export const ${name} = (...given) => ${part}.${name}(...given);`)
            .join('\n'),
        );
      });
    },
  };
}

/** The file that all parts share: what the entry of the start is nothing but a name for. */
function startOf({ outputs }) {
  const entry = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(START));
  const own = entry?.[1].imports.filter(({ external }) => !external) ?? [];
  if (own.length !== 1) throw new Error(`the start of the command is spread over ${own.length} files`);
  return basename(own[0].path);
}
