import { expect, test } from 'vitest';
import { isSlip } from './slip.ts';

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
