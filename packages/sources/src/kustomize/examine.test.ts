import { expect, test } from 'vitest';
import { examineKustomization } from './build.ts';
import { memoryReader } from './memory-reader.ts';

type Files = Readonly<Record<string, string>>;

/** What is wrong with one of the files: `line:column rule message`, and what to write instead. */
function flawsIn(files: Files, path = 'app/kustomization.yaml'): string[] {
  const reader = memoryReader(files);
  const file = reader.read(path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return examineKustomization(file, reader).map(
    ({ rule, message, location, instead }) =>
      `${location.line}:${location.column} ${rule} ${message}${instead === undefined ? '' : ` → ${instead}`}`,
  );
}

test('every wrong field is found, not only the first', () => {
  const text =
    'apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomisation\nresource: [a]\nnamePrefix: 1\nimages:\n  - name: web\n    tag: x\n';
  expect(flawsIn({ 'app/kustomization.yaml': text })).toEqual([
    '3:1 kust/schema a kustomization has no field "resource"; did you mean "resources"? → resources',
    '4:13 kust/schema namePrefix must be a text; put it in quotes, not a number',
    '7:5 kust/schema images[0] has no field "tag"',
    '2:7 kust/schema kind is Kustomization or Component, not "Kustomisation" → Kustomization',
  ]);
});

test('every path that leads nowhere is found, also beside what is not built here', () => {
  const text = [
    'resources: [web.yaml, ../base, ../none, "github.com/acme/app?ref=v1"]',
    'components: [../base, ../missing]',
    'patches: [{path: no-patch.yaml}, {patch: "a: b"}]',
    'configMapGenerator: [{name: a, files: [key=no-file, web.yaml], envs: [no.env]}]',
    'helmCharts: [{name: x}]',
  ].join('\n');
  const files = { 'app/kustomization.yaml': text, 'app/web.yaml': '', 'base/kustomization.yaml': 'resources: []\n' };
  expect(flawsIn(files)).toEqual([
    '1:32 kust/missing-path "../none" does not exist, neither as a file nor as a folder',
    '2:23 kust/missing-path the folder "../missing" does not exist',
    '3:18 kust/missing-path the file "no-patch.yaml" does not exist',
    '4:40 kust/missing-path the file "no-file" does not exist',
    '4:71 kust/missing-path the file "no.env" does not exist',
  ]);
});

test('what is wrong with another kustomization is said of that one', () => {
  const files = { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yaml': 'resource: []\n' };
  expect(flawsIn(files)).toEqual([]);
  expect(flawsIn(files, 'base/kustomization.yaml')).toHaveLength(1);
});

test('a file outside, and a kustomization that includes itself', () => {
  const files = { 'app/kustomization.yaml': 'resources: [../web.yaml, ., ../web.yaml]\n', 'web.yaml': '' };
  expect(flawsIn(files)).toEqual([
    '1:13 kust/load-restriction the file "../web.yaml" is not in or below the folder of the kustomization; kustomize reads it only with --load-restrictor LoadRestrictionsNone',
    '1:26 kust/cycle "." includes itself: the build would have no end',
  ]);
});
