import { expect, test } from 'vitest';
import { canonicalJson, parseExactJson } from './json-exact.ts';

test('integers beyond 2^53 stay exact, also in strings that look like them', () => {
  expect(parseExactJson('{"a":[9223372036854775807,1],"b":"9223372036854775807","c":-0.5}')).toEqual({
    a: [9223372036854775807n, 1],
    b: '9223372036854775807',
    c: -0.5,
  });
});

test('equal values have one text', () => {
  expect(canonicalJson({ b: [1e3, 2n, null], a: { d: 'x', c: true } })).toBe('{"a":{"c":true,"d":"x"},"b":[1000,2,null]}');
  expect(canonicalJson(parseExactJson('{"__proto__":1}'))).toBe('{"__proto__":1}');
});

test('depth costs no stack', () => {
  const text = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  expect(canonicalJson(parseExactJson(text))).toBe(text);
});
