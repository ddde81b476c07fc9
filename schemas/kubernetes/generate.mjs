// `pnpm gen:schemas`: writes data/ and sources.json from pinned registry packages. `--check`: says whether they are up to date.
// Sources: the PyPI wheel kubernetes-validate (the published schemas with their extensions), and one Go module
// k8s.io/api per minor (scope, lifecycle, enums and defaults, which the schemas lack). No descriptions are taken.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact } from './generate/compact.mjs';
import { readGoApi } from './generate/go-api.mjs';
import { kindsOf } from './generate/kinds.mjs';
import { OTHER_FIELDS } from './generate/other-fields.mjs';
import { readZip } from './generate/zip.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '../../node_modules/.cache/plumbline-schemas');
const WHEEL = {
  registry: 'PyPI',
  name: 'kubernetes-validate',
  version: '1.37.0',
  file: 'kubernetes_validate-1.37.0-py3-none-any.whl',
  sha256: '85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9',
  licence: 'Apache-2.0',
};
const MINORS = Array.from({ length: 13 }, (_, index) => 25 + index);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function generatorDigest() {
  const files = [
    'generate.mjs',
    ...readdirSync(join(here, 'generate'))
      .sort()
      .map((name) => `generate/${name}`),
  ];
  return sha256(files.map((name) => `${name}\n${readFileSync(join(here, name), 'utf8')}`).join('\n'));
}

function wheel(fetchIt) {
  const path = join(cache, WHEEL.file);
  if (!existsSync(path)) {
    if (!fetchIt) return undefined;
    mkdirSync(cache, { recursive: true });
    const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', cache, `${WHEEL.name}==${WHEEL.version}`];
    execFileSync('python3', args, { stdio: 'inherit' });
  }
  const bytes = readFileSync(path);
  if (sha256(bytes) !== WHEEL.sha256) throw new Error(`${WHEEL.file} has another digest than the pinned one`);
  return bytes;
}

/** The folder and the checksum of a Go module, from the module cache or the module proxy. */
function goModule(version, fetchIt) {
  const env = fetchIt ? process.env : { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=mod' };
  mkdirSync(cache, { recursive: true });
  const answer = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/api@${version}`], {
      cwd: cache,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  return { dir: answer.Dir, sum: answer.Sum };
}

function generate(fetchIt) {
  const bytes = wheel(fetchIt);
  if (!bytes) return undefined;
  const members = readZip(bytes);
  const versions = new Map();
  const modules = [];
  for (const minor of MINORS) {
    const member = members.get(`kubernetes_validate/kubernetes-json-schema/v1.${minor}.0-local/_definitions.json`);
    const module = goModule(`v0.${minor}.0`, fetchIt);
    modules.push({ registry: 'Go module proxy', name: 'k8s.io/api', version: `v0.${minor}.0`, digest: module.sum, licence: 'Apache-2.0' });
    const { kinds, fields } = readGoApi(module.dir);
    versions.set(minor, { definitions: JSON.parse(member().toString('utf8')).$defs, kinds, fields: { ...OTHER_FIELDS, ...fields } });
  }
  const { kinds, roots } = kindsOf(versions);
  const { lines, numberOf } = compact(versions, roots);
  const data = {
    'types.txt': `${lines.join('\n')}\n`,
    'kinds.json': `{"versions":${JSON.stringify(MINORS)},"kinds":[\n${kinds((minor, name) => numberOf(minor, name))
      .map((kind) => JSON.stringify(kind))
      .join(',\n')}\n]}\n`,
  };
  const sources = {
    generator: generatorDigest(),
    sources: [
      { registry: WHEEL.registry, name: WHEEL.name, version: WHEEL.version, digest: `sha256:${WHEEL.sha256}`, licence: WHEEL.licence },
      ...modules,
    ],
    data: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, `sha256:${sha256(text)}`])),
  };
  return { data, sources: `${JSON.stringify(sources, null, 2)}\n` };
}

function check() {
  let fresh;
  try {
    fresh = generate(false);
  } catch {
    fresh = undefined;
  }
  const recorded = JSON.parse(readFileSync(join(here, 'sources.json'), 'utf8'));
  const stale = [];
  for (const [name, digest] of Object.entries(recorded.data)) {
    const bytes = readFileSync(join(here, 'data', name));
    if (`sha256:${sha256(bytes)}` !== digest) stale.push(`data/${name} was edited by hand`);
    else if (fresh && fresh.data[name] !== bytes.toString('utf8')) stale.push(`data/${name} differs from what the generator writes`);
  }
  if (recorded.generator !== generatorDigest()) stale.push('the generator changed after the data was written');
  if (stale.length > 0) {
    console.error(`schemas/kubernetes: ${stale.join('; ')}: run pnpm gen:schemas`);
    process.exitCode = 1;
  } else {
    console.log(
      `schemas/kubernetes: up to date (${fresh ? 'regenerated and compared' : 'sources not in reach: digests of data and generator compared'})`,
    );
  }
}

if (process.argv.includes('--check')) check();
else {
  const { data, sources } = generate(true);
  mkdirSync(join(here, 'data'), { recursive: true });
  for (const [name, text] of Object.entries(data)) writeFileSync(join(here, 'data', name), text);
  writeFileSync(join(here, 'sources.json'), sources);
}
