/** The code of a function (folder, suffix) → { load, scripts }: it loads the files of a folder by name, each once, with the code caches that lie beside them. */
export const LOADER = `(folder, suffix) => {
  const { readFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  const modules = new Map();
  const scripts = new Map();
  const cacheOf = (file) => {
    try {
      return readFileSync(file + suffix);
    } catch {
      return undefined;
    }
  };
  const load = (name) => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const file = folder + '/' + name;
    const source = '(function (exports, require, module, __filename, __dirname, plumblineImport) { ' + readFileSync(file, 'latin1') + '\\n})';
    const script = new Script(source, { filename: file, cachedData: cacheOf(file) });
    const module = { exports: {} };
    modules.set(name, module);
    scripts.set(file, script);
    const next = (wanted) => (wanted.startsWith('./') ? load(wanted.slice(2)) : require(wanted));
    // import() of code from a cache has no loader of its own (Node.js 20), so it gets this file's.
    script.runInThisContext()(module.exports, next, module, file, folder, (url) => import(url));
    return module.exports;
  };
  return { load, scripts };
}`;

/**
 * What stands in plumbline.cjs. Compiling the command anew costs some 15 ms a run; from the cache it is 2. `folder`: of the command's
 * files, from that of plumbline.cjs; `start`: the file to begin with.
 */
export function entryText(folder, start) {
  return `#!/usr/bin/env node
'use strict';
if (process.getBuiltinModule === undefined) {
  process.stderr.write('plumbline: Node.js 20.19 or newer is needed; this is ' + process.versions.node + '\\n');
  process.exit(2);
}
const open = ${LOADER};
const folder = __dirname + '/${folder}';
const suffix = '-' + process.version + '-' + process.arch + '.cache';
if (require('node:fs').existsSync(folder + '/${start}' + suffix)) open(folder, suffix).load('${start}');
else {
  // No cache for this Node.js: compiled as usual, with Node's own cache where it has one (22.8).
  require('node:module').enableCompileCache?.();
  require(folder + '/${start}');
}
`;
}
