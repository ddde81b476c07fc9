import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '@plumbline/core';
import { openCache } from '@plumbline/sources';
import { afterEach, expect, test } from 'vitest';
import { readSources } from './read-sources.ts';
import { openSchemas, wire } from './wiring.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A seeded generator (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const KUSTOMIZATION = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const deployment = (name: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app: ${name}}\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n      containers:\n        - name: app\n          image: registry.example.com/${name}:1.0.0\n          envFrom: [{configMapRef: {name: settings}}]\n${more}`;

class World {
  readonly root = mkdtempSync(join(tmpdir(), 'plumbline-cache-'));
  readonly #below: (limit: number) => number;
  #count = 0;

  constructor(seed: number) {
    made.push(this.root);
    this.#below = randomOf(seed);
    this.git('init', '-q');
    for (const name of ['web', 'api']) {
      this.write(`bases/${name}/deployment.yaml`, deployment(name));
      this.write(`bases/${name}/settings.properties`, 'A=1\n');
      this.write(
        `bases/${name}/kustomization.yaml`,
        `${KUSTOMIZATION}resources: [deployment.yaml]\nconfigMapGenerator: [{name: settings, files: [settings.properties]}]\n`,
      );
      for (const environment of ['dev', 'live']) this.overlay(environment, name, name);
    }
    this.write(
      'plain/service.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
    );
    this.write('package.json', '{"name": "x", "kind": "module"}\n');
    this.git('add', '.');
    this.commit();
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    return execFileSync('git', ['-C', this.root, ...identity, ...args], { encoding: 'utf8' });
  }

  commit(): void {
    this.git('commit', '-q', '--allow-empty', '-m', 'next');
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.root, dirname(path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  overlay(environment: string, folder: string, base: string): void {
    const home = `overlays/${environment}/${folder}`;
    this.write(
      `${home}/kustomization.yaml`,
      `${KUSTOMIZATION}namespace: ${folder}\nresources: [../../../bases/${base}]\npatches: [{path: patch.yaml}]\n`,
    );
    this.write(
      `${home}/patch.yaml`,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${base}}\nspec: {replicas: ${this.#below(9)}}\n`,
    );
  }

  /** Does something that people do, and stages it, or not. */
  step(): string {
    const number = this.#count++;
    const files = this.git('ls-files', '-z')
      .split('\0')
      .filter((path) => path !== '' && existsSync(join(this.root, path)));
    const file = this.#pick(files);
    const acts: Readonly<Record<string, () => void>> = {
      edit: () => this.write(file, `${readFileSync(join(this.root, file), 'utf8')}# ${number}\n`),
      typo: () => this.write(file, readFileSync(join(this.root, file), 'utf8').replace('spec:', 'spce:')),
      break: () => this.write(file, `${readFileSync(join(this.root, file), 'utf8')}\n  - [\n`),
      empty: () => this.write(file, ''),
      delete: () => rmSync(join(this.root, file)),
      move: () => this.#move(file, `${dirname(file)}/moved-${number}.yaml`),
      'move a base': () => this.#move('bases/web', `bases/web-${number}`),
      'bring it back': () => {
        const moved = this.#pick(existsSync(join(this.root, 'bases')) ? readdirSync(join(this.root, 'bases')) : []);
        this.#move(`bases/${moved}`, 'bases/web');
      },
      'an overlay': () => this.overlay(this.#pick(['dev', 'live', 'qa']), `new-${number}`, this.#pick(['web', 'api', 'none'])),
      'a big number': () =>
        this.write(`plain/big-${number}.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {a: 12345678901234567890}\n`),
      json: () =>
        this.write(
          `plain/${number}.json`,
          this.#pick(['{"a": 1}', '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "x": 1}', '{']),
        ),
      'a patch for two': () =>
        this.write(
          'overlays/live/web/patch.yaml',
          `${deployment('web', '          resources: {limits: {cpu: "1"}}\n')}---\n${deployment('api')}`,
        ),
      settings: () => this.write(`bases/${this.#pick(['web', 'api'])}/settings.properties`, `A=${number}\n`),
      'commit all': () => {
        this.git('add', '-A');
        this.commit();
      },
    };
    const act = this.#pick(Object.keys(acts));
    acts[act]?.();
    // Staged, staged and then edited, or left in the working tree.
    if (this.#below(4) > 0) this.git('add', '-A');
    if (this.#below(4) === 0) this.write('overlays/live/web/patch.yaml', 'only: in the working tree\n');
    return `${number} ${act} ${file}`;
  }

  #move(from: string, to: string): void {
    const target = join(this.root, to);
    if (!existsSync(join(this.root, from)) || existsSync(target)) return;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(this.root, from), target);
  }

  #pick<T extends string>(items: readonly T[]): T {
    return items[this.#below(items.length)] ?? ('' as T); // nothing to pick from: no file of that name either
  }
}

const CONFIG: Config = {
  preset: 'strict',
  environments: [
    { name: 'dev', paths: ['overlays/dev/**'] },
    { name: 'live', paths: ['overlays/live/**'] },
  ],
};
const schemas = openSchemas();

async function verdict(root: string, maker: string | undefined): Promise<string> {
  const cache = maker === undefined ? undefined : openCache(root, maker);
  const engine = wire(schemas, CONFIG, [], [], cache?.expander);
  const read = await readSources([], root, root, true, { seen: cache?.seen });
  const report = await engine.check(read.files, {
    remembers: false,
    readInput: read.readInput,
    pathKind: read.pathKind,
    preLeftOut: read.leftOut,
    detail: 'outcomes',
    ...(cache === undefined ? {} : { known: cache.known }),
    ...(read.around === undefined ? {} : { around: read.around }),
  });
  cache?.save();
  return JSON.stringify(report, undefined, 1);
}

for (const seed of [1, 2])
  test(`a verdict is the same with a cache and without one, whatever was done before (seed ${seed})`, { timeout: 300_000 }, async () => {
    const world = new World(seed);
    let findings = 0;
    for (let turn = 0; turn < 25; turn++) {
      const done = world.step();
      const plain = await verdict(world.root, undefined);
      expect([done, await verdict(world.root, 'test')]).toEqual([done, plain]);
      // And once more, when all of it is known.
      expect([done, await verdict(world.root, 'test')]).toEqual([done, plain]);
      findings += plain.split('"fingerprint"').length - 1;
    }
    expect(existsSync(join(world.root, '.git/plumbline/cache'))).toBe(true);
    expect(findings).toBeGreaterThan(25);
  });
