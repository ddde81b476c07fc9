// The packages of kubernetes-models: one declaration file a type, one interface in it; kinds name their apiVersion and kind.
import { posix } from 'node:path';
import { readDeclarations } from './declarations.mjs';

/**
 * Kinds of a package: {group, version, kind, type}; a reference in a type is an id that `resolve` knows.
 * `packages`: name → files, of all packages that types may come from.
 */
export function createModels(packages) {
  const modules = new Map();
  const moduleAt = (owner, path) => {
    const key = `${owner}/${path}`;
    if (!modules.has(key)) {
      const text = packages.get(owner)?.get(`${path}.d.ts`) ?? packages.get(owner)?.get(`${path}/index.d.ts`);
      modules.set(key, text === undefined ? undefined : readDeclarations(text.toString('utf8')));
    }
    return modules.get(key);
  };
  const ownerOf = (specifier) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');

  /** The place of a name that a module uses: {owner, path, name}; undefined for what is not at hand. */
  function placeOf(owner, path, name, seen = new Set()) {
    // Files may import from one another in a circle.
    const key = `${owner}\n${path}\n${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const module = moduleAt(owner, path);
    if (module === undefined) return undefined;
    const own = module.aliases.get(name) ?? name;
    if (module.types.has(own)) return { owner, path, name: own };
    const imported = module.imports.get(own);
    if (imported === undefined) return undefined;
    const from = imported.from.replace(/\.js$/, '');
    if (from.startsWith('.')) return placeOf(owner, posix.join(posix.dirname(path), from), imported.name, seen);
    const other = ownerOf(from);
    return placeOf(other, from.slice(other.length + 1), imported.name, seen);
  }

  return {
    resolve({ owner, path, name }) {
      return moduleAt(owner, path)?.types.get(name);
    },
    placeOf,
    *kindsOf(owner) {
      for (const [file, bytes] of packages.get(owner)) {
        const match = /^([^/]+)\/([^/]+)\/(\w+)\.d\.ts$/.exec(file);
        if (match === null) continue;
        const text = bytes.toString('utf8');
        const apiVersion = /^ {4}"?apiVersion"?: "([^"]+)";$/m.exec(text)?.[1];
        const kind = /^ {4}"?kind"?: "(\w+)";$/m.exec(text)?.[1];
        if (apiVersion === undefined || kind === undefined || kind !== match[3] || !apiVersion.includes('/')) continue;
        if (kind.endsWith('List') && /^ {4}"?items"?: Array</m.test(text)) continue;
        const [group, version] = apiVersion.split('/');
        const path = file.slice(0, -'.d.ts'.length);
        yield { group, version, kind, place: { owner, path, name: `I${kind}` } };
      }
    },
  };
}
