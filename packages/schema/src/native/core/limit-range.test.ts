import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkLimitRange } from './limit-range.ts';

describe('limits', () => {
  const of = (limit: string): string[] => saidOf(checkLimitRange, `{spec: {limits: [${limit}]}}`);

  test.each([
    '{type: Container, max: {cpu: 2}, min: {cpu: 1}, default: {cpu: 2}, defaultRequest: {cpu: 1}}',
    '{type: Container, max: {cpu: 4}, min: {cpu: 1}, maxLimitRequestRatio: {cpu: 4}}',
    '{type: Pod, max: {cpu: 2}}',
    '{type: PersistentVolumeClaim, min: {storage: 1Gi}}',
    '{type: a.b/c, max: {storage: 1}}',
  ])('%s is good', (limit) => {
    expect(of(limit)).toEqual([]);
  });

  test.each([
    ['{max: {cpu: 1}}', 'schema/missing-required spec.limits[0].type'],
    ['{type: container}', 'schema/enum-case spec.limits[0].type'],
    ['{type: Pod}, {type: Pod}', 'schema/invalid spec.limits[1].type'],
    ['{type: Container, max: {foo: 1}}', 'schema/invalid spec.limits[0].max.foo'],
    ['{type: Container, max: {storage: 1}}', 'schema/invalid spec.limits[0].max.storage'],
    ['{type: Pod, default: {cpu: 1}}', 'schema/invalid spec.limits[0].default'],
    ['{type: PersistentVolumeClaim, min: {cpu: 1}}', 'schema/missing-required spec.limits[0].max'],
    ['{type: Container, max: {cpu: 1}, min: {cpu: 2}}', 'schema/invalid spec.limits[0].min.cpu'],
    ['{type: Container, max: {cpu: 1}, default: {cpu: 2}}', 'schema/invalid spec.limits[0].default.cpu'],
    ['{type: Container, max: {cpu: 1}, defaultRequest: {cpu: 2}}', 'schema/invalid spec.limits[0].defaultRequest.cpu'],
    ['{type: Container, min: {cpu: 2}, default: {cpu: 1}}', 'schema/invalid spec.limits[0].min.cpu'],
    ['{type: Container, default: {cpu: 1}, defaultRequest: {cpu: 1100m}}', 'schema/invalid spec.limits[0].defaultRequest.cpu'],
    ['{type: Container, maxLimitRequestRatio: {cpu: 900m}}', 'schema/invalid spec.limits[0].maxLimitRequestRatio.cpu'],
    [
      '{type: Container, max: {cpu: 4}, min: {cpu: 1}, maxLimitRequestRatio: {cpu: 5}}',
      'schema/invalid spec.limits[0].maxLimitRequestRatio.cpu',
    ],
    ['{type: Container, default: {a.b/c: 2}, defaultRequest: {a.b/c: 1}}', 'schema/invalid spec.limits[0].defaultRequest["a.b/c"]'],
  ])('%s is not', (limit, ...lines) => {
    expect(of(limit)).toEqual(lines);
  });
});
