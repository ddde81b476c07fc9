import { toPointer } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { ports, side } from '../../test/ports.ts';
import { editTexts } from '../reverse/edit-texts.ts';
import { compareImages } from './images.ts';
import { pairEnvironments, promotion } from './promote.ts';

const deployment = (image: string, replicas: number, env: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: NS\nspec:\n  replicas: ${replicas}\n${more}  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n          env:\n${env}`;
const variable = (name: string, value: string): string => `            - name: ${name}\n              value: "${value}"\n`;

/** What happens to `to`, all as texts: its text afterwards, what it keeps, and what is not written. */
function promoted(from: string, to: string, base: string | undefined): { text: string; kept: string[]; not: string[] } {
  const files = { from: from.replace('NS', 'qa'), to: to.replace('NS', 'live'), base: base?.replace('NS', 'qa') };
  const { trios } = pairEnvironments(side(files.from), side(files.to, 'to.yaml'), files.base === undefined ? [] : side(files.base));
  const [trio] = trios;
  if (trio === undefined) throw new Error('no pair');
  const { edits, kept, not } = promotion(trio, ports);
  const made = editTexts(edits, () => files.to);
  return {
    text: (made.texts.get('to.yaml') ?? files.to).replace('namespace: live', 'namespace: NS'),
    kept: kept.map(({ path, why }) => `${toPointer(path)} ${why}`),
    not: [...not, ...made.not].map(({ path, why }) => `${toPointer(path)} ${why}`),
  };
}

const AB = variable('A', '1') + variable('B', '2');

describe('three ways', () => {
  const base = deployment('web:1.2', 1, AB);
  test.each<[string, string, string, string, string[]]>([
    [
      'what changed is carried, what differed stays',
      deployment('web:1.3', 1, AB),
      deployment('web:1.2', 5, AB),
      deployment('web:1.3', 5, AB),
      ['/spec/replicas it differed before'],
    ],
    [
      'a default that follows from what is carried is no change of its own',
      deployment('web', 1, AB),
      deployment('web:1.2', 1, AB),
      deployment('web', 1, AB),
      [],
    ],
    [
      'what both changed stays',
      deployment('web:1.2', 2, AB),
      deployment('web:1.2', 5, AB),
      deployment('web:1.2', 5, AB),
      ['/spec/replicas both environments changed it'],
    ],
    [
      'an item that is new is carried, one of the target stays',
      deployment('web:1.2', 1, AB + variable('NEW', 'some: x')),
      deployment('web:1.2', 1, AB + variable('LIVE', 'other: x')),
      deployment('web:1.2', 1, AB + variable('LIVE', 'other: x') + variable('NEW', 'some: x')),
      ['/spec/template/spec/containers/0/env/2 it differed before'],
    ],
    [
      'an item that went is taken out',
      deployment('web:1.2', 1, variable('B', '2')),
      deployment('web:1.2', 1, AB),
      deployment('web:1.2', 1, variable('B', '2')),
      [],
    ],
    [
      'a field that is new is carried',
      deployment('web:1.2', 1, AB, '  minReadySeconds: 5\n'),
      deployment('web:1.2', 1, AB),
      deployment('web:1.2', 1, AB).replace(/\n$/, '\n  minReadySeconds: 5\n'),
      [],
    ],
    [
      'an image of a newer version is not taken back',
      deployment('web:1.2', 1, AB),
      deployment('web:1.10', 1, AB),
      deployment('web:1.10', 1, AB),
      ['/spec/template/spec/containers/0/image its version is newer'],
    ],
    ['nothing differs', base, base, base, []],
  ])('%s', (_name, from, to, after, kept) => {
    expect(promoted(from, to, base)).toEqual({ text: after, kept, not: [] });
  });

  test('an image that was newer before is carried', () => {
    const newer = deployment('web:1.3', 1, AB);
    expect(promoted(newer, deployment('web:1.2', 1, AB), newer).text).toBe(newer);
  });

  test('without a base only images are carried', () => {
    expect(promoted(deployment('web:1.3', 2, AB), deployment('web:1.2', 1, AB), undefined)).toEqual({
      text: deployment('web:1.3', 1, AB),
      kept: ['/spec/replicas nothing says how the two were before'],
      not: [],
    });
  });

  test('what was promoted once is not promoted again', () => {
    const [from, to] = [deployment('web:1.3', 1, AB + variable('NEW', 'some: x')), deployment('web:1.2', 5, AB)];
    const { text } = promoted(from, to, base);
    expect(promoted(from, text, from).text).toBe(text);
  });

  test('secret values are not carried', () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: NS\nstringData:\n  a: ${value}\n`;
    expect(promoted(secret('new'), secret('old'), secret('old'))).toEqual({
      text: secret('old'),
      kept: [],
      not: ['/data/a secret values are not carried from one environment to another'],
    });
  });
});

