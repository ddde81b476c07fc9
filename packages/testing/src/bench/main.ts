import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { benchDrift, benchDriftOfCluster } from './drift.ts';
import { benchKustomize } from './kustomize.ts';
import { type Contender, type Figures, measure } from './measure.ts';
import { stageOneMore, writeStagedOverlay } from './overlays.ts';
import { writePolicies } from './policies.ts';
import { profileCommand } from './profile.ts';
import { writeSchemaFolder } from './schema-folder.ts';
import { tableOf } from './table.ts';
import { writeTree } from './tree.ts';

const USAGE = `usage: npm run bench -- [--runs N] [--only NAME,…] [--write] [--profile]

  --runs N      timed runs of each program on each tree; 7 by default, at least 5
  --only NAME   1, 1000, 10000, medium-a, large-a, policies, hook; a comma list
                kustomize: alone, how fast all kustomizations of medium-a are built, beside the binary
                drift, drift-cluster: alone, how fast 10,000 objects are compared with files, with a real server
  --write       put the figures into docs/benchmarks.md
  --profile     instead of timing, show where the time of a run goes, by function
`;
/** Policies held against the tree of 10,000 documents. */
const POLICIES = 100;
/** A repository of 2,000 overlays over 50 bases, of which one overlay is staged. */
const HOOK = 'hook';
/** The newest minor of schemas/kubernetes. */
const MINOR = 37;

process.exitCode = await main();

async function main(): Promise<number> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '7' },
      only: { type: 'string' },
      write: { type: 'boolean' },
      profile: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const runs = Math.max(5, Number(values.runs));
  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  try {
    const alone = { drift: benchDrift, 'drift-cluster': benchDriftOfCluster, kustomize: benchKustomize }[values.only ?? ''];
    if (alone !== undefined) {
      await alone(root, scratch, runs, (line) => process.stdout.write(line));
      return 0;
    }
    const trees = treesFor(root, scratch, values.only?.split(','));
    if (values.profile === true) {
      const command = await readableCommand(root, scratch);
      for (const [name, make] of trees) {
        const given = name === 'policies' ? ['check', ...policyFlags(scratch)] : ['check'];
        process.stdout.write(`${name}: ${profileCommand(command, given, make(), scratch)}\n`);
      }
      return 0;
    }
    const peer = kubeconform(root, scratch);
    const empty = join(scratch, 'empty.cjs');
    writeFileSync(empty, '');
    const before = loadavg()[0] ?? 0;
    const results = new Map<string, ReadonlyMap<string, Figures>>();
    for (const [name, make] of trees) {
      const cwd = make();
      const given = [join(root, 'packages/cli/dist/plumbline.cjs'), 'check'];
      const plumbline: Contender = { name: 'plumbline', program: process.execPath, given };
      const contenders: Contender[] =
        name === HOOK
          ? ofHook({ ...plumbline, given: [...given, '--staged'], prepare: () => stageOneMore(cwd) }, empty)
          : name === 'policies'
            ? [plumbline, { ...plumbline, name: `with ${POLICIES} policies`, given: [...given, ...policyFlags(scratch)] }]
            : [{ name: 'empty Node.js script', program: process.execPath, given: [empty] }, plumbline, ...peer];
      process.stderr.write(`${name}\n`);
      results.set(name, await measure(contenders, cwd, name === '1' ? Math.max(runs, 15) : runs));
    }
    const text = tableOf(results, {
      runs,
      machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
      node: process.version,
      load: [before, loadavg()[0] ?? 0],
      root,
    });
    process.stdout.write(text);
    if (values.write === true) writeFileSync(join(root, 'docs/benchmarks.md'), text);
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The trees by name, each made when it is asked for. */
function treesFor(root: string, scratch: string, only: readonly string[] | undefined): readonly (readonly [string, () => string])[] {
  const trees: (readonly [string, () => string])[] = [1, 1000, 10_000].map(
    (count) => [String(count), () => generated(scratch, count)] as const,
  );
  for (const name of ['medium-a', 'large-a']) {
    const archive = join(root, `../shared/suites/gitops/${name}.tgz`);
    if (existsSync(archive)) trees.push([name, () => unpacked(scratch, name, archive)]);
    else process.stderr.write(`${name}: skipped, ../shared/suites/gitops is not there\n`);
  }
  trees.push(['policies', () => generated(scratch, 10_000, 'policies')]);
  trees.push([
    HOOK,
    () => {
      const folder = join(scratch, HOOK);
      writeStagedOverlay(folder, { bases: 50, overlays: 2000 });
      return folder;
    },
  ]);
  return trees.filter(([name]) => only === undefined || only.includes(name));
}

function ofHook(plumbline: Contender, empty: string): Contender[] {
  return [
    { name: 'empty Node.js script', program: process.execPath, given: [empty] },
    plumbline,
    { ...plumbline, name: 'plumbline --no-cache', given: [...plumbline.given, '--no-cache'] },
  ];
}

function policyFlags(scratch: string): readonly string[] {
  return ['--policy', writePolicies(join(scratch, 'policy'), POLICIES)];
}

function generated(scratch: string, count: number, name = `tree-${count}`): string {
  const folder = join(scratch, name);
  writeTree(folder, count);
  return folder;
}

function unpacked(scratch: string, name: string, archive: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return folder;
}

/** kubeconform, where it is installed, with schemas written from our own data. */
function kubeconform(root: string, scratch: string): readonly Contender[] {
  const places = [
    process.env.GOBIN,
    process.env.GOPATH && join(process.env.GOPATH, 'bin'),
    process.env.HOME && join(process.env.HOME, 'go/bin'),
  ];
  const candidates = [
    'kubeconform',
    ...places.filter((place) => place !== undefined && place !== '').map((place) => join(String(place), 'kubeconform')),
  ];
  const program = candidates.find((candidate) => spawnSync(candidate, ['-v'], { stdio: 'ignore' }).status === 0);
  if (program === undefined) {
    process.stderr.write('kubeconform: skipped, not installed (go install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0)\n');
    return [];
  }
  const location = writeSchemaFolder(join(root, 'schemas/kubernetes/data'), join(scratch, 'schemas'), MINOR);
  const given = ['-strict', '-ignore-missing-schemas', '-summary', '-schema-location', location, '.'];
  return [{ name: 'kubeconform -strict', program, given }];
}

/** The command bundled with its own names, so that a profile can be read. */
async function readableCommand(root: string, scratch: string): Promise<string> {
  const outfile = join(scratch, 'readable/command/all/plumbline.cjs');
  await build({
    entryPoints: [join(root, 'packages/cli/src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { PLUMBLINE_BUNDLED: 'true' },
    logLevel: 'error',
    // The package form of finding the data is not reached in a bundle.
    logOverride: { 'empty-import-meta': 'silent' },
  });
  mkdirSync(join(scratch, 'readable/data'));
  execFileSync('cp', ['-r', join(root, 'schemas/kubernetes/data'), join(scratch, 'readable/data/kubernetes')]);
  return outfile;
}
