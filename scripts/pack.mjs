// Builds every public package and packs it for npm: node scripts/pack.mjs [FOLDER] (default: dist/packages).
// npm alone does it, from a staged copy whose package.json says what is published: workspace versions, exports and bin of dist.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Gives the tarballs by package name. */
export async function packAll(destination) {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
  await bundleCommand();
  const packages = await publicPackages();
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
  await mkdir(destination, { recursive: true });
  const staging = await mkdtemp(join(tmpdir(), 'plumbline-pack-'));
  const tarballs = {};
  try {
    for (const { folder, manifest } of packages) {
      const stage = join(staging, manifest.name.replace('/', '-'));
      await stagePackage(folder, manifest, versions, stage);
      const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', destination], { cwd: stage });
      tarballs[manifest.name] = join(destination, JSON.parse(packed)[0].filename);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return tarballs;
}

async function publicPackages() {
  const packages = [];
  for (const group of ['packages', 'policies', 'schemas']) {
    for (const name of (await readdir(join(root, group))).sort()) {
      const file = join(root, group, name, 'package.json');
      if (!existsSync(file)) continue;
      const manifest = JSON.parse(await readFile(file, 'utf8'));
      if (manifest.private !== true) packages.push({ folder: join(root, group, name), manifest });
    }
  }
  return packages;
}

async function stagePackage(folder, manifest, versions, stage) {
  const { publishConfig, devDependencies: _, scripts: __, ...published } = manifest;
  const { access, ...overrides } = publishConfig;
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [name, range.startsWith('workspace:') ? versions.get(name) : range]),
  );
  await mkdir(stage, { recursive: true });
  await writeFile(
    join(stage, 'package.json'),
    JSON.stringify({ ...published, ...overrides, dependencies, publishConfig: { access } }, null, 2),
  );
  for (const part of manifest.files) {
    const from = join(folder, part);
    if (existsSync(from)) await cp(from, join(stage, part), { recursive: true, filter: (path) => !path.endsWith('.tsbuildinfo') });
  }
  for (const text of ['README.md', 'LICENSE']) {
    const own = [join(folder, text), join(root, text)].find((path) => existsSync(path));
    if (own !== undefined) await copyFile(own, join(stage, text));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tarballs = await packAll(resolve(process.argv[2] ?? join(root, 'dist/packages')));
  for (const [name, file] of Object.entries(tarballs)) console.log(`${name}  ${file}`);
}
