import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkJob } from './job.ts';

describe('selectors', () => {
  const of = (members: string): string[] => saidOf(checkJob, `{metadata: {name: j}, spec: {${members}}}`);

  test.each([
    'template: {metadata: {labels: {job-name: j}}}',
    'selector: {matchLabels: {job-name: j}}',
    'selector: {matchExpressions: [{key: x, operator: DoesNotExist}, {key: job-name, operator: Exists}]}',
    'manualSelector: true, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}',
    'manualSelector: true, selector: {}',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    [
      'template: {metadata: {labels: {job-name: x, controller-uid: u}}}',
      'wl/selector-mismatch spec.template.metadata.labels.job-name',
      'wl/selector-mismatch spec.template.metadata.labels.controller-uid',
    ],
    ['selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}', 'wl/selector-mismatch spec.selector.matchLabels.a'],
    ['selector: {matchExpressions: [{key: a, operator: Exists}]}', 'wl/selector-mismatch spec.selector.matchExpressions[0].key'],
    ['manualSelector: true', 'schema/missing-required spec.selector'],
    [
      'manualSelector: true, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}}',
      'wl/selector-mismatch spec.template.metadata.labels.a',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('names of pods', () => {
  const of = (object: string): string[] => saidOf(checkJob, object);

  test.each([
    '{metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}, spec: {completionMode: Indexed, completions: 10}}',
  ])('%s is good', (object) => {
    expect(of(object)).toEqual([]);
  });

  test.each([
    ['{metadata: {name: a.b}, spec: {completions: 10}}', 'schema/server-warning metadata.name (server-warning)'],
    [
      '{metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}, spec: {completionMode: Indexed, completions: 11}}',
      'meta/name-invalid metadata.name',
    ],
    [
      '{metadata: {name: a.b}, spec: {completionMode: Indexed, completions: 10}}',
      'schema/server-warning metadata.name (server-warning)',
      'meta/name-invalid metadata.name',
    ],
  ])('%s is not', (object, ...lines) => {
    expect(of(object)).toEqual(lines);
  });
});
