import { testRule } from '@plumbline/testing';
import { rule } from './version-order.ts';

const deployment = (image: string, name = 'web'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`;
const release = (version: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\nspec:\n  chart:\n    spec:\n      chart: web\n      version: "${version}"\n`;
const live = (mine: string, theirs: string, at = 'environments/uat/web.yaml') => ({
  yaml: mine,
  path: 'environments/live/web.yaml',
  files: { [at]: theirs },
});

testRule(rule, {
  valid: {
    'the same version': live(deployment('a/web:1.2.0'), deployment('a/web:1.2.0')),
    'an older version in LIVE': live(deployment('a/web:1.2.0'), deployment('a/web:1.10.0')),
    'another registry': live(deployment('x:5000/web:1.2.0'), deployment('y/web:1.2.0')),
    'another image': live(deployment('a/web:2.0.0'), deployment('a/httpd:1.0.0')),
    'texts that do not tell': live(deployment('a/web:8f3ab2'), deployment('a/web:1c99e0')),
    'variants of one version': live(deployment('a/web:1.2.0'), deployment('a/web:1.2.0-rc.1')),
    'numbers of two schemes': live(deployment('a/web:2024.1'), deployment('a/web:1.24')),
    'ranges of a chart': live(release('>=1.0.0'), release('>=1.0.0-alpha')),
    'another component': live(deployment('a/web:2.0.0'), deployment('a/web:1.0.0', 'shop')),
    'an environment without a place in the order': live(deployment('a/web:2.0.0'), deployment('a/web:1.0.0'), 'environments/demo/web.yaml'),
    'DEV may be ahead of all': {
      yaml: deployment('a/web:2.0.0'),
      path: 'environments/dev/web.yaml',
      files: { 'environments/live/web.yaml': deployment('a/web:1.0.0') },
    },
    'one of two clusters of the stage before has it': {
      yaml: deployment('a/web:2.0.0'),
      path: 'clusters/prod-eu/web.yaml',
      files: { 'clusters/staging-eu/web.yaml': deployment('a/web:2.0.0'), 'clusters/staging-us/web.yaml': deployment('a/web:1.0.0') },
    },
    'only the environment right before counts': {
      yaml: deployment('a/web:2.0.0'),
      path: 'environments/live/web.yaml',
      files: { 'environments/uat/web.yaml': deployment('a/web:2.0.0'), 'environments/qa/web.yaml': deployment('a/web:1.0.0') },
    },
  },
  invalid: {
    'an image that is newer in LIVE': {
      ...live(deployment('a/web:1.10.0'), deployment('b/web:1.9.3')),
      problems: [
        {
          message: 'image "web" is 1.10.0 in live, and only 1.9.3 in uat, which comes before',
          line: 10,
          path: '/spec/template/spec/containers/0/image',
          severity: 'error',
        },
      ],
    },
    'names that say their environment': {
      ...live(deployment('a/web:2.0.0', 'web-live'), deployment('a/web:1.0.0', 'web-uat')),
      problems: [{ line: 10, message: /is 2\.0\.0 in live, and only 1\.0\.0 in uat/ }],
    },
    'a chart': {
      ...live(release('2.0.0'), release('1.0.0')),
      problems: [{ line: 9, message: 'chart "web" is 2.0.0 in live, and only 1.0.0 in uat, which comes before' }],
    },
    'QA before DEV is less grave': {
      yaml: deployment('a/web:2.0.0'),
      path: 'environments/qa/web.yaml',
      files: { 'environments/dev/web.yaml': deployment('a/web:1.0.0') },
      problems: [{ line: 10, severity: 'warning' }],
    },
  },
});

testRule(
  rule,
  {
    valid: {
      'the order of the configuration counts, not the names': {
        yaml: deployment('a/web:2.0.0'),
        path: 'environments/live/web.yaml',
        files: { 'environments/uat/web.yaml': deployment('a/web:1.0.0') },
      },
    },
    invalid: {
      'an environment of the configuration': {
        yaml: deployment('a/web:2.0.0'),
        path: 'environments/uat/web.yaml',
        files: { 'environments/live/web.yaml': deployment('a/web:1.0.0') },
        problems: [{ line: 10, message: 'image "web" is 2.0.0 in second, and only 1.0.0 in first, which comes before' }],
      },
    },
  },
  {
    config: {
      environments: [
        { name: 'first', paths: ['environments/live'] },
        { name: 'second', paths: ['environments/uat'] },
      ],
    },
  },
);
