import { expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkEvent } from './event.ts';

const said = (text: string, group = ''): string[] =>
  saidOf((object, judgement) => checkEvent(object, { ...judgement, gvk: { group, version: 'v1', kind: 'Event' } }), `{${text}}`);
const NEW = 'eventTime: "2026-01-31T12:00:00.000000Z", reportingInstance: i, action: a, reason: r';

test.each([
  ['metadata: {namespace: a}, involvedObject: {namespace: a}'],
  ['metadata: {namespace: default}, involvedObject: {}'],
  ['involvedObject: {namespace: a}'],
  ['metadata: {namespace: a}, involvedObject: {namespace: b}', 'schema/invalid involvedObject.namespace'],
  ['metadata: {namespace: a}', 'schema/invalid involvedObject.namespace'],
  [`${NEW}, reportingComponent: a.b/c`],
  [`${NEW}, reportingComponent: a b`, 'schema/invalid reportingComponent'],
  [
    'eventTime: "2026-01-31T12:00:00.000000Z"',
    'schema/missing-required reportingComponent',
    'schema/missing-required reportingInstance',
    'schema/missing-required action',
    'schema/missing-required reason',
  ],
  [`${NEW}, reportingComponent: a, message: ${'m'.repeat(1025)}`, 'schema/invalid message'],
])('%s', (text, ...lines) => {
  expect(said(text)).toEqual(lines);
});

test.each([
  [`${NEW}, reportingController: a, type: Normal, series: {count: 2, lastObservedTime: "2026-01-31T12:00:00.000000Z"}`],
  [`${NEW}, reportingController: a`, 'schema/missing-required type'],
  [`${NEW}, reportingController: a, type: normal`, 'schema/enum-case type'],
  ['type: Normal', 'schema/missing-required eventTime'],
  [
    `${NEW}, reportingController: a, type: Normal, series: {count: 1}`,
    'schema/invalid series.count',
    'schema/missing-required series.lastObservedTime',
  ],
  [
    `${NEW}, reportingController: a, type: Normal, deprecatedCount: 1, deprecatedSource: {component: a}`,
    'schema/invalid deprecatedCount',
    'schema/invalid deprecatedSource',
  ],
  [`${NEW}, reportingController: a, type: Normal, deprecatedCount: 0, deprecatedSource: {}`],
])('of events.k8s.io: %s', (text, ...lines) => {
  expect(said(text, 'events.k8s.io')).toEqual(lines);
});
