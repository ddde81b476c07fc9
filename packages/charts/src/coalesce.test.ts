import { type InputReader, type JsonValue, parse } from '@plumbline/core';
import { expect, test } from 'vitest';
import { readChart } from './chart.ts';
import { type ChartValues, coalesceValues, joinValues } from './coalesce.ts';

function filesOf(texts: Readonly<Record<string, string>>): InputReader {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, { path, bytes: new TextEncoder().encode(text) }]));
  return {
    read: (path) => files.get(path),
    list: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort(),
    isFolder: () => false,
    filesBelow: () => [],
  };
}

function yaml(text: string): JsonValue {
  return parse({ path: '', bytes: new TextEncoder().encode(text) })[0]?.value ?? null;
}

const FILES = {
  'a/Chart.yaml': `
name: a
version: 1.0.0
dependencies:
  - {name: b, version: 1.0.0, alias: bee, condition: bee.enabled}
  - {name: c, version: 1.0.0, tags: [cees]}
  - {name: far, version: 1.0.0, repository: "https://charts.example.com"}
`,
  'a/values.yaml': 'x: {y: 1, z: 2, nil: null}\nbee: {size: 2, p: {q: 1}}\nglobal: {region: eu, deep: {m: 1}}\n',
  'a/charts/b/Chart.yaml': 'name: b\nversion: 1.0.0\n',
  'a/charts/b/values.yaml': 'size: 1\nname: b\np: {r: 2}\nglobal: {deep: {m: 0, k: 5}}\n',
  'a/charts/c/Chart.yaml': 'name: c\nversion: 1.0.0\n',
};

function given(text: string): ChartValues | undefined {
  return coalesceValues(readChart('a', filesOf(FILES)), yaml(text));
}

// As Helm 3.19 prints `.Values` with `helm template`.
test('the values that a chart and its subcharts get', () => {
  const values = given('x: {y: null, w: 3}\nbee: {p: {q: null}, name: null}\ntags: {cees: false}\n');
  expect(values?.values).toEqual(
    yaml(`
x: {z: 2, nil: null, w: 3}
tags: {cees: false}
global: {region: eu, deep: {m: 1}}
bee: {size: 2, p: {q: null, r: 2}, global: {region: eu, deep: {m: 1, k: 5}}}
far: {global: {region: eu, deep: {m: 1}}}
`),
  );
  expect([...(values?.subcharts.keys() ?? [])]).toEqual(['bee']);
  expect([...(values?.unseen ?? [])]).toEqual(['far']);
});

test('a condition switches a subchart off, and says more than a tag', () => {
  const values = given('bee: {enabled: false}\n');
  expect([...(values?.subcharts.keys() ?? [])]).toEqual(['c']);
  expect(values?.values.bee).toEqual({ enabled: false, size: 2, p: { q: 1 } });
});

test('no values are known where a subchart is given no mapping', () => {
  expect(given('bee: 1\n')).toBeUndefined();
  expect(given('[1]\n')).toBeUndefined();
});

test('of files the later wins, and null stays', () => {
  expect(joinValues([yaml('a: {b: 1, c: 2}'), yaml('a: {b: null}\nd: 1'), yaml('d: [2]')])).toEqual({ a: { b: null, c: 2 }, d: [2] });
});
