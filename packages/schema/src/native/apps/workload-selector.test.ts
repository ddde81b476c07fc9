import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkReplicaSet } from './deployment.ts';

describe('selectors', () => {
  const of = (selector: string): string[] => saidOf(checkReplicaSet, `{spec: {${selector}, template: {metadata: {labels: {a: b, c: d}}}}}`);

  test.each([
    'selector: {matchLabels: {a: b}}',
    'selector: {matchLabels: {a: b}, matchExpressions: [{key: c, operator: In, values: [d, e]}, {key: e, operator: DoesNotExist}, {key: e, operator: NotIn, values: [f]}]}',
    'selector: {matchLabels: {a: "*"}}',
  ])('%s is good', (selector) => {
    expect(of(selector)).toEqual([]);
  });

  test.each([
    ['replicas: 1', 'schema/missing-required spec.selector'],
    ['selector: {}', 'schema/missing-required spec.selector'],
    ['selector: {matchLabels: {}, matchExpressions: []}', 'schema/missing-required spec.selector'],
    ['selector: {matchLabels: {a: x}}', 'wl/selector-mismatch spec.template.metadata.labels.a'],
    ['selector: {matchLabels: {e: f}}', 'wl/selector-mismatch spec.template.metadata.labels.e'],
    ['selector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}', 'wl/selector-mismatch spec.template.metadata.labels.a'],
    ['selector: {matchExpressions: [{key: e, operator: Exists}]}', 'wl/selector-mismatch spec.template.metadata.labels.e'],
  ])('%s is not', (selector, ...lines) => {
    expect(of(selector)).toEqual(lines);
  });
});

describe('names', () => {
  const of = (object: string): string[] => saidOf(checkReplicaSet, `{metadata: {name: ${object}}}`);

  test.each(['a'])('%s is good', (object) => {
    expect(of(object)).toEqual([]);
  });

  test.each([['a.b', 'schema/server-warning metadata.name (server-warning)']])('%s is not', (object, ...lines) => {
    expect(of(object)).toEqual(lines);
  });
});
