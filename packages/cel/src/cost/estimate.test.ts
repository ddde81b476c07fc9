import { expect, test } from 'vitest';
import { createEnvironment } from '../environment.ts';
import { listOf, mapOf, type ObjectType, type ScalarType } from '../types/type.ts';

const text = (maxSize: number): ScalarType => ({ kind: 'string', maxSize });
const self: ObjectType = {
  kind: 'object',
  name: 'selfType',
  fields: new Map([
    ['name', { name: 'name', type: text(40) }],
    ['size', { name: 'size', type: { kind: 'int' } }],
    ['tags', { name: 'tags', type: { ...listOf(text(20)), maxSize: 10 } }],
    ['labels', { name: 'labels', type: { ...mapOf(text(0), text(8)), maxSize: 5 } }],
  ]),
};
const environment = createEnvironment({ minor: 36, variables: [{ name: 'self', type: self }] });

// As cel-go 0.29.2 estimates them with Kubernetes' figures, for a schema with these bounds.
test.each([
  ['self.size > 1', 3, 3],
  ["self.name == 'abc'", 3, 3],
  ["self.name.startsWith('abc')", 3, 3],
  ['self.name + self.name', 4, 12],
  ['self.name.matches("^[a-z]+$")', 4, 12],
  ['has(self.name)', 1, 1],
  ['self.tags.all(t, t.size() < 5)', 3, 63],
  ['self.tags.exists(t, t == self.name)', 3, 93],
  ["self.tags.map(t, t + 'x')", 13, 173],
  ["self.tags.join(',').size() < 30", 4, 25],
  ["self.labels.all(k, self.labels[k] != 'x')", 3, 43],
  ['self.tags.all(a, self.tags.all(b, a == b || a != b))', 3, 1163],
  ['lists.range(1000).all(i, i >= 0)', 4012, 6012],
])('%s', (expression, min, max) => {
  const compilation = environment.compile(expression);
  if (!compilation.ok) throw new Error(compilation.message);
  expect([expression, compilation.program.estimateCost()]).toEqual([expression, { min, max }]);
});
