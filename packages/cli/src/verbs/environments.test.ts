import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EnvironmentMatrix } from '../environment-matrix.ts';
import { run } from '../run.ts';

const SHOP = join(import.meta.dirname, '../../../../fixtures/repos/shop');

async function ask(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await run([...args, '--no-config'], {
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
  return { code, out, err };
}

test('the sample shop: which version runs where, and on which line it is set', async () => {
  const { code, out } = await ask('environments', SHOP, '--differences', '--format', 'json');
  expect(code).toBe(0);
  const { environments, components }: EnvironmentMatrix = JSON.parse(out);
  expect(environments.map(({ name }) => name)).toEqual(['dev', 'qa', 'uat', 'live']);
  expect(
    components.map(({ component, cells }) => [component.name, cells.map(({ environment, version }) => `${environment} ${version}`)]),
  ).toEqual([
    ['checkout', ['dev 2.6.0', 'qa 2.5.0', 'uat 2.4.1', 'live 2.5.0']],
    ['payment', ['dev 1.8.0', 'qa 1.8.0', 'uat 1.8.0', 'live 1.7.3']],
    ['reports', ['dev 0.9.4', 'qa 0.9.3', 'live 0.9.3']],
  ]);
  expect(components[0]?.cells.at(-1)).toEqual({
    environment: 'live',
    version: '2.5.0',
    file: 'fixtures/repos/shop/checkout/environments/live/kustomization.yaml',
    line: 8,
    newerThan: 'uat',
  });
});

test('the sample shop: what does not build is not in the table, and said', async () => {
  const { out, err } = await ask('environments', SHOP);
  expect(out).toContain(
    '! checkout is 2.5.0 in live, newer than in uat: fixtures/repos/shop/checkout/environments/live/kustomization.yaml:8\n',
  );
  expect(err).toBe('plumbline: kustomizations that were not built, and are not in the table: 4; plumbline check says why\n');
});

test('the sample shop: what a cluster applies', async () => {
  const { code, out } = await ask('graph', join(SHOP, 'clusters/qa'));
  expect(code).toBe(0);
  expect(out.replaceAll('fixtures/repos/shop/', '')).toBe(`clusters/qa  [qa]
├─ Kustomization shop-platform → platform
│  └─ 16 files
├─ Kustomization shop → environments/qa  [qa]
│  ├─ base
│  │  ├─ base/presentation/web
│  │  │  └─ 3 files
│  │  ├─ base/application/auth
│  │  │  └─ 3 files
│  │  ├─ base/application/orders
│  │  │  └─ 2 files
│  │  ├─ base/application/catalogue
│  │  │  └─ 2 files
│  │  ├─ base/data/database
│  │  │  └─ 2 files
│  │  ├─ base/data/storage
│  │  │  └─ 3 files
│  │  └─ base/serviceaccounts.yaml
│  └─ environments/qa/namespace.yaml
├─ Kustomization checkout → checkout/environments/qa  [qa]
│  └─ checkout/base
│     └─ 5 files
├─ Kustomization reports → reports/environments/qa  [qa]
│  └─ reports/base
│     └─ reports/base/cronjob.yaml
└─ clusters/qa/shop.yaml
`);
});

test('a SOURCE that does not exist is a usage error', async () => {
  expect((await ask('environments', join(SHOP, 'nowhere'))).code).toBe(2);
  expect((await ask('graph', join(SHOP, 'nowhere'))).code).toBe(2);
});
