import { checkAlone, testRule } from '@plumbline/testing';
import { expect, test } from 'vitest';
import { past } from '../past-of.ts';
import { rule } from './version-skipped.ts';

const LIVE = 'environments/live/web.yaml';
const UAT = 'environments/uat/web.yaml';
const DEV = 'environments/dev/web.yaml';
const web = (version: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: a/web:${version}\n`;
const live = (mine: string, theirs: string, commits: Parameters<typeof past>[0], incomplete?: string) => ({
  yaml: web(mine),
  path: LIVE,
  files: { [UAT]: web(theirs) },
  run: { history: past(commits, incomplete) },
});

testRule(rule, {
  valid: {
    'the version that UAT has': live('1.2.0', '1.2.0', [{ [LIVE]: web('1.2.0') }, { [UAT]: web('1.1.0') }]),
    'a version that UAT had': live('1.2.1', '1.3.0', [{ [UAT]: web('1.3.0') }, { [LIVE]: web('1.2.1') }, { [UAT]: web('1.2.1') }]),
    'a version that UAT had, written with a v': live('v1.2.1', '1.3.0', [{ [LIVE]: web('v1.2.1') }, { [UAT]: web('1.2.1') }]),
    'a version that a file beside had, which is not there any more': live('1.2.1', '1.3.0', [
      { [LIVE]: web('1.2.1'), [UAT]: web('1.3.0') },
      { 'environments/uat/old.yaml': web('1.2.1'), [UAT]: web('1.0.0') },
    ]),
    'a version with which LIVE began, before UAT was there': live('1.2.1', '1.3.0', [{ [UAT]: web('1.3.0') }, { [LIVE]: web('1.2.1') }]),
    'a version with which both began': live('1.2.1', '1.3.0', [{ [UAT]: web('1.3.0'), [LIVE]: web('1.2.1') }]),
    'a newer version, which env/version-order says': live('1.4.0', '1.3.0', [{ [LIVE]: web('1.4.0') }, { [UAT]: web('1.3.0') }]),
    'a branch': live('main', '1.3.0', [{ [LIVE]: web('main') }, { [UAT]: web('1.3.0') }]),
    ...Object.fromEntries(
      [
        ['1.2.1', 'latest'],
        ['1.2.1', '1.3.0-rc.2'],
        ['1.2.1', '8f3ab21'],
        ['8f3ab21', 'main'],
        ['1.2', '1.x'],
      ].map(([mine = '', theirs = '']) => [
        `${mine} where UAT names ${theirs}`,
        live(mine, theirs, [{ [LIVE]: web(mine) }, { [UAT]: web(theirs) }]),
      ]),
    ),
    'a version that DEV has': {
      ...live('1.2.1', '1.3.0', [{ [LIVE]: web('1.2.1') }, { [UAT]: web('1.3.0') }]),
      files: { [UAT]: web('1.3.0'), [DEV]: web('1.2.1') },
    },
    'LIVE where nothing comes before': { yaml: web('1.2.1'), path: LIVE },
    'a version of UAT': { yaml: web('1.2.1'), path: UAT, files: { [LIVE]: web('1.2.0') } },
  },
  invalid: {
    'a fix that went straight to LIVE': {
      ...live('1.2.1', '1.3.0', [{ [LIVE]: web('1.2.1') }, { [UAT]: web('1.3.0') }, { [LIVE]: web('1.2.0'), [UAT]: web('1.2.0') }]),
      problems: [{ line: 10, message: 'image "web" is 1.2.1 in live, which uat never had', severity: 'warning' }],
    },
    'one that is not committed yet': {
      ...live('1.2.1', '1.3.0', [{ [UAT]: web('1.3.0') }, { [LIVE]: web('1.2.0'), [UAT]: web('1.2.0') }]),
      problems: [{ line: 10, message: 'image "web" is 1.2.1 in live, which uat never had' }],
    },
    'a commit that was built from a branch': {
      ...live('8f3ab21', '1c99e04', [{ [LIVE]: web('8f3ab21') }, { [UAT]: web('1c99e04') }, { [UAT]: web('77aa1b0') }]),
      problems: [{ line: 10, message: 'image "web" is 8f3ab21 in live, which uat never had' }],
    },
    'a version that is only a part of one that UAT had': {
      ...live('1.2.1', '1.3.0', [
        { [LIVE]: web('1.2.1') },
        { [UAT]: web('1.3.0') },
        { [UAT]: web('1.2.1-alpine') },
        { [UAT]: web('11.2.1') },
      ]),
      problems: [{ line: 10, message: 'image "web" is 1.2.1 in live, which uat never had' }],
    },
    'a tag of branch and commit': {
      ...live('main-8f3ab21-17', 'main-1c99e04-18', [{ [LIVE]: web('main-8f3ab21-17') }, { [UAT]: web('main-1c99e04-18') }]),
      problems: [{ line: 10, message: 'image "web" is main-8f3ab21-17 in live, which uat never had' }],
    },
    'none of several': {
      ...live('1.2.1', '1.3.0', [{ [LIVE]: web('1.2.1') }, { [UAT]: web('1.3.0'), [DEV]: web('1.4.0') }]),
      files: { [UAT]: web('1.3.0'), [DEV]: web('1.4.0') },
      problems: [{ line: 10, message: 'image "web" is 1.2.1 in live, which none of dev, uat ever had' }],
    },
  },
});

const judge = (run: ReturnType<typeof live>['run'] | undefined) =>
  checkAlone(
    rule,
    [
      { path: LIVE, bytes: new TextEncoder().encode(web('1.2.1')) },
      { path: UAT, bytes: new TextEncoder().encode(web('1.3.0')) },
    ],
    run === undefined ? {} : { run },
  );

test('where the history ends too early, nothing is said unless the version is in what there is', async () => {
  const cut = await judge({ history: past([{ [LIVE]: web('1.2.1') }, { [UAT]: web('1.3.0') }], 'the clone is shallow') });
  expect(cut.findings).toEqual([]);
  expect(cut.notEvaluated.map(({ rule: id, reason, count }) => ({ id, reason, count }))).toEqual([
    { id: 'env/version-skipped', reason: 'the clone is shallow', count: 1 },
  ]);
  const known = await judge({ history: past([{ [LIVE]: web('1.2.1') }, { [UAT]: web('1.2.1') }], 'the clone is shallow') });
  expect([known.findings, known.notEvaluated]).toEqual([[], []]);
});

test('without a history it is not evaluated', async () => {
  expect((await judge(undefined)).notEvaluated.map(({ reason }) => reason)).toEqual(['there is no history of Git to look into']);
});
