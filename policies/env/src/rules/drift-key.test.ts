import { testRule } from '@plumbline/testing';
import { rule } from './drift-key.ts';

const settings = (keys: readonly string[], kind = 'ConfigMap', name = 'settings'): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${keys.length === 0 ? '' : `data:\n${keys.map((key) => `  ${key}: YQ==\n`).join('')}`}`;
const at = (environment: string, yaml: string): Readonly<Record<string, string>> => ({ [`environments/${environment}/a.yaml`]: yaml });
const live = (mine: string, ...files: readonly Readonly<Record<string, string>>[]) => ({
  yaml: mine,
  path: 'environments/live/a.yaml',
  files: Object.assign({}, ...files) as Record<string, string>,
});

testRule(rule, {
  valid: {
    'the same keys': live(settings(['A', 'B']), at('uat', settings(['B', 'A']))),
    'a key that DEV alone has, which is two steps before': live(
      settings(['A']),
      at('uat', settings(['A'])),
      at('dev', settings(['A', 'B'])),
    ),
    'a key for looking for faults': live(settings(['A']), at('uat', settings(['A', 'DEBUG', 'MOCK_PAYMENT']))),
    'a key for one environment': live(settings(['A']), at('uat', settings(['A', 'staging.banner', 'UAT_USERS']))),
    'another object': live(settings(['A']), at('uat', settings(['A', 'B'], 'ConfigMap', 'others'))),
    'files that are called after their environment': live(settings(['app-live.yaml']), at('uat', settings(['app-uat.yaml']))),
    'a difference that is declared': { ...live(settings(['A']), at('uat', settings(['A', 'UAT_ONLY']))), options: { allowed: ['*_ONLY'] } },
    'a key more than the only other environment has': live(settings(['A', 'B']), at('uat', settings(['A']))),
  },
  invalid: {
    'a key of UAT that LIVE lacks': {
      ...live(settings(['A']), at('uat', settings(['A', 'B']))),
      problems: [{ line: 5, path: '/data', message: 'key "B" is missing in live, and uat has it' }],
    },
    'of all others, though they come later': {
      yaml: settings(['A'], 'Secret'),
      path: 'environments/dev/a.yaml',
      files: { ...at('uat', settings(['A', 'B'], 'Secret')), ...at('live', settings(['A', 'B'], 'Secret')) },
      problems: [{ line: 5, message: 'key "B" is missing in dev, and uat, live have it' }],
    },
    'nothing at all': { ...live(settings([]), at('uat', settings(['B']))), problems: [{ line: 4, path: '/metadata/name' }] },
    'a key of one in three': {
      ...live(settings(['A', 'B']), at('uat', settings(['A'])), at('qa', settings(['A']))),
      problems: [{ line: 7, path: '/data/B', message: 'key "B" is in live only, and in none of qa, uat' }],
    },
    'generated names': {
      ...live(settings(['A'], 'ConfigMap', 'settings-k9hhttt655'), at('uat', settings(['A', 'B'], 'ConfigMap', 'settings-2f9c4b7dgh'))),
      problems: [{ line: 5 }],
    },
  },
});
