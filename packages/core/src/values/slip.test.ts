import { expect, test } from 'vitest';
import { isSlip, isSureSlip } from './slip.ts';

test.each([
  ['databse', 'database'],
  ['shop-fornt', 'shop-front'],
  ['settings', 'setting'],
  ['shop_reader', 'shop-reader'],
  ['webhookcert', 'webhook-cert'],
  ['colour-map', 'colomr-map'],
  ['home-osp-runner', 'home-ops-runner'],
  ['shop-rfont', 'shop-front'],
  ['sho-pfront', 'shop-front'],
])('%s is a slip of %s', (written, meant) => {
  expect(isSlip(written, meant)).toBe(true);
  expect(isSlip(meant, written)).toBe(true);
});

test.each([
  ['settings-1', 'settings-2'],
  ['node-12', 'node-21'],
  ['zone-1a', 'zone-a1'],
  ['settings', 'settings2'],
  ['app-a', 'app-b'],
  ['api', 'apis'],
  ['web-dev', 'web-den'],
  ['frontend', 'backend'],
  ['shop', 'shop-settings'],
  ['same', 'same'],
])('%s is another name than %s', (written, meant) => {
  expect(isSlip(written, meant)).toBe(false);
  expect(isSlip(meant, written)).toBe(false);
});

test.each([
  ['web-credentails', 'web-credentials', true],
  ['web-credentals', 'web-credentials', true],
  ['web-creddentials', 'web-credentials', true],
  ['web-credential', 'web-credentials', false],
  ['order-db', 'orders-db', false],
  ['web-credemtials', 'web-credentials', false],
  ['web-prod', 'web-pord', true],
  ['web-pod', 'web-prod', false],
  ['webhookcert', 'webhook-cert', false],
])('%s for %s is beyond doubt: %s', (written, meant, isSure) => {
  expect(isSureSlip(written, meant)).toBe(isSure);
  expect(isSureSlip(meant, written)).toBe(isSure);
});
