import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkBinding, checkNamespace, checkServiceAccount } from './small.ts';

describe('namespaces', () => {
  const of = (spec: string): string[] => saidOf(checkNamespace, `{spec: {${spec}}}`);

  test.each(['finalizers: [kubernetes, a.b/c]'])('%s is good', (spec) => {
    expect(of(spec)).toEqual([]);
  });

  test.each([
    [
      'finalizers: [x, a/b/c, ""]',
      'schema/invalid spec.finalizers[0]',
      'schema/invalid spec.finalizers[1]',
      'schema/invalid spec.finalizers[2]',
    ],
  ])('%s is not', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });
});

describe('accounts', () => {
  const of = (object: string): string[] => saidOf(checkServiceAccount, object);

  test.each(['{metadata: {annotations: {a: b}}}'])('%s is good', (object) => {
    expect(of(object)).toEqual([]);
  });

  test.each([
    [
      '{metadata: {annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}}',
      'schema/server-warning metadata.annotations["kubernetes.io/enforce-mountable-secrets"] (server-warning)',
    ],
  ])('%s is not', (object, ...lines) => {
    expect(of(object)).toEqual(lines);
  });
});

describe('bindings', () => {
  const of = (target: string): string[] => saidOf(checkBinding, `{target: {${target}}}`);

  test.each(['name: a', 'kind: Node, name: a.b'])('%s is good', (target) => {
    expect(of(target)).toEqual([]);
  });

  test.each([
    ['kind: Pod, name: a', 'schema/invalid target.kind'],
    ['kind: Node', 'schema/missing-required target.name'],
    ['name: A', 'schema/invalid target.name'],
  ])('%s is not', (target, ...lines) => {
    expect(of(target)).toEqual(lines);
  });
});
