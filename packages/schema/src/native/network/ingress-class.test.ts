import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkIngressClass } from './ingress-class.ts';

describe('classes', () => {
  const of = (spec: string): string[] => saidOf(checkIngressClass, `{spec: {${spec}}}`);

  test.each([
    'controller: a.b/c',
    'controller: a.b/c, parameters: {apiGroup: x.y, kind: K, name: n}',
    'controller: a.b/c, parameters: {kind: K, name: n, scope: Namespace, namespace: a}',
  ])('%s is good', (spec) => {
    expect(of(spec)).toEqual([]);
  });

  test.each([
    ['', 'schema/missing-required spec.controller'],
    ['controller: a', 'schema/invalid spec.controller'],
    ['controller: A/b', 'schema/invalid spec.controller'],
    ['controller: a/b c', 'schema/invalid spec.controller'],
    [
      'controller: a.b/c, parameters: {apiGroup: "", kind: K/L}',
      'schema/invalid spec.parameters.apiGroup',
      'schema/invalid spec.parameters.kind',
      'schema/missing-required spec.parameters.name',
    ],
    ['controller: a.b/c, parameters: {kind: K, name: n, scope: cluster}', 'schema/enum-case spec.parameters.scope'],
    ['controller: a.b/c, parameters: {kind: K, name: n, namespace: a}', 'schema/invalid spec.parameters.namespace'],
    ['controller: a.b/c, parameters: {kind: K, name: n, scope: Namespace}', 'schema/missing-required spec.parameters.namespace'],
    ['controller: a.b/c, parameters: {kind: K, name: n, scope: Namespace, namespace: A}', 'schema/invalid spec.parameters.namespace'],
  ])('%s is not', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });
});
