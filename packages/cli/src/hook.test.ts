import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../scripts/build.mjs';

// Git itself runs the built command as its hook, as it does when people commit.

let home = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-hook-'));
  await bundleCommand(join(home, 'dist'));
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ran {
  readonly ok: boolean;
  readonly text: string;
}

class Repository {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** A new one with these files committed, and the hook in place from then on. */
  static with(files: Readonly<Record<string, string>>): Repository {
    const made = new Repository(join(home, `repository-${count++}`));
    mkdirSync(made.root);
    made.git('init', '-q', '-b', 'main');
    made.write(files);
    made.git('add', '-A');
    made.git('commit', '-q', '--allow-empty', '-m', 'first');
    made.hook(join(made.root, '.git'));
    return made;
  }

  hook(folder: string): void {
    mkdirSync(join(folder, 'hooks'), { recursive: true });
    const script = `#!/bin/sh\nexec "${process.execPath}" "${join(home, 'dist/plumbline.cjs')}" check --staged\n`;
    for (const name of ['pre-commit', 'pre-merge-commit']) writeFileSync(join(folder, 'hooks', name), script, { mode: 0o755 });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.root, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(this.root, path), text.replace(from, to));
  }

  git(...args: readonly string[]): Ran {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, GIT_EDITOR: 'true' },
    });
    return { ok: status === 0, text: `${stdout}${stderr}` };
  }

  commitAll(): Ran {
    this.git('add', '-A');
    return this.git('commit', '-m', 'next');
  }
}

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n    - port: 80\n';
const BAD_SERVICE = SERVICE.replace('selector:', 'selectors:');
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
`;
const BASES = {
  'base/deployment.yaml': DEPLOYMENT,
  'base/service.yaml': SERVICE,
  'base/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n',
  'overlays/live/kustomization.yaml': 'namespace: live\nresources:\n  - ../../base\npatches:\n  - path: patch.yaml\n',
  'overlays/live/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n',
};

describe('git commit', { timeout: 300_000 }, () => {
  test('is refused with the finding, and admitted once it is mended', () => {
    const repository = Repository.with({ 'apps/deployment.yaml': DEPLOYMENT });
    repository.write({ 'apps/service.yaml': BAD_SERVICE });
    const refused = repository.commitAll();
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('unknown field "selectors"');
    expect(refused.text).toContain('apps/service.yaml:6:3');
    repository.write({ 'apps/service.yaml': SERVICE });
    expect(repository.commitAll()).toMatchObject({ ok: true });
    expect(repository.git('log', '--format=%s').text).toBe('next\nfirst\n');
  });

  test('judges what is staged of a file that is staged in part', () => {
    const repository = Repository.with({ 'apps/service.yaml': SERVICE });
    repository.edit('apps/service.yaml', 'port: 80', 'port: 81');
    repository.git('add', '-A');
    repository.write({ 'apps/service.yaml': BAD_SERVICE });
    expect(repository.git('commit', '-m', 'good in the index')).toMatchObject({ ok: true });
    repository.git('add', '-A');
    repository.write({ 'apps/service.yaml': SERVICE });
    expect(repository.git('commit', '-m', 'bad in the index').ok).toBe(false);
  });

  test('sees the index that Git makes for a commit of named files, or of all', () => {
    const repository = Repository.with({ 'apps/service.yaml': SERVICE, 'apps/other.yaml': SERVICE.replace('web', 'other') });
    repository.write({ 'apps/service.yaml': BAD_SERVICE });
    repository.edit('apps/other.yaml', 'port: 80', 'port: 81');
    expect(repository.git('commit', '-m', 'one', 'apps/other.yaml')).toMatchObject({ ok: true });
    expect(repository.git('commit', '-m', 'named', 'apps/service.yaml').ok).toBe(false);
    expect(repository.git('commit', '-a', '-m', 'all').ok).toBe(false);
  });

  test('is refused where a file goes that a build needs, also if nothing else is staged', () => {
    const repository = Repository.with(BASES);
    rmSync(join(repository.root, 'base/service.yaml'));
    const refused = repository.commitAll();
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('base/kustomization.yaml:3');
    repository.write({ 'base/kustomization.yaml': 'resources:\n  - deployment.yaml\n' });
    expect(repository.commitAll()).toMatchObject({ ok: true });
  });

  test('follows a base that is renamed', () => {
    const repository = Repository.with(BASES);
    renameSync(join(repository.root, 'base'), join(repository.root, 'web'));
    const refused = repository.commitAll();
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('overlays/live/kustomization.yaml:3');
    repository.edit('overlays/live/kustomization.yaml', '../../base', '../../web');
    expect(repository.commitAll()).toMatchObject({ ok: true });
  });

  test('keeps what cannot be changed, in a plain file and in a build', () => {
    const repository = Repository.with({ ...BASES, 'plain/deployment.yaml': DEPLOYMENT });
    repository.write({ 'plain/deployment.yaml': DEPLOYMENT.replaceAll('app: web', 'app: shop') });
    const plain = repository.commitAll();
    expect(plain.text).toContain('error wl/selector-immutable-change');
    expect(plain.text).toContain('plain/deployment.yaml:8:12');
    expect(plain.ok).toBe(false);
    repository.git('reset', '-q', '--hard');
    repository.edit('overlays/live/kustomization.yaml', 'resources:', 'commonLabels: {team: shop}\nresources:');
    const built = repository.commitAll();
    expect(built.text).toContain('error kust/labels-selectors');
    expect(built.text).toContain('overlays/live/kustomization.yaml:2');
    expect(built.ok).toBe(false);
    repository.edit('overlays/live/kustomization.yaml', 'commonLabels: {team: shop}', 'labels: [{pairs: {team: shop}}]');
    expect(repository.commitAll()).toMatchObject({ ok: true });
  });

  test('concludes a merge', () => {
    const repository = Repository.with({ 'apps/service.yaml': SERVICE });
    repository.git('checkout', '-q', '-b', 'topic');
    repository.edit('apps/service.yaml', 'port: 80', 'port: 81');
    expect(repository.commitAll()).toMatchObject({ ok: true });
    repository.git('checkout', '-q', 'main');
    repository.write({ 'apps/deployment.yaml': DEPLOYMENT });
    repository.edit('apps/service.yaml', 'port: 80', 'port: 82');
    expect(repository.commitAll()).toMatchObject({ ok: true });
    expect(repository.git('merge', 'topic').ok).toBe(false);
    repository.write({ 'apps/service.yaml': BAD_SERVICE });
    expect(repository.commitAll()).toMatchObject({ ok: false });
    repository.write({ 'apps/service.yaml': SERVICE });
    expect(repository.commitAll()).toMatchObject({ ok: true });
    expect(repository.git('log', '-1', '--format=%P').text.trim().split(' ')).toHaveLength(2);
  });

  test('in a worktree has the cache of the repository', () => {
    const repository = Repository.with(BASES);
    const beside = new Repository(`${repository.root}-worktree`);
    expect(repository.git('worktree', 'add', '-q', '-b', 'topic', beside.root)).toMatchObject({ ok: true });
    beside.edit('overlays/live/patch.yaml', 'replicas: 2', 'replica: 3');
    const refused = beside.commitAll();
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('overlays/live/patch.yaml:6');
    beside.edit('overlays/live/patch.yaml', 'replica: 3', 'replicas: 3');
    expect(beside.commitAll()).toMatchObject({ ok: true });
    expect(existsSync(join(repository.root, '.git/plumbline/cache'))).toBe(true);
  });

  test('in a submodule, and in the repository that has it', () => {
    const inner = Repository.with({ 'service.yaml': SERVICE });
    const outer = Repository.with({ 'apps/deployment.yaml': DEPLOYMENT });
    expect(outer.git('submodule', '--quiet', 'add', inner.root, 'inner')).toMatchObject({ ok: true });
    expect(outer.commitAll()).toMatchObject({ ok: true });
    const module = new Repository(join(outer.root, 'inner'));
    module.hook(join(outer.root, '.git/modules/inner'));
    module.write({ 'service.yaml': BAD_SERVICE });
    expect(module.commitAll().text).toContain('service.yaml:6:3');
    module.write({ 'service.yaml': SERVICE.replace('80', '81') });
    expect(module.commitAll()).toMatchObject({ ok: true });
    expect(existsSync(join(outer.root, '.git/modules/inner/plumbline/cache'))).toBe(true);
    expect(outer.commitAll()).toMatchObject({ ok: true });
  });
});
