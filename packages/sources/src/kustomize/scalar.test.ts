import { expect, test } from 'vitest';
import { LineMark } from './mark.ts';
import { Style, type StyleKind, scalar, Tag } from './node.ts';
import { jsonOf, resolvePlain } from './scalar.ts';
import { byBytes, goFloat, goJson } from './through-json.ts';

test.each<[string, string, unknown]>([
  ['true', Tag.boolean, true],
  ['yes', Tag.string, 'yes'],
  ['0x1F', Tag.integer, 31],
  ['-0b11', Tag.integer, -3],
  ['0b11', Tag.integer, 3],
  ['08', Tag.float, 8],
  ['+5', Tag.integer, 5],
  ['9223372036854775808', Tag.integer, 9223372036854775808n],
  ['18446744073709551616', Tag.float, 18446744073709552000],
  ['1e3', Tag.float, 1000],
  ['1_0', Tag.integer, 10],
  ['2001-1-2', Tag.timestamp, '2001-01-02T00:00:00Z'],
  ['2001-02-30', Tag.string, '2001-02-30'],
  ['2001-12-14 21:59:43.10', Tag.timestamp, '2001-12-14T21:59:43.1Z'],
  ['1.2.3', Tag.string, '1.2.3'],
  ['.', Tag.string, '.'],
  ['', Tag.null, null],
  ['<<', Tag.merge, '<<'],
])('%j is %s', (text, tag, value) => {
  expect(resolvePlain(text)).toEqual({ tag, value });
});

const at = new LineMark('f', 'base');
test.each<[string, string, StyleKind, unknown]>([
  ['5', Tag.integer, Style.double, '5'],
  ['5', Tag.float, Style.plain, 5],
  ['5', Tag.none, Style.plain, 5],
  ['5', Tag.string, Style.plain, '5'],
  ['a\n  b\n', Tag.string, Style.folded, 'a\n\n  b\n'],
  ['a\nb\n', Tag.string, Style.folded, 'a\nb\n'],
  ['aGk=', Tag.binary, Style.plain, 'hi'],
])('%j tagged %j in style %s is read back', (text, tag, style, value) => {
  expect(jsonOf(scalar(text, at, tag, style))).toEqual(value);
});

test('a tag that does not fit is an error', () => {
  expect(() => jsonOf(scalar('a', at, Tag.integer))).toThrow('this text cannot be read as !!int');
});

test('numbers, texts and hashes are written as Go writes them', () => {
  expect([0, 1, 1e6, 123456, 1234567, 1e-5, 0.00012, 1e21].map(goFloat)).toEqual([
    '0',
    '1',
    '1e+06',
    '123456',
    '1.234567e+06',
    '1e-05',
    '0.00012',
    '1e+21',
  ]);
  expect(goJson({ b: '<&>\u2028', a: [1e21, 1e-7, true, null] })).toBe('{"a":[1e+21,1e-7,true,null],"b":"\\u003c\\u0026\\u003e\\u2028"}');
  expect(['\uffff', '\u{1f600}', 'a'].sort(byBytes)).toEqual(['a', '\uffff', '\u{1f600}']);
});
