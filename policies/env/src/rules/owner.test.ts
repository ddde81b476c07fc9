import type { SourceFile } from '@plumbline/core';
import { checkAlone } from '@plumbline/testing';
import { expect, test } from 'vitest';
import { rule } from './owner.ts';

const MAP = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const FILES: Readonly<Record<string, string>> = {
  'environments/uat/a.yaml': MAP('a'),
  'environments/live/kustomization.yaml': 'resources: [a.yaml]\n',
  'environments/live/a.yaml': MAP('a'),
  'environments/live/web/b.yaml': MAP('b'),
};

/** Findings over the files, where `others` lie beside them in the repository. */
async function find(others: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });
  const report = await checkAlone(
    rule,
    Object.entries(FILES).map(([path, text]) => file(path, text)),
    {
      run: {
        readInput: (path) => (others[path] === undefined ? undefined : file(path, others[path])),
        pathKind: (path) =>
          others[path] !== undefined ? 'file' : Object.keys(others).some((other) => other.startsWith(`${path}/`)) ? 'folder' : undefined,
      },
    },
  );
  return [
    ...report.findings.map(({ location, message }) => `${location?.file}:${location?.line} ${message}`),
    ...report.notEvaluated.map(({ reason }) => reason),
  ];
}

test('LIVE that nobody owns is said once', async () => {
  expect(await find({})).toEqual([
    'environments/live/a.yaml:1 no CODEOWNERS file names an owner of environments/live/a.yaml, and 2 more of live below environments/live',
  ]);
  expect(await find({ '.github/CODEOWNERS': '/environments/uat/ @a' })).toEqual([
    'environments/live/a.yaml:1 .github/CODEOWNERS names no owner of environments/live/a.yaml, and 2 more of live below environments/live',
  ]);
});

test('a part of LIVE that nobody owns', async () => {
  expect(await find({ CODEOWNERS: '/environments/live/ @a\n/environments/live/web/' })).toEqual([
    'environments/live/web/b.yaml:1 CODEOWNERS names no owner of environments/live/web/b.yaml',
  ]);
});

test('LIVE that somebody owns', async () => {
  expect(await find({ CODEOWNERS: '/environments/live/ @a' })).toEqual([]);
  expect(await find({ 'docs/CODEOWNERS': 'live/ @a' })).toEqual([]);
});

test('GitLab and GitHub look in places of their own', async () => {
  const here = { '.gitlab-ci.yml': '', '.gitlab/CODEOWNERS': '[Live]\n/environments/live/ @a' };
  expect(await find(here)).toEqual([]);
  expect(await find({ '.github/workflows/a.yaml': '', CODEOWNERS: '[Live]\n/environments/live/ @a' })).toEqual([]);
  expect(await find({ '.github/workflows/a.yaml': '', CODEOWNERS: '[Live] @a\n/environments/live/' })).toHaveLength(1);
  // Without a slash at its end GitLab means a file.
  expect(await find({ '.gitlab-ci.yml': '', CODEOWNERS: '/environments/live @a' })).toHaveLength(1);
  expect(await find({ CODEOWNERS: '/environments/live @a' })).toEqual([]);
});
