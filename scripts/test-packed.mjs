// Installs the packed packages into an empty folder, as a user would, and tries the command and the library there.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAll } from './pack.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-packed-'));
let failed = 0;

function expect(what, holds, detail = '') {
  if (holds) return console.log(`ok    ${what}`);
  failed++;
  console.log(`FAIL  ${what}${detail === '' ? '' : `\n${detail}`}`);
}

const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  color: blue\n';
const BAD = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replica: 3\n';
/** Its pattern is read by a library of its own, which is loaded when it is needed. */
const DEFINED = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: carts.shop.example.com}
spec:
  group: shop.example.com
  scope: Namespaced
  names: {kind: Cart, plural: carts, singular: cart, listKind: CartList}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {owner: {type: string, pattern: '^[[:alpha:]]+$'}}}}
---
apiVersion: shop.example.com/v1
kind: Cart
metadata: {name: a, namespace: shop}
owner: '7'
`;
const NO_MATCH = '"7" does not match ^[[:alpha:]]+$';
const CONSUMER = `import { createPlumbline } from '@plumbline/cli';
import type { Finding, Report, SourceFile } from '@plumbline/core';

const file: SourceFile = { path: 'web.yaml', bytes: new TextEncoder().encode(${JSON.stringify(BAD)}) };
const report: Report = await createPlumbline({ config: { kubernetesVersions: ['1.34'] } }).check([file]);
const refusals: readonly Finding[] = report.findings.filter((finding) => finding.class === 'refusal');
const defined: Report = await createPlumbline().check([{ path: 'cart.yaml', bytes: new TextEncoder().encode(${JSON.stringify(DEFINED)}) }]);
console.log(JSON.stringify({ refusals: refusals.length, defined: defined.findings.map((finding) => finding.message) }));
`;

try {
  const tarballs = await packAll(join(folder, 'tarballs'));
  const app = join(folder, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...Object.values(tarballs)], {
    cwd: app,
    stdio: ['ignore', 2, 2],
  });
  writeFileSync(join(app, 'bad.yaml'), BAD);
  writeFileSync(join(app, 'good.yaml'), GOOD);
  writeFileSync(join(app, 'cart.yaml'), DEFINED);
  const command = (...args) => spawnSync('npx', ['--no-install', 'plumbline', ...args], { cwd: app, encoding: 'utf8' });

  const version = command('--version');
  expect('npx plumbline --version', version.status === 0 && /^\d+\.\d+\.\d+\n$/.test(version.stdout), version.stderr);
  const bad = command('check', 'bad.yaml');
  expect('a bad manifest exits 1', bad.status === 1, bad.stdout + bad.stderr);
  expect('and is told why', bad.stdout.includes('replica'), bad.stdout);
  const good = command('check', '--preset', 'core', 'good.yaml');
  expect('a good manifest exits 0', good.status === 0, good.stdout + good.stderr);

  const cart = command('check', 'cart.yaml');
  expect('a pattern of Go is read', cart.stdout.includes(NO_MATCH), cart.stdout + cart.stderr);

  writeFileSync(join(app, 'consumer.ts'), CONSUMER);
  const options = [
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
    '--skipLibCheck',
    'false',
  ];
  const tsc = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...options,
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
      'consumer.ts',
    ],
    { cwd: app, encoding: 'utf8' },
  );
  expect('a TypeScript consumer of the library typechecks', tsc.status === 0, tsc.stdout + tsc.stderr);
  writeFileSync(
    join(app, 'consumer.mjs'),
    CONSUMER.replace(/^import type .*\n/m, '').replace(/: (SourceFile|Report|readonly Finding\[\])/g, ''),
  );
  const library = spawnSync(process.execPath, ['consumer.mjs'], { cwd: app, encoding: 'utf8' });
  const given = library.status === 0 ? JSON.parse(library.stdout) : { refusals: 0, defined: [] };
  expect('the library judges as an ES module', given.refusals > 0 && given.defined.includes(NO_MATCH), library.stdout + library.stderr);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
