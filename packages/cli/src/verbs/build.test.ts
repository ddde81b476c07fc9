import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../run.ts';

const FILES: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\nsecretGenerator:\n  - name: db\n    literals:\n      - password=HUNTER2\n',
  'base/web.yaml':
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n      name: http\n  selector:\n    app: web\n',
  'overlays/live/kustomization.yaml': 'resources:\n  - ../../base\nnamespace: shop\n',
  'overlays/broken/kustomization.yaml': 'resources:\n  - gone.yaml\n',
  'overlays/far/kustomization.yaml': 'resources:\n  - https://example.com/app?ref=v1\n',
  'plain/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  "on": "yes"\n',
  'plain/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\nstringData:\n  a: OPEN-SESAME\n  b: HUNTER2\n',
};
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  ports:
  - name: http
    port: 80
  selector:
    app: web
`;

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-build-'));
  mkdirSync(join(root, '.git'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function build(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await run(['build', ...args.map((arg) => (arg.startsWith('-') ? arg : join(root, arg)))], {
    out: (text) => {
      out += text;
      return true;
    },
    err: (text) => {
      err += text;
      return true;
    },
    isOutTerminal: false,
    isErrTerminal: false,
    width: 0,
  });
  return { code, out, err: err.replaceAll(root, '') };
}

test('an overlay is printed as kustomize prints it, without the values of Secrets', async () => {
  const { code, out, err } = await build('overlays/live');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^apiVersion: v1\ndata:\n {2}password: <secret 1>\nkind: Secret\nmetadata:\n {2}name: db-[a-z0-9]{10}\n {2}namespace: shop\ntype: Opaque\n---\n/,
  );
  expect(out.endsWith(`---\n${SERVICE}`)).toBe(true);
  expect(err).toBe('plumbline: the values of a Secret are not printed: <secret N> stands for each\n');
});

test('a base that is named is built by itself', async () => {
  const { out } = await build('base');
  expect(out).not.toContain('namespace');
  expect(out).toContain('name: web\n');
});

test('each field says who set it', async () => {
  const { out } = await build('overlays/live', '--origins');
  expect(out.slice(out.indexOf('kind: Service'))).toBe(`kind: Service # base/web.yaml:2
metadata: # base/web.yaml:4
  name: web # base/web.yaml:4
  namespace: shop # overlays/live/kustomization.yaml:3
spec: # base/web.yaml:6
  ports: # base/web.yaml:7
  - name: http # base/web.yaml:8
    port: 80 # base/web.yaml:7
  selector: # base/web.yaml:10
    app: web # base/web.yaml:10
`);
});

test('plain manifests are printed as they lie, Secrets without their values', async () => {
  const { code, out } = await build('plain');
  expect(code).toBe(0);
  expect(out).toBe(`apiVersion: v1
data:
  "on": "yes"
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: Secret
metadata:
  name: key
stringData:
  a: <secret 1>
  b: <secret 2>
`);
});

test('where something does not build nothing is printed but why', async () => {
  const broken = await build('plain', 'overlays/broken');
  expect(broken).toEqual({
    code: 1,
    out: '',
    err: 'overlays/broken/kustomization.yaml:2:5: "gone.yaml" does not exist, neither as a file nor as a folder\n',
  });
  const far = await build('overlays/far');
  expect(far.code).toBe(2);
  expect(far.out).toBe('');
  expect(far.err).toMatch(/^plumbline: overlays\/far cannot be built here: /);
});

test('a folder takes a file for each object', async () => {
  const { code, out } = await build('overlays/live', 'plain', '-o', 'rendered/');
  expect({ code, out }).toEqual({ code: 0, out: '' });
  const files = readdirSync(join(root, 'rendered')).sort();
  expect(files.map((name) => name.replace(/db-\w{10}/, 'db-HASH'))).toEqual([
    'v1_configmap_settings.yaml',
    'v1_secret_db-HASH.yaml',
    'v1_secret_key.yaml',
    'v1_service_web.yaml',
  ]);
  expect(readFileSync(join(root, 'rendered/v1_service_web.yaml'), 'utf8')).toBe(SERVICE);
  for (const name of files) expect(readFileSync(join(root, 'rendered', name), 'utf8')).not.toMatch(/HUNTER2|SFVOVEVSMg|OPEN-SESAME/);
});

const SHOP = join(import.meta.dirname, '../../../../fixtures/repos/shop/checkout');
const hasKustomize = spawnSync('kustomize', ['version']).error === undefined;

test.skipIf(!hasKustomize).each(['base', 'environments/dev', 'environments/qa', 'environments/uat', 'environments/live'])(
  'the sample shop, %s: byte for byte what kustomize prints',
  async (folder) => {
    const { stdout } = spawnSync('kustomize', ['build', join(SHOP, folder)], { encoding: 'utf8' });
    expect((await build(relative(root, join(SHOP, folder)))).out).toBe(stdout);
  },
);

test('copies that the configuration names stand in for what is remote', async () => {
  const vendored = join(root, 'vendored');
  mkdirSync(join(vendored, 'copy'), { recursive: true });
  mkdirSync(join(vendored, '.git'));
  writeFileSync(join(vendored, 'kustomization.yaml'), 'resources:\n  - https://github.com/acme/app?ref=v1\nnamespace: shop\n');
  writeFileSync(join(vendored, 'copy/kustomization.yaml'), 'resources:\n  - web.yaml\n');
  writeFileSync(join(vendored, 'copy/web.yaml'), FILES['base/web.yaml'] ?? '');
  expect((await build('vendored')).code).toBe(2);
  writeFileSync(join(vendored, 'plumbline.yaml'), 'kustomize:\n  remotes:\n    https://github.com/acme/app?ref=v1: copy\n');
  expect(await build('vendored')).toEqual({ code: 0, out: SERVICE, err: '' });
});

test('a file outside of the folder is read when it is asked for as of kustomize', async () => {
  mkdirSync(join(root, 'beside'));
  writeFileSync(join(root, 'beside/kustomization.yaml'), 'resources:\n  - ../base/web.yaml\nnamespace: shop\n');
  const refused = await build('beside');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('beside/kustomization.yaml:2:5: the file "../base/web.yaml" is not in or below the folder');
  expect(await build('beside', '--load-restrictor=LoadRestrictionsNone')).toEqual({ code: 0, out: SERVICE, err: '' });
});

// A stand-in for kustomize: the program is what is asked, not what it makes of the folder.
test.skipIf(process.platform === 'win32')('the kustomize that is installed builds what is not built here, when it may', async () => {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const program = join(bin, 'kustomize');
  writeFileSync(program, `#!/bin/sh\necho "$@" > ${join(bin, 'asked')}\ncat <<END\n${SERVICE}END\n`, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  try {
    expect((await build('overlays/far')).code).toBe(2);
    expect(await build('overlays/far', '--allow-plugins')).toEqual({
      code: 0,
      out: SERVICE,
      err: 'plumbline: overlays/far was built by kustomize: the remote resource https://example.com/app?ref=v1 is not fetched\n',
    });
    expect(readFileSync(join(bin, 'asked'), 'utf8')).toMatch(
      /^build --enable-alpha-plugins --enable-exec --enable-helm .*overlays\/far\n$/,
    );
    writeFileSync(program, '#!/bin/sh\necho "Error: no" >&2\nexit 1\n', { mode: 0o755 });
    expect((await build('overlays/far', '--allow-plugins')).err).toMatch(/is not fetched; kustomize: Error: no\n$/);
  } finally {
    process.env.PATH = PATH;
  }
});
