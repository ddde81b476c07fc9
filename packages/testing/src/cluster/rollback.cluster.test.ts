import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, valueAt } from '@plumbline/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveRepository, objectOf, startLiveRepository } from '../../test/live-repository.ts';
import { findCluster } from './build.ts';

const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';

const deployment = (namespace: string, replicas: number, image: string, app = 'web'): string => `# of the shop
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}}}
    spec:
      containers:
        - name: web # the one
          image: nginx:${image}
`;
const map = (namespace: string, level: string, host: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: ${namespace}}\ndata:\n  level: ${level} # kept\n  host: ${host}\n${more}`;
const claim = (namespace: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: ${namespace}}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n`;

const CLEAN = { missing: 0, changed: 0, extra: 0, notEvaluated: 0 };

// What rollback and promote write is applied to a real API server: then nothing differs, and the server refuses what was said to need a replacement.
describe.skipIf(binary === undefined)(`rollback and promote against a real cluster${binary === undefined ? ` (${why})` : ''}`, () => {
  let live: LiveRepository;
  beforeAll(async () => {
    live = await startLiveRepository(binary ?? '');
    rmSync(join(live.folder, '.git'), { recursive: true });
    git('init', '-q');
    for (const name of ['past', 'qa', 'prod']) {
      const namespace = objectOf(`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`);
      await live.send('POST', namespace, '', namespace);
    }
  }, 180_000);
  afterAll(() => live.stop());

  function git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd: live.folder, encoding: 'utf8' });
    expect([status, stderr], args.join(' ')).toEqual([0, '']);
    return stdout;
  }
  const text = (path: string): string => readFileSync(join(live.folder, path), 'utf8');
  /** Writes files and commits them. */
  function commit(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) live.write(path, content);
    git('add', '-A');
    git('commit', '-q', '-m', 'more');
  }
  const apply = (object: JsonObject): Promise<JsonObject> =>
    live.send('PATCH', object, 'fieldManager=plumbline&force=true', object, 'apply');
  const applyFiles = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths) await apply(objectOf(text(path)));
  };
  /** What was asked of the server since. */
  const writesSince = (count: number): readonly string[] => live.requests.slice(count).filter((line) => !line.startsWith('GET '));

  test('a rollback is written to Git alone; applied, nothing differs, and what was changed past Git is undone', async () => {
    const [web, settings] = ['past/web.yaml', 'past/settings.yaml'];
    const then = { [web]: deployment('past', 2, '1.25'), [settings]: map('past', 'info', 'a') };
    commit(then);
    commit({ [web]: deployment('past', 5, '1.27'), [settings]: map('past', 'debug', 'a', '  added: "1"\n') });
    await applyFiles(web, settings);
    const hand = { spec: { minReadySeconds: 7, replicas: 9 } };
    await live.send('PATCH', objectOf(text(web)), 'fieldManager=by-hand', hand, 'merge');

    const asked = live.requests.length;
    const { code, out, err } = await live.run('rollback', 'past', '--to', 'HEAD~1', '--actual', 'cluster:', '--write');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('Deployment past/web spec.replicas was changed past Git by by-hand: an apply undoes that\n');
    expect(writesSince(asked)).toEqual([]);
    expect([text(web), text(settings)]).toEqual([then[web], then[settings]]);
    expect(await live.send('GET', objectOf(text(web)))).toMatchObject({ spec: { replicas: 9 } });

    const before = await live.drift('past');
    expect(before.summary.drift).toEqual({ ...CLEAN, inSync: 0, changed: 2 });
    await applyFiles(web, settings);
    const after = await live.drift('past');
    expect([after.summary.drift, after.findings]).toEqual([{ ...CLEAN, inSync: 2 }, []]);
    const stored = await live.send('GET', objectOf(text(web)));
    expect(stored).toMatchObject({ spec: { replicas: 2, minReadySeconds: 7 } });
    expect((await live.send('GET', objectOf(text(settings)))).data).toEqual({ level: 'info', host: 'a' });
  });

  test('single fields go back, the rest of what is live stays', async () => {
    const path = 'past/settings.yaml';
    commit({ [path]: map('past', 'info', 'a') });
    commit({ [path]: map('past', 'debug', 'b') });
    await applyFiles(path);
    const only = ['--only', 'ConfigMap/past/settings', '--field', 'data.level'];
    const { code } = await live.run('rollback', 'past', '--to', 'HEAD~1', ...only, '--actual', 'cluster:', '--write');
    expect([code, text(path)]).toEqual([0, map('past', 'info', 'b')]);
    await applyFiles(path);
    expect((await live.drift(path)).summary.drift).toEqual({ ...CLEAN, inSync: 1 });
    expect((await live.send('GET', objectOf(text(path)))).data).toEqual({ level: 'info', host: 'b' });
    commit({});
  });

  test('what is said to need a replacement is what the server refuses, and lost data is said', async () => {
    const [web, data] = ['replaced/web.yaml', 'replaced/data.yaml'];
    commit({ [web]: deployment('past', 2, '1.25', 'www').replace('name: web,', 'name: replaced,') });
    commit({
      [web]: deployment('past', 2, '1.25').replace('name: web,', 'name: replaced,'),
      [data]: claim('past'),
    });
    await applyFiles(web, data);
    const { code, err } = await live.run(
      'rollback',
      'replaced',
      '--to',
      'HEAD~1',
      '--actual',
      'cluster:',
      '--prune-scope',
      'past',
      '--write',
    );
    expect(code).toBe(1);
    expect(err).toContain('Deployment past/replaced has to be replaced: spec.selector of a Deployment cannot be changed');
    expect(err).toContain('PersistentVolumeClaim past/data goes; the data of the claim may be lost with it\n');
    await expect(apply(objectOf(text(web)))).rejects.toThrow(/422 .*field is immutable/);
    await live.send('DELETE', objectOf(text(web)));
    await live.send('DELETE', objectOf(claim('past')));
    await applyFiles(web);
    expect((await live.drift('replaced')).summary.drift).toEqual({ ...CLEAN, inSync: 1 });
    commit({});
  });

  test('a promotion is written to Git alone; applied, nothing differs, and what is the environment\u2019s own stays live', async () => {
    const files = (name: string, replicas: number): Record<string, string> => ({
      [`shops/${name}/web.yaml`]: deployment(name, replicas, '1.25'),
      [`shops/${name}/settings.yaml`]: map(name, 'info', `${name}.example.com`),
    });
    commit({ ...files('qa', 1), ...files('prod', 4) });
    const [web, settings] = ['shops/prod/web.yaml', 'shops/prod/settings.yaml'];
    await applyFiles(web, settings);
    commit({
      'shops/qa/web.yaml': deployment('qa', 1, '1.27'),
      'shops/qa/settings.yaml': map('qa', 'warning', 'qa.example.com', '  added: "1"\n'),
    });
    const asked = live.requests.length;
    const { code, out } = await live.run('promote', '--from', 'shops/qa', '--to', 'shops/prod', '--since', 'HEAD~1', '--write');
    expect([code, out, live.requests.length]).toEqual([0, '', asked]);
    expect(text(web)).toBe(deployment('prod', 4, '1.27'));
    expect(text(settings)).toBe(map('prod', 'warning', 'prod.example.com', '  added: "1"\n'));

    const before = await live.drift('shops/prod');
    const places = (before.drift ?? []).flatMap(({ changes }) => changes.filter((each) => each.class === 'drift').map(({ path }) => path));
    expect(places.sort()).toEqual(['/data/added', '/data/level', '/spec/template/spec/containers/0/image']);
    await applyFiles(web, settings);
    const after = await live.drift('shops/prod');
    expect([after.summary.drift, after.findings]).toEqual([{ ...CLEAN, inSync: 2 }, []]);
    const stored = await live.send('GET', objectOf(text(web)));
    expect([valueAt(stored, ['spec', 'replicas']), valueAt(stored, ['spec', 'template', 'spec', 'containers', 0, 'image'])]).toEqual([
      4,
      'nginx:1.27',
    ]);
  });
});
