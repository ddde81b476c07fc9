import type { JsonObject } from '@plumbline/core';
import { expect, test } from 'vitest';
import { type Around, messagesOf, saidOf } from '../../../test/native-lines.ts';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { POD_KINDS } from '../pod-kinds.ts';
import { checkPodTemplate, type TemplateOptions } from './pod-template.ts';

const check =
  (options: TemplateOptions) =>
  (template: JsonObject, judgement: Judgement): void =>
    checkPodTemplate(template, ROOT.in('spec').in('template'), judgement, options);
const of = (spec: string, options: TemplateOptions, around: Around = {}): string[] =>
  saidOf(check(options), `spec: {containers: [{name: a, image: b}], ${spec}}`, around).map((line) =>
    line.replace('spec.template.spec.', ''),
  );
const RUNS: TemplateOptions = { restartPolicies: ['Always'], refusesDeadline: true };
const ENDS: TemplateOptions = { restartPolicies: ['OnFailure', 'Never'] };

test.each([
  ['', RUNS, []],
  ['restartPolicy: Always', RUNS, []],
  ['restartPolicy: Never, activeDeadlineSeconds: 1', {}, []],
  ['restartPolicy: Never', RUNS, ['ha/restart-policy restartPolicy']],
  ['activeDeadlineSeconds: 1', RUNS, ['schema/invalid activeDeadlineSeconds']],
  ['restartPolicy: OnFailure, activeDeadlineSeconds: 1', ENDS, []],
  ['', ENDS, ['ha/restart-policy restartPolicy']],
  ['restartPolicy: Always', ENDS, ['ha/restart-policy restartPolicy']],
  ['hostname: A', {}, ['schema/invalid hostname']],
  ['hostname: A', { setsHostname: true }, []],
] satisfies [string, TemplateOptions, string[]][])('%s with %o', (spec, options, lines) => {
  expect(of(spec, options)).toEqual(lines);
});

test('the message says what to write', () => {
  expect(messagesOf(check(ENDS), 'spec: {containers: [{name: a, image: b}]}')).toEqual([
    'the pods of a Pod need a restartPolicy of OnFailure or Never, and the default is Always',
  ]);
});

test('a restart policy that a build may add is not missed', () => {
  expect(of('', ENDS, { mayGainFields: true })).toEqual(['ha/restart-policy skipped']);
});

test('a template that is absent has nothing to judge', () => {
  expect(saidOf((_, judgement) => checkPodTemplate(undefined, ROOT, judgement), '{}')).toEqual([]);
});

test('a Pod and a PodTemplate are judged, and a Pod is warned of its name', () => {
  const pod = (text: string): string[] => saidOf((object, judgement) => POD_KINDS['/Pod']?.(object, judgement), text);
  const template = 'template: {metadata: {annotations: {kubernetes.io/config.mirror: a}}, spec: {}}';
  expect(saidOf((object, judgement) => POD_KINDS['/PodTemplate']?.(object, judgement), template)).toEqual([
    'schema/missing-required template.spec.containers',
    'schema/invalid template.metadata.annotations["kubernetes.io/config.mirror"]',
  ]);
  const named = (metadata: string): string[] => pod(`metadata: {${metadata}}\nspec: {containers: [{name: a, image: b}]}`);
  expect(named('name: a')).toEqual([]);
  expect(named('generateName: a-')).toEqual([]);
  expect(named('name: a.b')).toEqual(['meta/name-invalid metadata.name (server-warning)']);
  expect(named('generateName: a.b-')).toEqual(['meta/name-invalid metadata.generateName (server-warning)']);
});
