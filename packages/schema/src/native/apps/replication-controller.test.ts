import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkReplicationController } from './replication-controller.ts';

describe('controllers', () => {
  const of = (spec: string): string[] => saidOf(checkReplicationController, `{spec: {${spec}}}`);

  test.each([
    'selector: {a: b}, template: {metadata: {labels: {a: b, c: d}}}',
    'template: {metadata: {labels: {a: b}}}',
    'selector: {}, template: {metadata: {labels: {a: b}}}',
  ])('%s is good', (spec) => {
    expect(of(spec)).toEqual([]);
  });

  test.each([
    ['template: {metadata: {}}', 'wl/selector-mismatch spec.selector'],
    ['template: {spec: {containers: [{name: a, image: b}]}}', 'wl/selector-mismatch spec.selector'],
    ['selector: {a: c}, template: {metadata: {labels: {a: b}}}', 'wl/selector-mismatch spec.template.metadata.labels.a'],
    ['selector: {c: d}, template: {metadata: {labels: {a: b}}}', 'wl/selector-mismatch spec.template.metadata.labels.c'],
    [
      'replicas: -1, minReadySeconds: -1, template: {metadata: {labels: {a: b}}}',
      'schema/invalid spec.replicas',
      'schema/invalid spec.minReadySeconds',
    ],
  ])('%s is not', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });
});
