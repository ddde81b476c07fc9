import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkControllerRevision, checkDisruptionBudget } from './small.ts';

describe('revisions', () => {
  const of = (members: string): string[] => saidOf(checkControllerRevision, `{${members}}`);

  test.each(['revision: 1, data: {}'])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['revision: -1, data: {}', 'schema/invalid revision'],
    ['revision: 1', 'schema/missing-required data'],
    ['data: null', 'schema/missing-required data'],
    ['data: [a]', 'schema/missing-required data'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('budgets', () => {
  const of = (spec: string): string[] => saidOf(checkDisruptionBudget, `{spec: {${spec}}}`);

  test.each(['', 'minAvailable: 0', 'maxUnavailable: 100%, unhealthyPodEvictionPolicy: AlwaysAllow'])('%s is good', (spec) => {
    expect(of(spec)).toEqual([]);
  });

  test.each([
    ['minAvailable: 1, maxUnavailable: 1', 'ha/pdb-policy spec.maxUnavailable'],
    ['minAvailable: 101%', 'schema/invalid spec.minAvailable'],
    ['minAvailable: -1', 'schema/invalid spec.minAvailable'],
    ['maxUnavailable: "1"', 'schema/invalid spec.maxUnavailable'],
    ['unhealthyPodEvictionPolicy: always', 'schema/invalid spec.unhealthyPodEvictionPolicy'],
  ])('%s is not', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });
});
