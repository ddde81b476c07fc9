import { expect, test } from 'vitest';
import { LineMark } from './mark.ts';
import { mapping, scalar } from './node.ts';
import { Resource } from './resource.ts';
import { compile, selectorOf } from './selector.ts';
import { Settings } from './settings.ts';

const at = new LineMark('f', 'base');
const selector = (value: Record<string, string>) =>
  selectorOf(new Settings({ file: 'f', rangeOf: () => at.range() }, 'overlay', value), {});

const labelled = new Resource(
  mapping(at, [
    scalar('metadata', at),
    mapping(at, [scalar('labels', at), mapping(at, [scalar('app', at), scalar('web', at), scalar('n', at), scalar('5', at)])]),
  ]),
);

test.each<[string, boolean]>([
  ['', true],
  ['app', true],
  ['!app', false],
  ['app=web', true],
  ['app == web , n', true],
  ['app!=web', false],
  ['zone!=a', true],
  ['app in (web, api)', true],
  ['app notin (web)', false],
  ['zone notin (web)', true],
  ['n>4', true],
  ['n<5', false],
  ['app=web,!zone,n in (5)', true],
])('labels app=web, n=5 and the selector %j', (text, expected) => {
  expect(selector({ labelSelector: text }).labels(labelled)).toBe(expected);
});

test('what is no label selector, or no pattern, is an error', () => {
  expect(() => selector({ labelSelector: 'a=(' })).toThrow('"a=(" is no label selector');
  expect(() => selector({ name: 'a(' })).toThrow('"a(" is no regular expression');
});

test.each<[pattern: string, text: string, expected: boolean]>([
  ['web', 'web', true],
  ['web', 'web-1', false],
  ['web|api', 'api', true],
  ['web.*', 'web-1', true],
  ['(web|api)-[0-9]+', 'api-12', true],
])('the name %j against %j', (pattern, text, expected) => {
  expect(selector({ name: pattern }).name(text)).toBe(expected);
});

test('only what may be read otherwise, or take long, is given to the compiler of patterns', () => {
  const asked: string[] = [];
  const options = {
    compile(pattern: string) {
      asked.push(pattern);
      return { test: () => true };
    },
  };
  for (const pattern of ['^(?:a.*|b)$', '^(?:(a+)+)$', '^(?:.*a.*b.*)$', '^(?:[[:alpha:]])$']) compile(pattern, options);
  expect(asked).toEqual(['^(?:(a+)+)$', '^(?:.*a.*b.*)$', '^(?:[[:alpha:]])$']);
});
