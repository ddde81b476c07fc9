import { describe, expect, test } from 'vitest';
import { readKubectl, readLenient, readStream, readStrict } from './read.ts';

// What sigs.k8s.io/yaml 1.6.0 and apimachinery 0.37.1 give for the same bytes, found by comparing them with our readers.

test('any number of spaces stands between the date and the time of a !!timestamp', () => {
  expect(readLenient('a: !!timestamp 2001-12-14   1:2:3\n')).toEqual({ value: { a: '2001-12-14   1:2:3' } });
  expect(readLenient('a: !!timestamp "2001-12-14 "\n')).toHaveProperty('error');
});

test.each([
  ['4033500.25', '4.0335002e+06'],
  ['4033500.75', '4.0335008e+06'],
  ['274544.625', '274544.62'],
  ['274544.635', '274544.62'],
  ['152071.125', '152071.12'],
  ['0.1', '0.1'],
  ['1e22', '1e+22'],
  ['-2.5', '-2.5'],
])('the key %s, halfway between two texts or not, is written %s', (written, key) => {
  expect(readLenient(`${written}: 1\n`)).toEqual({ value: { [key]: 1 } });
});

test('a null key is refused where the value that holds it is only hidden by a key of another type', () => {
  expect(readLenient('1.0: {~: x}\n1: z\n')).toHaveProperty('error');
  expect(readStrict('yes: {~: x}\n"true": z\n')).toHaveProperty('error');
  expect(readLenient('1: {~: x}\n1: z\n')).toEqual({ value: { 1: 'z' } });
});

test('0.0 and -0.0 are one key, written as the last of them', () => {
  expect(readLenient('-0.0: x\na: z\n0.0: w\n')).toEqual({ value: { a: 'z', 0: 'w' } });
  expect(readLenient('0.0: x\n-0.0: w\n')).toEqual({ value: { '-0': 'w' } });
  expect(readStrict('0.0: x\n-0.0: w\n')).toHaveProperty('error');
});

test('white space behind a separator is white space also where another document is not UTF-8', () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode('a: 1\n---\u00a0\nb: 2\n---\u2028\nc: '), 0xff);
  expect(readStream(bytes)).toEqual([{ value: { a: 1 } }, { value: { b: 2 } }, { error: expect.any(String) }]);
  expect(readStream(Uint8Array.of(0x61, 0x0a, 0x2d, 0x2d, 0x2d, 0xa0, 0x0a))).toEqual([{ error: expect.any(String) }]);
});

describe('what stands behind the end of the document, which the reader looks at in pieces of 512 bytes', () => {
  const document = 'a: 1\n...\n# ';
  const upTo = (size: number, rest: string): Uint8Array => new TextEncoder().encode(document.padEnd(size, 'x') + rest);

  test('a fault in the first piece is met', () => {
    expect(readLenient(upTo(510, '\u0080'))).toHaveProperty('error');
    expect(readLenient(upTo(511, '\x01'))).toHaveProperty('error');
  });

  test('a character that does not fit into the first piece begins the next one', () => {
    expect(readLenient(upTo(511, '\u0080'))).toEqual({ value: { a: 1 } });
    expect(readLenient(Uint8Array.of(...upTo(511, ''), 0xc3, 0x28))).toEqual({ value: { a: 1 } });
    expect(readLenient(Uint8Array.of(...upTo(510, ''), 0xc3, 0x28))).toHaveProperty('error');
  });

  const utf16 = (text: string, ...more: number[]): Uint8Array => Uint8Array.of(...Buffer.from(`\ufeff${text}`, 'utf16le'), ...more);

  test('so it is in UTF-16, where a pair of surrogates may not fit', () => {
    expect(readLenient(utf16(document.padEnd(254, 'x'), 0x00, 0xdc))).toHaveProperty('error');
    expect(readLenient(utf16(document.padEnd(254, 'x'), 0x00, 0xd8, 0x41, 0x00))).toEqual({ value: { a: 1 } });
    expect(readLenient(utf16(`${document.padEnd(254, 'x')}\u{1f600}`, 0x00, 0xdc))).toEqual({ value: { a: 1 } });
  });

  test('half a character at the end of UTF-16 is met only there', () => {
    expect(readLenient(utf16('a: 1\n...\n# x', 0x41))).toEqual({ value: { a: 1 } });
    expect(readLenient(utf16('a: 1\n', 0x41))).toHaveProperty('error');
    expect(readLenient(utf16('a: 1\n...\n# x', 0x00, 0xd8))).toEqual({ value: { a: 1 } });
  });
});

describe('a last line without a line break that fills the buffers of 4096 bytes exactly', () => {
  const line = (size: number): string => 'b: '.padEnd(size, 'x');

  test('is lost to a stream', () => {
    expect(readStream(`a: 1\n${line(4096)}`)).toEqual([{ value: { a: 1 } }]);
    expect(readKubectl(`a: 1\n${line(8192)}`)).toEqual([{ value: { a: 1 } }]);
    expect(readStream(line(4096))).toEqual([]);
    expect(readStream(`a: 1\n${'b: é'.padEnd(4095, 'x')}`)).toEqual([{ value: { a: 1 } }]);
  });

  test('is read with one byte less or more, with a line break, and as a document of its own', () => {
    for (const text of [line(4095), line(4097), `${line(4096)}\n`]) {
      expect(readStream(`a: 1\n${text}`)).toEqual([{ value: { a: 1, b: text.trim().slice(3) } }]);
    }
    expect(readLenient(line(4096))).toEqual({ value: { b: 'x'.repeat(4093) } });
  });

  test('may end in a CR, which moves on to the next buffer', () => {
    expect(readStream(`a: 1\n${line(4095)}\r`)).toEqual([{ value: { a: 1, b: 'x'.repeat(4092) } }]);
  });
});
