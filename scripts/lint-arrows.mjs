// Imports go one way (docs/architecture.md): cli → {reporters, sources, drift, admission, packs} → {schema, cel, merge} → core.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Who may import whom; a package not named here is a policy pack.
const MACHINERY = {
  core: [],
  charts: ['core'],
  cel: ['core'],
  merge: ['core'],
  schema: ['core', 'cel'],
  admission: ['core', 'cel', 'merge', 'schema'],
  kyverno: ['core', 'cel', 'merge', 'schema', 'admission'],
  rego: ['core', 'cel', 'merge', 'schema', 'admission'],
  reporters: ['core', 'schema', 'cel', 'merge'],
  sources: ['core', 'charts', 'schema', 'cel', 'merge'],
  drift: ['core', 'schema', 'cel', 'merge'],
  'schemas-kubernetes': ['core', 'schema'],
  'schemas-crds': ['core', 'schema'],
};
const PACK = ['core', 'charts', 'schema', 'cel', 'merge'];
// The command wires everything; testing looks at everything.
const EVERYTHING = new Set(['cli', 'testing']);
const MAY_DO_IO = new Set(['sources', 'cli', 'testing', 'schemas-kubernetes', 'schemas-crds']);
const GROUPS = ['packages', 'policies', 'schemas'];
const BUILTINS = new Set(builtinModules);

/** Every import of the workspace under `root` that goes the wrong way, as lines `file: what is wrong`. */
export function findWrongArrows(root) {
  const rootManifest = readJson(join(root, 'package.json'));
  const wrong = [];
  for (const group of GROUPS) {
    if (!existsSync(join(root, group))) continue;
    for (const name of readdirSync(join(root, group)).sort()) {
      const folder = join(root, group, name);
      if (!existsSync(join(folder, 'package.json'))) continue;
      const owner = { root, folder, manifest: readJson(join(folder, 'package.json')), rootManifest };
      for (const file of sourceFiles(join(folder, 'src'))) {
        for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
          const problem = judge(specifier, file, owner);
          if (problem !== undefined) wrong.push(`${relative(root, file)}: ${problem}`);
        }
      }
    }
  }
  return wrong;
}

function judge(specifier, file, { root, folder, manifest, rootManifest }) {
  const own = shortName(manifest.name);
  const isTest = /\.(test|bench)\.ts$/.test(file);
  if (specifier.startsWith('.')) {
    const target = resolve(dirname(file), specifier);
    if (target.startsWith(join(folder, 'src'))) return undefined;
    // A test may look at the scripts and fixtures of the repository, never into another package.
    const [group] = relative(root, target).split(/[\\/]/);
    if (isTest && (target.startsWith(folder) || !GROUPS.includes(group))) return undefined;
    return `imports "${specifier}", which lies outside its package`;
  }
  if (specifier.startsWith('node:') || BUILTINS.has(specifier)) {
    return isTest || MAY_DO_IO.has(own)
      ? undefined
      : `imports "${specifier}": ${manifest.name} touches no file, network, clock or environment`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const declared = { ...manifest.dependencies, ...(isTest ? { ...manifest.devDependencies, ...rootManifest.devDependencies } : {}) };
  if (!Object.hasOwn(declared, name)) return `imports "${specifier}", which its package.json does not declare`;
  if (!name.startsWith('@plumbline/')) return undefined;
  if (specifier !== name) return `imports "${specifier}": other packages are imported by their name alone`;
  if (isTest || EVERYTHING.has(own)) return undefined;
  const allowed = MACHINERY[own] ?? PACK;
  return allowed.includes(shortName(name)) ? undefined : `imports "${name}", against the arrows of the design`;
}

/** The specifiers that a TypeScript text imports, types included. */
export function importsOf(text) {
  const found = [];
  const patterns = [
    /^[ \t]*(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
    /^[ \t]*import\s*['"]([^'"\n]+)['"]/gm,
    /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  ];
  for (const pattern of patterns) for (const match of text.matchAll(pattern)) found.push(match[1]);
  return found;
}

function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? sourceFiles(path) : path.endsWith('.ts') ? [path] : [];
    });
}

function shortName(name) {
  return name.replace('@plumbline/', '');
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = findWrongArrows(join(dirname(fileURLToPath(import.meta.url)), '..'));
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exit(1);
  console.log('imports go one way');
}
