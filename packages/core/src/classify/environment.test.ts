import { expect, test } from 'vitest';
import { environmentOfPath } from './environment.ts';

test.each([
  ['live/web/', 'live'],
  ['apps/web/overlays/staging/', 'staging'],
  ['apps/web/overlays/prod-eu/', 'prod-eu'],
  ['overlays/shop-production/', 'shop-production'],
  ['overlays/gpu/', undefined],
  ['clusters/anything/web/', 'anything'],
  ['environments/x/live/', 'x'],
  ['live/clusters/eu/', 'eu'],
  ['prod-eu-west-1/web/', 'prod-eu-west-1'],
  ['eu.prod/', 'eu.prod'],
  ['live-use1/', 'live-use1'],
  ['westeurope-prod/', 'westeurope-prod'],
  ['me-south-1-prod/', 'me-south-1-prod'],
  ['san-dev/', undefined],
  ['me-dev/', undefined],
  ['e2e-test/', undefined],
  ['test-1/', undefined],
  ['app2-dev/', undefined],
  ['test-utils/', undefined],
  ['live-reload/', undefined],
  ['dev-tools/', undefined],
  ['dev-prod/', undefined],
  ['stage/eu-west-1/web/', 'stage'],
  ['stages/uat/web/', 'uat'],
  ['k8s/prod/eu-west-1/', 'prod'],
  ['base/web/', undefined],
])('the folder %s tells the environment %s', (path, expected) => {
  expect(environmentOfPath(path)).toBe(expected);
});
