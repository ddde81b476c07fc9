import { expect, test } from 'vitest';
import type { Unit } from '../classify/unit.ts';
import type { Document } from '../read/document.ts';
import type { Resource } from '../read/resource.ts';
import { parseGvk } from '../values/gvk.ts';
import { collect } from './collect.ts';

const UNIT: Unit = { id: '.', kind: 'files', root: '.', versions: ['1.37'], state: 'as-applied' };

function resource(
  path: string,
  apiVersion: string,
  kind: string,
  name: string,
  namespace?: string,
  index = 0,
  root: (string | number)[] = [],
): Resource {
  const document = { file: { path, bytes: new Uint8Array() }, index } as Document; // collect reads no more of it
  return { gvk: parseGvk(apiVersion, kind), namespace, name, object: {}, document, root, unit: UNIT };
}

const MANY = [
  resource('b.yaml', 'v1', 'Service', 'web', 'shop'),
  resource('a.yaml', 'v1', 'Service', 'web', 'shop', 1),
  resource('a.yaml', 'v1', 'Service', 'api', undefined, 0, ['items', 10]),
  resource('a.yaml', 'v1', 'Service', 'one', undefined, 0, ['items', 9]),
  resource('a.yaml', 'apps/v1', 'Deployment', 'web', 'shop', 2),
];

test('the order of the input does not count', () => {
  const shown = (resources: readonly Resource[]) =>
    collect(resources)
      .all()
      .map(({ document, root, name }) => [document.file.path, document.index, ...root, name].join(' '));
  expect(shown(MANY)).toEqual(['a.yaml 0 items 9 one', 'a.yaml 0 items 10 api', 'a.yaml 1 web', 'a.yaml 2 web', 'b.yaml 0 web']);
  expect(shown([...MANY].reverse())).toEqual(shown(MANY));
});

test('the first of a kind and name is found', () => {
  const inventory = collect(MANY);
  expect(inventory.byKey('Service', 'shop', 'web')?.document.file.path).toBe('a.yaml');
  expect(inventory.byKey('apps/Deployment', 'shop', 'web')?.gvk.kind).toBe('Deployment');
  expect(inventory.byKey('Service', undefined, 'api')?.name).toBe('api');
  expect(inventory.byKey('Service', 'shop', 'api')).toBeUndefined();
  expect(inventory.byKind('Pod')).toEqual([]);
});

test('external objects and those elsewhere are known to exist', () => {
  const others = [resource('x.yaml', 'v1', 'Secret', 'tls', 'edge'), resource('x.yaml', 'v1', 'ConfigMap', 'any')];
  const elsewhere = (key: string, name: string) => others.filter((each) => each.gvk.kind === key && each.name === name);
  const inventory = collect(
    [],
    {},
    [
      { kind: 'Secret', namespace: 'shop-*', name: 'db-*' },
      { kind: 'Certificate', name: '*' },
    ],
    elsewhere,
  );
  expect(inventory.isExternal('Secret', 'shop-live', 'db-main')).toBe(true);
  expect(inventory.isExternal('Secret', 'other', 'db-main')).toBe(false);
  expect(inventory.isExternal('cert-manager.io/Certificate', undefined, 'x')).toBe(true);
  expect(inventory.isExternal('Secret', 'edge', 'tls')).toBe(true);
  expect(inventory.isExternal('Secret', 'shop', 'tls')).toBe(false);
  expect(inventory.isExternal('ConfigMap', 'shop', 'any')).toBe(true);
});
