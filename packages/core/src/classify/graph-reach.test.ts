import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { repositoryGraph } from './graph.ts';
import { reachOfFolder } from './graph-reach.ts';

const flux =
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./apps, sourceRef: {kind: GitRepository, name: a}}\n';
const files = {
  'clusters/live/apps.yaml': flux,
  'clusters/live/kustomization.yaml': 'resources: [apps.yaml]\n',
  'apps/kustomization.yaml': 'resources: [../base, a.yaml]\ncomponents: [../extra]\n',
  'apps/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'base/kustomization.yaml': 'resources: [../more]\n',
  'more/kustomization.yaml': 'resources: [../base]\n',
  'extra/kustomization.yaml': 'kind: Component\n',
};
const graph = repositoryGraph(
  Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
  { parseFile: parse },
);
const ids = (folder: string): readonly string[] => reachOfFolder(graph, folder).map(({ id }) => id);

test('what a build includes, circles too, and not what its objects apply', () => {
  expect(ids('apps')).toEqual(['apps', 'base', 'extra', 'more']);
  expect(ids('clusters/live')).toEqual(['clusters/live']);
  expect(ids('gone')).toEqual([]);
});
