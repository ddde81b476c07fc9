import { expect, test } from 'vitest';
import { matchesLabels, matchesSelector } from './selector.ts';

const LABELS = { app: 'shop', tier: 'web', empty: '' };

test('every label of a map must be there', () => {
  expect(matchesLabels({ app: 'shop' }, LABELS)).toBe(true);
  expect(matchesLabels({ app: 'shop', tier: 'db' }, LABELS)).toBe(false);
  expect(matchesLabels({ toString: 'x' }, LABELS)).toBe(false);
  expect(matchesLabels({}, undefined)).toBe(true);
  expect(matchesLabels({ empty: '' }, {})).toBe(false);
});

test('no selector matches nothing, an empty one everything', () => {
  expect(matchesSelector(undefined, LABELS)).toBe(false);
  expect(matchesSelector(null, LABELS)).toBe(false);
  expect(matchesSelector({}, LABELS)).toBe(true);
  expect(matchesSelector({}, undefined)).toBe(true);
});

test.each([
  ['In', ['shop', 'cart'], true],
  ['In', ['cart'], false],
  ['NotIn', ['shop'], false],
  ['NotIn', ['cart'], true],
  ['Exists', undefined, true],
  ['DoesNotExist', undefined, false],
  ['Near', undefined, false],
])('an expression %s %s', (operator, values, matches) => {
  const expression = values === undefined ? { key: 'app', operator } : { key: 'app', operator, values };
  expect(matchesSelector({ matchExpressions: [expression] }, LABELS)).toBe(matches);
});

test('what is not there is not in, and does not exist', () => {
  expect(matchesSelector({ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, LABELS)).toBe(true);
  expect(matchesSelector({ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, LABELS)).toBe(false);
  expect(matchesSelector({ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, LABELS)).toBe(true);
});

test('map and expressions must both match', () => {
  const selector = { matchLabels: { app: 'shop' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['db'] }] };
  expect(matchesSelector(selector, LABELS)).toBe(false);
});
