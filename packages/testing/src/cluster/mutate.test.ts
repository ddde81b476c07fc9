import { expect, test } from 'vitest';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { b: 'c' } }, data: { d: '1', e: '2' }, list: [1, 2] };

test('equal seeds give equal mutants, and the object stays as it is', () => {
  const before = JSON.stringify(object);
  const some = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 50 }, () => mutate(object, random));
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
  expect(JSON.stringify(object)).toBe(before);
});

test('most mutants differ from the object, and each says what was changed', () => {
  const random = createRandom(3);
  const mutants = Array.from({ length: 300 }, () => mutate(object, random));
  expect(mutants.filter((mutant) => JSON.stringify(mutant.object) !== JSON.stringify(object)).length).toBeGreaterThan(270);
  expect(mutants.every(({ what }) => what.length > 3)).toBe(true);
});
