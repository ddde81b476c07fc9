import { testRule } from '@plumbline/testing';
import { past } from '../past-of.ts';
import { rule } from './stale-branch.ts';

const LIVE = 'environments/live/web.yaml';
const UAT = 'environments/uat/web.yaml';
const web = (version: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: a/web:${version}\n`;
const live = (mine: string, theirs: string, commits: Parameters<typeof past>[0], today: string | undefined) => ({
  yaml: web(mine),
  path: LIVE,
  files: { [UAT]: web(theirs) },
  run: { history: past(commits), ...(today === undefined ? {} : { today }) },
});
const TRIED = [{ [UAT]: web('1.3.0') }, { [UAT]: web('1.3.0\n') }, { [UAT]: web('1.2.0'), [LIVE]: web('1.2.0') }];

testRule(rule, {
  valid: {
    'a version that waits for 30 days': live('1.2.0', '1.3.0', TRIED, '2026-07-29'),
    'a version that LIVE has': live('1.3.0', '1.3.0', TRIED, '2027-07-30'),
    'a version that is older in UAT': live('1.4.0', '1.3.0', TRIED, '2027-07-30'),
    'a version that is not committed yet': live('1.2.0', '1.4.0', TRIED, '2027-07-30'),
    'nobody says which day it is': live('1.2.0', '1.3.0', TRIED, undefined),
    'texts that tell no order': live('8f3ab2', '1c99e0', [{ [UAT]: web('1c99e0') }], '2027-07-30'),
  },
  invalid: {
    'a version that waits for longer': {
      ...live('1.2.0', '1.3.0', TRIED, '2026-07-30'),
      problems: [{ line: 10, message: 'image "web" is 1.2.0 in live, and has been 1.3.0 in uat for 31 days', severity: 'info' }],
    },
    'a version that waits for longer than a number of days': {
      ...live('1.2.0', '1.3.0', TRIED, '2026-07-07'),
      options: { days: 7 },
      problems: [{ line: 10, message: 'image "web" is 1.2.0 in live, and has been 1.3.0 in uat for 8 days' }],
    },
  },
});
