import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildRequest, BuildResult, Expander, InputReader } from '@plumbline/core';
import { afterAll, expect, test } from 'vitest';
import { kustomizeExpander } from '../kustomize/expander.ts';
import { memoryReader } from '../kustomize/memory-reader.ts';
import { knownBuilds } from './known-builds.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-builds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

const FILES = {
  'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{name: settings, files: [app.properties]}]\n',
  'base/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n',
  'base/app.properties': 'a=1\n',
  'live/kustomization.yaml': 'resources: [../base]\nnamespace: live\npatches: [{path: patch.yaml}]\n',
  'live/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n',
};

const LIVE: BuildRequest = { kind: 'kustomization', folder: 'live', versions: ['1.37'], lookUp: () => undefined };

/** Builds `live` in a run over some files, then in one over others; says what the second gave and how often it built. */
function twice(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): { result: BuildResult; built: () => number } {
  const place = join(folder, String(count++));
  const store = openStore(place, 'a');
  knownBuilds(kustomizeExpander(), store).build(LIVE, reader(first));
  store.save();
  let times = 0;
  const counting: Expander = {
    build(request, inputs) {
      times++;
      return kustomizeExpander().build(request, inputs);
    },
  };
  const result = knownBuilds(counting, openStore(place, 'a')).build(LIVE, reader(second));
  return { result, built: () => times };
}

function reader(files: Readonly<Record<string, string>>): InputReader {
  return memoryReader(files);
}

const PATHS = [[], ['metadata', 'name'], ['metadata', 'namespace'], ['spec', 'replicas'], ['kind'], ['data', 'app.properties']];

/** All that can be asked of a build. */
function told(result: BuildResult): unknown {
  if (!('objects' in result)) return result;
  return {
    inputs: result.inputs,
    objects: result.objects.map((built) => [
      built.object,
      PATHS.map((path) => [built.locate(path), built.locate(path, 'key'), built.locate(path, 'value')]),
    ]),
  };
}

test('a build of the same files is not done again, until somebody asks where a field was written', () => {
  const { result, built } = twice(FILES, { ...FILES, 'other/file.yaml': 'a: 1\n' });
  if (!('objects' in result)) throw new Error('it builds');
  expect(result.objects.map(({ object }) => object.kind)).toEqual(['ConfigMap', 'Deployment']);
  expect(result.objects.map(({ known }) => known && { ...known, home: [known.home.file, known.home.line] })).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'live',
      name: expect.stringMatching(/^settings-/),
      home: ['base/kustomization.yaml', 2],
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'live', name: 'web', home: ['base/web.yaml', 3] },
  ]);
  expect(built()).toBe(0);
  expect(told(result)).toEqual(told(kustomizeExpander().build(LIVE, reader(FILES))));
  expect(built()).toBe(1);
});

for (const path of Object.keys(FILES)) {
  test(`a change of ${path} builds it anew`, () => {
    const changed = { ...FILES, [path]: `${FILES[path as keyof typeof FILES]}# changed\n` }; // one of its keys
    const { result, built } = twice(FILES, changed);
    expect(built()).toBe(1);
    expect(told(result)).toEqual(told(kustomizeExpander().build(LIVE, reader(changed))));
  });
  test(`without ${path} it is built anew`, () => {
    const { [path as keyof typeof FILES]: _gone, ...rest } = FILES;
    expect(told(twice(FILES, rest).result)).toEqual(told(kustomizeExpander().build(LIVE, reader(rest))));
    expect(told(twice(rest, FILES).result)).toEqual(told(kustomizeExpander().build(LIVE, reader(FILES))));
  });
}

test('a file that was not there and now is counts as a change', () => {
  const more = { ...FILES, 'live/kustomization.yml': 'resources: []\n' };
  expect(told(twice(FILES, more).result)).toEqual(told(kustomizeExpander().build(LIVE, reader(more))));
});

test('that a build cannot be done here is known too', () => {
  const remote = { ...FILES, 'live/kustomization.yaml': 'resources: ["https://github.com/example/repo//deploy?ref=v1"]\n' };
  const { result, built } = twice(remote, remote);
  expect(result).toEqual(kustomizeExpander().build(LIVE, reader(remote)));
  expect(built()).toBe(0);
});
