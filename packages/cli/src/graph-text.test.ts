import { parse, type RepositoryGraph, repositoryGraph } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { graphDot, graphJson, graphText } from './graph-text.ts';
import type { OwnedTwice } from './owned-twice.ts';

const all = (): boolean => true;

function graphOf(texts: Readonly<Record<string, string>>): RepositoryGraph {
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  return repositoryGraph(files, { parseFile: parse });
}

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const FLUX = (name: string, path: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n  sourceRef:\n    kind: GitRepository\n    name: all\n`;

const SHOP = graphOf({
  'base/kustomization.yaml': 'resources: [a.yaml, gone.yaml]\n',
  'base/a.yaml': MANIFEST,
  'parts/tls/kustomization.yaml': 'kind: Component\n',
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/live/kustomization.yaml': 'resources: [../../base, "https://example.com/crds?ref=v1"]\ncomponents: [../../parts/tls]\n',
  'clusters/live/apps.yaml': `${FLUX('apps', './overlays/live')}---\n${FLUX('platform', './platform')}---\n${FLUX('lost', './nowhere')}`,
  'platform/a.yaml': MANIFEST,
  'platform/b.yaml': MANIFEST,
});

describe('the tree', () => {
  test('leads from what applies to what is included, and marks what is wrong', () => {
    expect(graphText(SHOP, all)).toBe(`clusters/live  [live]
├─ Kustomization apps → overlays/live  [live]
│  ├─ base
│  │  ├─ missing: base/gone.yaml
│  │  └─ base/a.yaml
│  ├─ component parts/tls  [component, live]
│  └─ remote: https://example.com/crds?ref=v1
├─ Kustomization platform → platform  [live]
│  └─ 2 files
├─ missing: ./nowhere (Kustomization lost)
└─ clusters/live/apps.yaml
overlays/dev  [dev, nobody applies it]
└─ base  (shown above)

2 paths are named and not there
1 kustomization or chart that nothing includes or applies
`);
  });
  test('may begin anywhere', () => {
    expect(graphText(SHOP, ({ id }) => id === 'overlays/dev')).toBe(`overlays/dev  [dev, nobody applies it]
└─ base
   ├─ missing: base/gone.yaml
   └─ base/a.yaml

1 kustomization or chart that nothing includes or applies
`);
  });
  test('ends where a circle closes', () => {
    const circle = graphOf({ 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' });
    expect(graphText(circle, all)).toBe('a\n└─ b\n   └─ a  (cycle)\n\na circle: a → b → a\n');
    expect(circle.hasDeployers).toBe(false);
  });
  test('of nothing says so', () => {
    expect(graphText(graphOf({ 'a.yaml': MANIFEST }), all)).toBe('nothing includes or applies anything\n');
  });
});

test('dot has a node for each unit and an edge for each reason', () => {
  expect(graphDot(SHOP, ({ id }) => id === 'overlays/live')).toBe(`digraph plumbline {
  rankdir=LR;
  node [shape=box];
  "base" [label="base"];
  "missing base/gone.yaml" [label="base/gone.yaml", color=red, fontcolor=red];
  "base" -> "missing base/gone.yaml" [color=red];
  "overlays/live" [label="overlays/live\\nlive"];
  "overlays/live" -> "base";
  "overlays/live" -> "parts/tls" [style=dotted];
  "overlays/live" -> "https://example.com/crds?ref=v1" [style=dashed];
  "parts/tls" [label="parts/tls\\nlive", style=rounded];
}
`);
});

describe('circles', () => {
  const ROUND = graphOf({
    'a/kustomization.yaml': 'resources: [../b]\n',
    'b/kustomization.yaml': 'resources: [../c]\n',
    'c/kustomization.yaml': 'resources: [../a, ../d]\n',
    'd/kustomization.yaml': 'resources: [../d2]\n',
    'd2/kustomization.yaml': 'resources: []\n',
    'clusters/live/self.yaml': FLUX('self', './clusters/live'),
  });
  test('are named once, from their first node; what applies its own folder is none', () => {
    expect(ROUND.cycles).toEqual([['a', 'b', 'c']]);
    expect(graphText(ROUND, all)).toContain('\na circle: a → b → c → a\n');
  });
});

describe('the JSON', () => {
  test('has nodes, what they lead to by which object, and circles', () => {
    const { nodes, cycles, schemaVersion } = JSON.parse(graphJson(SHOP, ({ id }) => id === 'clusters/live'));
    expect([schemaVersion, cycles]).toEqual([1, []]);
    expect(nodes).toEqual([
      {
        id: 'clusters/live',
        kind: 'files',
        environment: 'live',
        files: ['clusters/live/apps.yaml'],
        edges: [
          { to: 'overlays/live', how: 'applies', by: 'Kustomization apps', at: { file: 'clusters/live/apps.yaml', line: 1 } },
          { to: 'platform', how: 'applies', by: 'Kustomization platform', at: { file: 'clusters/live/apps.yaml', line: 11 } },
        ],
        missing: ['./nowhere (Kustomization lost)'],
        remote: [],
        isOrphan: false,
      },
    ]);
  });
});

describe('what two own', () => {
  const apps = { name: 'Kustomization apps', file: 'clusters/live/apps.yaml', line: 4 };
  const other = { name: 'Kustomization other', file: 'elsewhere/other.yaml', line: 4 };
  const map = { name: 'ConfigMap a', file: 'base/a.yaml', line: 4 };
  const owned: readonly OwnedTwice[] = [
    { owners: [apps, other], owned: [map, { ...map, name: 'ConfigMap b' }] },
    { owners: [other, apps], owned: [] },
  ];
  const none = (): boolean => false;
  test('stands below the tree', () => {
    expect(graphText(SHOP, ({ id }) => id === 'platform', owned)).toBe(`platform  [live]
└─ 2 files

owned by two: ConfigMap a and 1 more, by Kustomization apps (clusters/live/apps.yaml:4) and Kustomization other (elsewhere/other.yaml:4)
owned by two: all of it, by Kustomization other (elsewhere/other.yaml:4) and Kustomization apps (clusters/live/apps.yaml:4)
`);
  });
  test('hangs on the folders of its owners in the picture', () => {
    expect(graphDot(SHOP, none, owned.slice(0, 1))).toBe(`digraph plumbline {
  rankdir=LR;
  node [shape=box];
  "owned by two 1" [label="ConfigMap a and 1 more", shape=note, color=red, fontcolor=red];
  "clusters/live" -> "owned by two 1" [label="Kustomization apps", color=red, fontcolor=red];
  "Kustomization other (elsewhere/other.yaml:4)" -> "owned by two 1" [label="Kustomization other", color=red, fontcolor=red];
}
`);
  });
  test('is in the JSON', () => {
    expect(JSON.parse(graphJson(SHOP, none, owned)).ownedTwice).toEqual(owned);
  });
});
