import type { JsonObject } from '@plumbline/core';
import { checkAlone } from '@plumbline/testing';
import { expect, test } from 'vitest';
import { rule } from './layout.ts';

/** Findings where each of the folders holds a kustomization. */
async function find(folders: string, options: JsonObject = {}): Promise<readonly string[]> {
  const files = folders.split(' ').flatMap((folder) => [
    { path: `${folder}/kustomization.yaml`, bytes: new TextEncoder().encode('namePrefix: a-\nresources: [a.yaml]\n') },
    {
      path: `${folder}/a.yaml`,
      bytes: new TextEncoder().encode('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'),
    },
  ]);
  const { findings } = await checkAlone(rule, files, { options });
  return findings.map(({ location, message }) => `${location?.file}:${location?.line} ${message}`);
}

const SHOP = 'apps/web/overlays/dev apps/web/overlays/uat apps/web/overlays/live';

test('an application without an overlay that others have', async () => {
  expect(await find(`${SHOP} apps/mail/overlays/dev apps/mail/overlays/live`)).toEqual([
    'apps/mail/overlays/dev/kustomization.yaml:1 apps/mail/overlays/* has no folder for uat',
  ]);
  expect(await find('live/web live/mail uat/web dev/web dev/mail')).toEqual(['dev/mail/kustomization.yaml:1 */mail has no folder for uat']);
});

test('applications with all overlays, under other names of the stage too', async () => {
  expect(await find(`${SHOP} apps/mail/overlays/dev apps/mail/overlays/staging apps/mail/overlays/prod`)).toEqual([]);
});

test('an application with one folder may be none of the environments', async () => {
  expect(await find(`${SHOP} apps/debug/overlays/dev`)).toEqual([]);
});

test('environments that are asked for, and places that are left alone', async () => {
  expect(await find(SHOP, { environments: ['dev', 'qa', 'live'] })).toEqual([
    'apps/web/overlays/dev/kustomization.yaml:1 apps/web/overlays/* has no folder for qa',
  ]);
  expect(await find(SHOP, { environments: ['qa'], allowed: ['apps/web/*'] })).toEqual([]);
});

test('a fleet of clusters is no promotion', async () => {
  const fleet = Array.from({ length: 30 }, (_, index) => `clusters/c${index}`).join(' ');
  expect(await find(`${fleet} ${SHOP}`)).toEqual([]);
});
