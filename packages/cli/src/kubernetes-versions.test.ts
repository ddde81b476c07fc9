import { expect, test } from 'vitest';
import { parseVersions } from './kubernetes-versions.ts';

const KNOWN = ['1.37', '1.36', '1.35', '1.34'];

test('minors, patch versions, lists, each once', () => {
  expect(parseVersions(['1.34', 'v1.35.2,1.34', 'latest'], KNOWN)).toEqual(['1.34', '1.35', '1.37']);
  expect(parseVersions([], KNOWN)).toEqual([]);
});

test('an unknown one names those that are known', () => {
  expect(() => parseVersions(['1.99'], KNOWN)).toThrow('unknown Kubernetes version "1.99"; known are 1.34 to 1.37');
  expect(() => parseVersions(['one'], KNOWN)).toThrow('unknown Kubernetes version "one"');
});