test('objects pair by name, and by namespace where there are several; hashes of names do not count', () => {
  const one = (kind: string, name: string, namespace: string): string =>
    `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
  const from = side(
    one('Service', 'a', 'qa') +
      one('Service', 'b', 'n1') +
      one('Service', 'b', 'n2') +
      one('Service', 'new', 'qa') +
      one('ConfigMap', 'c-bcdfghkmt2', 'qa'),
  );
  const to = side(
    one('Service', 'a', 'live') +
      one('Service', 'b', 'n2') +
      one('Service', 'b', 'n3') +
      one('Service', 'old', 'live') +
      one('ConfigMap', 'c-2tmkhgfdcb', 'live'),
  );
  const { trios, onlyFrom, onlyTo } = pairEnvironments(from, to, from);
  const name = (each: { name: string; namespace: string | undefined }): string => `${each.namespace}/${each.name}`;
  expect(trios.map((trio) => `${name(trio.from)} ${name(trio.to)}`)).toEqual([
    'qa/a live/a',
    'n2/b n2/b',
    'qa/c-bcdfghkmt2 live/c-2tmkhgfdcb',
  ]);
  expect([onlyFrom.map(name), onlyTo.map(name)]).toEqual([
    ['n1/b', 'qa/new'],
    ['n3/b', 'live/old'],
  ]);
});

test.each<[string, string, number | undefined]>([
  ['web:1.10', 'web:1.9', 1],
  ['web:v2', 'web:v2.0.0', 0],
  ['host:5000/web:1.2-alpine', 'host:5000/web:1.3-alpine', -1],
  ['web:1.2-alpine', 'web:1.3', undefined],
  ['web:main', 'web:1.3', undefined],
  ['web:1.2', 'other:1.3', undefined],
  ['host:5000/web', 'host:5000/web', undefined],
  ['web:1.3@sha256:a', 'web:1.2@sha256:b', 1],
])('%s and %s', (a, b, expected) => {
  expect(compareImages(a, b)).toBe(expected);
});

describe('names of environments', () => {
  const pairsOf = (from: readonly string[], to: readonly string[], names: { from: string; to: string }): string[] => {
    const objects = (all: readonly string[]): ReturnType<typeof side> =>
      side(all.map((name) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`).join('---\n'));
    const { trios, onlyFrom, onlyTo } = pairEnvironments(objects(from), objects(to), [], names);
    return [
      ...trios.map((trio) => `${trio.from.name} ${trio.to.name}`),
      ...onlyFrom.map(({ name }) => `${name} -`),
      ...onlyTo.map(({ name }) => `- ${name}`),
    ];
  };

  test('objects pair whose names differ by them', () => {
    const names = { from: 'qa', to: 'live' };
    expect(pairsOf(['qa-web', 'db-qa', 'test-runner'], ['live-web', 'db', 'runner'], names)).toEqual([
      'qa-web live-web',
      'db-qa db',
      'test-runner runner',
    ]);
    expect(pairsOf(['dev-runner', 'qa'], ['runner', 'live'], names)).toEqual(['dev-runner -', 'qa -', '- runner', '- live']);
    expect(pairsOf(['qa-web', 'web-qa'], ['live-web'], names)).toEqual(['qa-web -', 'web-qa -', '- live-web']);
    expect(pairsOf(['web-qa-eu'], ['web-prod-eu'], { from: 'overlays/qa-eu', to: 'overlays/prod-eu' })).toEqual(['web-qa-eu web-prod-eu']);
  });

  const base = deployment('web:1.2', 1, AB);
  test.each<[string, string, string, string[]]>([
    [
      'a new value that says it',
      'qa',
      AB + variable('URL', 'http://orders.qa.example.com'),
      ['/spec/template/spec/containers/0/env/2 the value names qa: say by hand what it is here'],
    ],
    [
      'its stage',
      'qa-eu',
      AB + variable('URL', 'http://orders-qa'),
      ['/spec/template/spec/containers/0/env/2 the value names qa-eu: say by hand what it is here'],
    ],
    ['another word of the stage', 'qa', AB + variable('RUN', 'npm test'), []],
    ['a part of a word', 'qa', AB + variable('AREA', 'aqaba'), []],
  ])('%s', (_name, environment, env, expected) => {
    const [from, to, was] = [deployment('web:1.3', 1, env), base, base].map((text) => side(text.replace('NS', 'n')));
    const [trio] = pairEnvironments(from ?? [], to ?? [], was ?? []).trios;
    if (trio === undefined) throw new Error('no pair');
    const { edits, not } = promotion(trio, ports, environment);
    expect(not.map(({ path, why }) => `${toPointer(path)} ${why}`)).toEqual(expected);
    expect(edits).toHaveLength(2 - expected.length);
  });
});
