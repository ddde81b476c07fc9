import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';

// The built bundle, run as users run it, in repositories of its own.

let home = '';
let command = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-edits-'));
  command = join(home, 'dist/plumbline.cjs');
  await bundleCommand(join(home, 'dist'));
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Repository {
  run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string };
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string>>, message?: string): void;
  read(path: string): string;
  /** Whether `git apply` takes a patch; applies it. */
  apply(patch: string): boolean;
}

function repository(files: Readonly<Record<string, string>>): Repository {
  const folder = join(home, `repository-${count++}`);
  mkdirSync(folder);
  const spawn = (program: string, args: readonly string[], input = '') =>
    spawnSync(program, args, { cwd: folder, input, encoding: 'utf8' });
  const made: Repository = {
    run(...args) {
      const { status, stdout, stderr } = spawn(process.execPath, [command, ...args]);
      return { code: status, out: stdout, err: stderr };
    },
    git: (...args) => spawn('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args]).stdout,
    write(given, message) {
      for (const [path, text] of Object.entries(given)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      if (message === undefined) return;
      made.git('add', '-A');
      made.git('commit', '-qm', message);
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    apply: (patch) => spawn('git', ['apply'], patch).status === 0,
  };
  made.git('init', '-q', '.');
  made.write(files, 'first');
  return made;
}

const BASE = `# the web server
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: nginx
          args: ["--level=info"] # quiet
`;
const overlay = (name: string): string => `namespace: ${name}
resources: [../../base]
images:
  - name: nginx
    newTag: "1.25" # pinned
replicas:
  - name: web
    count: 2
configMapGenerator:
  - name: conf
    literals:
      - MODE=${name}
      - LIMIT=10
secretGenerator:
  - name: key
    literals: [PASSWORD=hunter2hunter2]
patches:
  - path: memory.yaml
`;
const memory = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          resources:\n            limits:\n              memory: 1Gi # ${name}\n`;
const SHOP = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': BASE,
  ...Object.fromEntries(
    ['qa', 'live'].flatMap((name) => [
      [`overlays/${name}/kustomization.yaml`, overlay(name)],
      [`overlays/${name}/memory.yaml`, memory(name)],
    ]),
  ),
};

/** What is live: what is built, with some text replaced. */
function live(shop: Repository, ...edits: readonly (readonly [string, string])[]): string {
  let text = shop.run('build', 'overlays/live').out;
  // A Secret is compared by its name alone.
  text = text
    .split('---\n')
    .filter((part) => !part.includes('kind: Secret'))
    .join('---\n');
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

describe('patch --reverse', () => {
  test('of built objects each value goes where it was written, and there is no drift then', () => {
    const shop = repository(SHOP);
    shop.write({ '../live.yaml': live(shop, ['nginx:1.25', 'nginx:1.27'], ['replicas: 2', 'replicas: 7'], ['1Gi', '3Gi']) });
    const { code, out, err } = shop.run('patch', 'overlays/live', '--actual', '../live.yaml', '--reverse');
    expect(err).toContain('Secret live/key-');
    expect(code).toBe(1);
    expect(out.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
      '--- a/overlays/live/kustomization.yaml',
      '+++ b/overlays/live/kustomization.yaml',
      '-    newTag: "1.25" # pinned',
      '+    newTag: "1.27" # pinned',
      '-    count: 2',
      '+    count: 7',
      '--- a/overlays/live/memory.yaml',
      '+++ b/overlays/live/memory.yaml',
      '-              memory: 1Gi # live',
      '+              memory: 3Gi # live',
    ]);
    expect(out).not.toContain('hunter2');
    expect(shop.apply(out)).toBe(true);
    expect(shop.run('patch', 'overlays/live', '--actual', '../live.yaml', '--reverse').out).toBe('');
  });

  test('a text that makes other objects too is left, with its place', () => {
    const shop = repository(SHOP);
    shop.write({ '../live.yaml': live(shop, ['--level=info', '--level=debug']) });
    const { out, err } = shop.run('patch', 'overlays/live', '--actual', '../live.yaml', '--reverse');
    expect(out).toBe('');
    expect(err).toContain(
      'spec.template.spec.containers[0].args[0] is not written: the same text also makes apps/v1 Deployment qa/web of overlays/qa; likely base/web.yaml:17:18\n',
    );
  });

  test.each([
    ['a byte order mark', `\uFEFF${BASE.slice(BASE.indexOf('apiVersion'))}`],
    ['line ends of Windows', BASE.replaceAll('\n', '\r\n')],
    ['no end of the last line', BASE.trimEnd()],
  ])('%s stays', (_name, text) => {
    const shop = repository({ 'web.yaml': text });
    const wanted = text.replace('name: web', 'name: web\n  labels: {a: b}'.replaceAll('\n', text.includes('\r') ? '\r\n' : '\n'));
    shop.write({ 'web.yaml': wanted, '../live.yaml': wanted.replace('{a: b}', '{a: c}').replace('replicas: 1', 'replicas: 4') }, 'labels');
    const { out } = shop.run('patch', '.', '--actual', '../live.yaml', '--reverse');
    expect(shop.apply(out)).toBe(true);
    expect(shop.read('web.yaml')).toBe(wanted.replace('{a: b}', '{a: c}').replace('replicas: 1', 'replicas: 4'));
  });

  test('--write edits the file, and nothing but the line', () => {
    const shop = repository({ 'web.yaml': BASE });
    shop.write({ '../live.yaml': BASE.replace('replicas: 1', 'replicas: 4') });
    expect(shop.run('patch', '.', '--actual', '../live.yaml', '--reverse', '--write')).toEqual({
      code: 0,
      out: '',
      err: 'plumbline: web.yaml is written\n',
    });
    expect(shop.read('web.yaml')).toBe(BASE.replace('replicas: 1', 'replicas: 4'));
    expect(shop.run('drift', '.', '--actual', '../live.yaml').code).toBe(0);
  });
});

describe('patch', () => {
  test('prints a document for each object, and the inverse where it is asked for', () => {
    const shop = repository({ 'web.yaml': BASE });
    shop.write({ '../live.yaml': BASE.replace('replicas: 1', 'replicas: 4') });
    const given = ['patch', '.', '--actual', '../live.yaml'];
    expect(shop.run(...given)).toEqual({
      code: 0,
      out: '---\npatch:\n- op: test\n  path: /spec/replicas\n  value: 4\n- op: replace\n  path: /spec/replicas\n  value: 1\nresource:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\nstatus: changed\ntype: json\n',
      err: '',
    });
    expect(JSON.parse(shop.run(...given, '--inverse', '--output', 'json').out)).toEqual({
      schemaVersion: 1,
      patches: [
        {
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          status: 'changed',
          type: 'json',
          patch: [
            { op: 'test', path: '/spec/replicas', value: 1 },
            { op: 'replace', path: '/spec/replicas', value: 4 },
          ],
        },
      ],
    });
    expect(shop.run(...given, '--type', 'unified').out).toContain('-  replicas: 4\n+  replicas: 1\n');
    expect(shop.run(...given, '--type', 'apply').out).toBe(
      `---\n# conflicts are not known: the live object does not say who owns what\n${shop.run('build', 'web.yaml').out}`,
    );
  });

  test.each([
    [['patch', '--type', 'merge', '--inverse', '--actual', 'x.yaml'], 'only JSON patches have an inverse, not --type merge'],
    [['patch', '--write', '--actual', 'x.yaml'], '--write is for --reverse: a cluster is never written to'],
    [
      ['patch', '--reverse', '--type', 'json', '--actual', 'x.yaml'],
      '--reverse is an edit of files: it has no --type, --inverse or --output',
    ],
    [['rollback'], 'say what to go back to: plumbline rollback --to REV'],
    [['rollback', '--to', 'nothing'], 'there is no revision "nothing" in this repository'],
    [['promote', '--from', 'qa'], 'plumbline promote takes two environments: plumbline promote --from qa --to live'],
    [['promote', '--from', 'qa', '--to', 'live'], '"qa" is no environment and no folder; there is no environment here'],
    [['fix', '-'], 'only files of the working tree can be written: --dry-run prints the patch'],
  ])('%j is a mistake', (args, message) => {
    expect(repository({ 'x.yaml': '' }).run(...args)).toEqual({ code: 2, out: '', err: `plumbline: ${message}\n` });
  });
});

test('drift --detail outcomes gives the object after apply', () => {
  const shop = repository({
    'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80, targetPort: 8080}]}\n',
  });
  shop.write({
    '../live.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80, targetPort: 9}], sessionAffinity: ClientIP}\n',
  });
  const report = (...more: readonly string[]) => JSON.parse(shop.run('drift', '.', '--actual', '../live.yaml', '-f', 'json', ...more).out);
  expect(report().drift[0].predicted).toBeUndefined();
  expect(report('--detail', 'outcomes').drift[0].predicted.spec).toMatchObject({
    ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
    sessionAffinity: 'ClientIP',
  });
});

describe('promote', () => {
  const changed = (): Repository => {
    const shop = repository({
      ...SHOP,
      'plumbline.yaml': 'environments:\n  - name: qa\n    paths: [overlays/qa]\n  - name: live\n    paths: [overlays/live]\n',
    });
    shop.write({ 'overlays/live/kustomization.yaml': overlay('live').replace('count: 2', 'count: 9') }, 'live has its own');
    shop.write(
      {
        'overlays/qa/kustomization.yaml': overlay('qa')
          .replace('1.25', '1.26')
          .replace('LIMIT=10', 'LIMIT=30')
          .replace('count: 2', 'count: 3'),
        'overlays/qa/memory.yaml': memory('qa').replace('1Gi', '2Gi'),
      },
      'qa goes on',
    );
    return shop;
  };
  const AFTER = overlay('live').replace('1.25', '1.26').replace('LIMIT=10', 'LIMIT=30').replace('count: 2', 'count: 9');

  test('carries what changed, keeps what is its own, and does nothing the second time', () => {
    const shop = changed();
    const { code, out, err } = shop.run('promote', '--from', 'qa', '--to', 'live');
    expect([code, out.includes('hunter2')]).toEqual([0, false]);
    expect(err).toContain('Deployment live/web of overlays/live spec.replicas stays: both environments changed it\n');
    expect(err).toMatch(/ConfigMap live\/conf-\w+ of overlays\/live data.MODE stays: it differed before\n/);
    expect(shop.apply(out)).toBe(true);
    expect(shop.read('overlays/live/kustomization.yaml')).toBe(AFTER);
    expect(shop.read('overlays/live/memory.yaml')).toBe(memory('live').replace('1Gi', '2Gi'));
    shop.write({}, 'promoted');
    expect(shop.run('promote', '--from', 'qa', '--to', 'live')).toMatchObject({ code: 0, out: '' });
  });

  test('names that a prefix makes pair; what names the environment is not carried, and the order of environments is kept in mind', () => {
    const own = (name: string, level: string, more = ''): string =>
      `namePrefix: ${name}-\nnamespace: ${name}\nresources: [../../base]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: web}\n      spec: {minReadySeconds: ${level}}\n${more}`;
    const map = (text: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: x}\ndata:\n  level: info\n${text}`;
    const shop = repository({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': BASE,
      ...Object.fromEntries(['qa', 'uat', 'live'].map((name) => [`overlays/${name}/kustomization.yaml`, own(name, '1')])),
      'plain/qa/map.yaml': map('').replace('name: web', 'name: qa-web'),
      'plain/live/map.yaml': map('').replace('name: web', 'name: live-web'),
    });
    const added = '  host: db.qa.example.com\n  area: eu\n';
    shop.write({ 'plain/qa/map.yaml': map(added).replace('name: web', 'name: qa-web') }, 'qa goes on');
    const { code, out, err } = shop.run('promote', '--from', 'qa', '--to', 'live');
    expect(err).toContain('plumbline: this leaves out uat, between qa and live\n');
    expect(err).toContain('ConfigMap x/live-web data.host is not written: the value names qa: say by hand what it is here');
    expect(err).not.toMatch(/only in|new in|gone from/);
    expect(code).toBe(1);
    expect(shop.apply(out)).toBe(true);
    expect(shop.read('plain/live/map.yaml')).toBe(map('  area: eu\n').replace('name: web', 'name: live-web'));
    expect(shop.run('promote', '--from', 'live', '--to', 'qa').err).toContain(
      'plumbline: qa comes before live: this goes against the order of promotion\n',
    );
    expect(shop.run('promote', '--from', 'qa', '--to', 'uat').err).not.toMatch(/order|leaves out/);
  });

  test('chart versions and values of a HelmRelease are carried as any field', () => {
    const release = (namespace: string, version: string, values: string): string =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: ${namespace}}\nspec:\n  interval: 5m\n  chart:\n    spec:\n      chart: web\n      version: ${version} # pinned\n      sourceRef: {kind: HelmRepository, name: shop}\n  values:\n${values}`;
    const shop = repository({
      'apps/qa/web.yaml': release('qa', '1.2.3', '    size: 1\n    host: qa.example.com\n'),
      'apps/live/web.yaml': release('live', '1.2.3', '    size: 3\n    host: example.com\n'),
    });
    shop.write(
      { 'apps/qa/web.yaml': release('qa', '1.3.0', '    size: 1\n    host: qa.example.com\n    cache: {size: 5}\n') },
      'qa goes on',
    );
    const { code, out } = shop.run('promote', '--from', 'qa', '--to', 'live');
    expect([code, shop.apply(out)]).toEqual([0, true]);
    expect(shop.read('apps/live/web.yaml')).toMatch(/version: "?1\.3\.0"? # pinned\n/);
    expect(shop.read('apps/live/web.yaml')).toMatch(/ {4}size: 3\n {4}host: example\.com\n {4}cache:\s+\{?\s*size: 5/);
  });

  test('objects that only one side has are named: what is new, what is gone, and what is its own', () => {
    const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: "1"}\n`;
    const shop = repository({
      'plain/qa/both.yaml': map('both'),
      'plain/live/both.yaml': map('both'),
      'plain/qa/old.yaml': map('qa-old'),
      'plain/live/old.yaml': map('live-old'),
      'plain/qa/own.yaml': map('tests'),
      'plain/live/own.yaml': map('alerts'),
    });
    shop.git('rm', '-q', 'plain/qa/old.yaml');
    shop.write({ 'plain/qa/new.yaml': map('cache') }, 'qa goes on');
    const { code, out, err } = shop.run('promote', '--from', 'qa', '--to', 'live');
    expect([code, out, err.split('\n').sort()]).toEqual([
      0,
      '',
      [
        '',
        'plumbline: v1 ConfigMap alerts is only in live, and stays',
        'plumbline: v1 ConfigMap cache is new in qa (plain/qa/new.yaml), and not created',
        'plumbline: v1 ConfigMap live-old is gone from qa (here plain/live/old.yaml), and stays until it is removed',
        'plumbline: v1 ConfigMap tests is only in qa, and not created',
      ],
    ]);
  });

  test('takes folders, and writes', () => {
    const shop = changed();
    expect(shop.run('promote', '--from', 'overlays/qa', '--to', 'overlays/live', '--since', 'HEAD~1', '--write')).toMatchObject({
      code: 0,
      out: '',
    });
    expect(shop.read('overlays/live/kustomization.yaml')).toBe(AFTER);
  });
});

describe('rollback', () => {
  const files = {
    'apps/web.yaml': BASE,
    'apps/gone.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gone}\n',
    'README.md': 'one\n',
  };
  const claim =
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n';

  test('gives the files of the revision back, and says what comes of it', () => {
    const shop = repository(files);
    shop.git('rm', '-q', 'apps/gone.yaml');
    shop.write(
      {
        'apps/web.yaml': BASE.replaceAll('app: web', 'app: www').replace('replicas: 1', 'replicas: 3'),
        'apps/data.yaml': claim,
        'README.md': 'two\n',
      },
      'second',
    );
    const { code, out, err } = shop.run('rollback', 'apps', '--to', 'HEAD~1');
    expect(code).toBe(1);
    expect(err.split('\n').sort()).toEqual([
      '',
      'plumbline: apps/v1 Deployment web has to be replaced: spec.selector of a Deployment cannot be changed: the object must be replaced',
      'plumbline: v1 ConfigMap gone comes back',
      'plumbline: v1 PersistentVolumeClaim data goes; the data of the claim may be lost with it',
    ]);
    expect(shop.apply(out)).toBe(true);
    // Also where Git does not know yet of the file that is there again.
    expect(shop.run('rollback', 'apps', '--to', 'HEAD~1')).toEqual({ code: 0, out: '', err: 'plumbline: nothing differs from HEAD~1\n' });
    shop.git('add', '-A');
    expect(shop.git('diff', '--cached', '--stat', 'HEAD~1', '--', 'apps')).toBe('');
    expect(shop.read('README.md')).toBe('two\n');
  });

  test('of single objects and fields the rest of their files stays', () => {
    const both = (web: string, level: string): string =>
      `${web}---\n# of the web server\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {level: ${level}}\n`;
    const later = BASE.replace('replicas: 1', 'replicas: 3')
      .replace('image: nginx', 'image: nginx:1.27 # newer')
      .replace('  selector', '  minReadySeconds: 5\n  selector');
    const shop = repository({ 'apps/web.yaml': both(BASE, 'info'), 'apps/other.yaml': BASE.replace('name: web', 'name: other') });
    shop.write(
      {
        'apps/web.yaml': both(later, 'debug'),
        'apps/other.yaml': BASE.replace('name: web', 'name: other').replace('replicas: 1', 'replicas: 9'),
      },
      'second',
    );
    const back = (...given: string[]): string => {
      const { code, out, err } = shop.run('rollback', '--to', 'HEAD~1', ...given);
      expect([code, err, shop.apply(out)]).toEqual([0, '', true]);
      const text = shop.read('apps/web.yaml');
      shop.git('checkout', '-q', '.');
      return text;
    };
    expect(back('--only', 'Deployment/web', '--field', 'spec.replicas')).toBe(both(later.replace('replicas: 3', 'replicas: 1'), 'debug'));
    expect(back('--only', 'ConfigMap/conf')).toBe(both(later, 'info'));
    expect(back('--only', 'Deployment/web')).toBe(both(BASE.replace('image: nginx', 'image: nginx # newer'), 'debug'));
    expect(shop.run('rollback', '--to', 'HEAD~1', '--only', 'Deployment/nobody')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no Deployment/nobody here, now or then'),
    });
    expect(shop.run('rollback', '--to', 'HEAD~1', '--only', 'web').err).toContain('--only takes KIND/NAME or KIND/NAMESPACE/NAME');
    expect(shop.run('rollback', '--to', 'HEAD~1', '--field', 'spec').err).toContain('--field is of the objects that --only names');
  });

  test('of one object says what has to be replaced and what is not written', () => {
    const shop = repository(files);
    shop.git('rm', '-q', 'apps/gone.yaml');
    shop.write({ 'apps/web.yaml': BASE.replaceAll('app: web', 'app: www') }, 'second');
    const { code, err } = shop.run('rollback', 'apps', '--to', 'HEAD~1', '--only', 'Deployment/web', '--only', 'ConfigMap/gone');
    expect([code, err.split('\n').sort()]).toEqual([
      1,
      [
        '',
        'plumbline: apps/v1 Deployment web has to be replaced: spec.selector of a Deployment cannot be changed: the object must be replaced',
        'plumbline: v1 ConfigMap gone comes back',
        'plumbline: v1 ConfigMap gone is not written: it is not there any more: roll back its file',
      ],
    ]);
    expect(shop.run('rollback', 'apps', '--to', 'HEAD~1', '--only', 'Deployment/web', '--field', 'spec.template').err).not.toContain(
      'selector',
    );
  });

  test('names what was changed past Git', () => {
    const shop = repository(files);
    shop.write(
      { 'apps/web.yaml': BASE.replace('replicas: 1', 'replicas: 3'), '../live.yaml': BASE.replace('replicas: 1', 'replicas: 5') },
      'second',
    );
    const { code, err } = shop.run('rollback', 'apps/web.yaml', '--to', 'HEAD~1', '--actual', '../live.yaml', '--write');
    expect([code, err]).toEqual([
      0,
      'plumbline: apps/v1 Deployment web spec.replicas was changed past Git: an apply undoes that\nplumbline: apps/web.yaml is written\n',
    ]);
    expect(shop.read('apps/web.yaml')).toBe(BASE);
  });
});

test('no patch of files shows the value of a Secret: not as a change, and not beside one', () => {
  const secret = (password: string, color: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  user: admin-of-all\n  password: ${password}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  color: ${color}\n`;
  const shop = repository({ 'a.yaml': secret('hunter2hunter2', 'red'), 'b.yaml': secret('swordfish99', 'red') });
  shop.write(
    { 'a.yaml': secret('hunter3hunter3', 'red'), 'b.yaml': secret('swordfish99', 'blue').replace('---\n', '---\n# new\n') },
    'second',
  );
  const { code, out, err } = shop.run('rollback', '--to', 'HEAD~1');
  expect(code).toBe(1);
  expect(err).toContain('plumbline: a.yaml is not in the patch: the value of a Secret would show; --write edits the file\n');
  expect(out).toContain('-# new\n');
  for (const value of ['hunter', 'swordfish', 'admin-of-all']) expect(`${out}${err}`).not.toContain(value);
  expect(shop.apply(out)).toBe(true);
  expect(shop.read('b.yaml')).toBe(secret('swordfish99', 'red'));
  expect(shop.run('rollback', '--to', 'HEAD~1', '--write').out).toBe('');
  expect(shop.read('a.yaml')).toBe(secret('hunter2hunter2', 'red'));
});

describe('fix', () => {
  const WRONG = BASE.replace('spec:\n', '  namespace: shop\nspec:\n').replace('replicas: 1', 'replicas: "1" # one');

  test('mends what is certain, keeps comments, and gives the exit code of what is left', () => {
    const shop = repository({ 'a.yaml': WRONG });
    expect(shop.run('check').code).toBe(1);
    const dry = shop.run('fix', '--dry-run');
    expect(dry.out).toContain('-  replicas: "1" # one\n+  replicas: 1 # one\n');
    expect(dry.code).toBe(0);
    expect(shop.read('a.yaml')).toBe(WRONG);
    const { code, err } = shop.run('fix');
    expect([code, err]).toEqual([0, 'plumbline: 1 finding mended in a file\n']);
    expect(shop.read('a.yaml')).toBe(WRONG.replace('"1" # one', '1 # one'));
    expect(shop.run('fix').err).toBe('plumbline: 0 findings mended in 0 files\n');
  });

  test('what is only likely waits to be asked for, and rules can be chosen', () => {
    const shop = repository({ 'a.yaml': BASE.replace('image: nginx', 'imagePullPolcy: Always\n          image: nginx:1') });
    expect(shop.run('fix').code).toBe(1);
    expect(shop.run('fix', '--suggested', '--rule', 'meta/*').code).toBe(1);
    expect(shop.run('fix', '--suggested', '--rule', 'schema/*').code).toBe(0);
    expect(shop.read('a.yaml')).toContain('          imagePullPolicy: Always\n');
  });
});
