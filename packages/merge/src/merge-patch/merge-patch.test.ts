import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { expect, test } from 'vitest';
import { changed, frozen, randomFrom, randomValue } from '../../test/random.ts';
import { applyMergePatch, createMergePatch, createThreeWayMergePatch, diffMergePatch, isSame } from '../index.ts';

test('a patch applied gives the other value, unless it says what it loses', () => {
  const random = randomFrom(7386);
  let lossy = 0;
  for (let round = 0; round < 3000; round++) {
    const before = frozen(randomValue(random));
    const after = frozen(round % 2 === 0 ? changed(before, random) : randomValue(random));
    const { patch, lost } = diffMergePatch(before, after);
    expect(isSame(applyMergePatch(before, patch), after)).toBe(lost.length === 0);
    if (isObject(before) && isObject(after) && lost.length === 0)
      expect(isObject(patch) && Object.keys(patch).length === 0).toBe(isSame(before, after));
    lossy += Number(lost.length > 0);
  }
  expect(lossy).toBeGreaterThan(30);
});

test('a null is refused by its place', () => {
  expect(() => createMergePatch({ a: { b: 1 } }, { a: { b: null, 'c/d': null } })).toThrow(
    expect.objectContaining({ code: 'lossy', message: 'a merge patch cannot set null, as it must at "/a/b", "/a/c~1d"; use a JSON patch' }),
  );
  expect(createMergePatch({ a: null, l: [] }, { a: null, l: [null] })).toEqual({ l: [null] });
});

test.each<[string, JsonObject, JsonObject, JsonObject, JsonValue]>([
  ['integers beyond 2^53 stay exact', {}, { a: 9007199254740993n }, { a: 9007199254740992n }, { a: 9007199254740993n }],
  ['what others added stays, what was applied goes', { a: 1, b: 1 }, { a: 2 }, { a: 1, b: 1, c: 1 }, { a: 2, b: null }],
  ['lists are replaced', { l: [1] }, { l: [2] }, { l: [1, 3] }, { l: [2] }],
  ['members of any name', {}, JSON.parse('{"__proto__":1}') as JsonObject, {}, JSON.parse('{"__proto__":1}') as JsonObject],
])('three ways: %s', (_, original, modified, current, patch) => {
  expect(createThreeWayMergePatch(frozen(original), frozen(modified), frozen(current))).toEqual(patch);
});
