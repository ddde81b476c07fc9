import type { JsonObject, JsonValue } from '@plumbline/core';
import fastJsonPatch from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import { changed, frozen, randomFrom, randomValue } from '../../test/random.ts';
import { applyJsonPatch, diffJsonPatch, invertJsonPatch, isSame, type JsonPatchOperation, MergeError } from '../index.ts';

describe('applying', () => {
  test.each<[string, JsonValue, JsonPatchOperation[], JsonValue]>([
    [
      'a bigint is the same integer',
      { a: 9007199254740993n },
      [{ op: 'test', path: '/a', value: 9007199254740993n }],
      { a: 9007199254740993n },
    ],
    ['1 and 1n are one', { a: 1 }, [{ op: 'test', path: '/a', value: 1n }], { a: 1 }],
    ['a member named __proto__', {}, [{ op: 'add', path: '/__proto__', value: 1 }], JSON.parse('{"__proto__":1}') as JsonObject],
    ['after the last item', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['a value over the one it comes from', { a: { b: 1 } }, [{ op: 'move', from: '/a/b', path: '/a' }], { a: 1 }],
    [
      'a copy that shares nothing with its model',
      { a: [1] },
      [
        { op: 'copy', from: '/a', path: '/b' },
        { op: 'add', path: '/b/0', value: 0 },
      ],
      { a: [1], b: [0, 1] },
    ],
  ])('%s', (_, document, patch, expected) => {
    expect(applyJsonPatch(frozen(document), patch)).toEqual(expected);
  });

  test.each<[string, JsonValue, JsonValue, string, string]>([
    [
      'inherited members are not there',
      {},
      [{ op: 'remove', path: '/constructor' }],
      'no-such-path',
      'operation 0 (remove "/constructor"): there is no such place',
    ],
    [
      'the length of a list is no member',
      { a: [1] },
      [{ op: 'copy', from: '/a/length', path: '/b' }],
      'no-such-path',
      'operation 0 (copy "/b"): there is no "/a/length"',
    ],
    [
      'an index with a leading zero',
      [1, 2],
      [{ op: 'remove', path: '/01' }],
      'no-such-path',
      'operation 0 (remove "/01"): there is no such place',
    ],
    [
      'an index beyond the end',
      [1],
      [{ op: 'add', path: '/2', value: 0 }],
      'no-such-path',
      'operation 0 (add "/2"): there is no such place',
    ],
    [
      'an escape that does not exist',
      { 'a~2': 1 },
      [{ op: 'remove', path: '/a~2' }],
      'invalid-patch',
      'operation 0 (remove "/a~2"): "/a~2" is no JSON pointer: "~" stands only in "~0" and "~1"',
    ],
    [
      'a value into itself',
      { a: {} },
      [{ op: 'move', from: '/a', path: '/a/b' }],
      'invalid-patch',
      'operation 0 (move "/a/b"): a value cannot be moved into itself',
    ],
    [
      'the second operation',
      { a: 1 },
      [
        { op: 'remove', path: '/a' },
        { op: 'test', path: '/a', value: null },
      ],
      'no-such-path',
      'operation 1 (test "/a"): there is no such place',
    ],
    [
      'another value',
      { a: '1' },
      [{ op: 'test', path: '/a', value: 1 }],
      'test-failed',
      'operation 0 (test "/a"): the value there is another one',
    ],
    ['no value', {}, [{ op: 'add', path: '/a' }], 'invalid-patch', 'operation 0: "value" is missing'],
    ['no operation', {}, [{ op: 'spam', path: '/a' }], 'invalid-patch', 'operation 0: there is no operation "spam"'],
    ['no list', {}, {}, 'invalid-patch', 'a JSON patch is a list of operations'],
  ])('refuses %s', (_, document, patch, code, message) => {
    expect(() => applyJsonPatch(frozen(document), patch)).toThrow(expect.objectContaining({ code, message }));
  });
});

describe('differences', () => {
  test('say each item that goes or comes, once', () => {
    const patch = diffJsonPatch({ a: [1, 2, 3, 4] }, { a: [1, 3, 4, 5] }, { hasTests: true });
    expect(patch).toEqual([
      { op: 'add', path: '/a/4', value: 5 },
      { op: 'test', path: '/a/1', value: 2 },
      { op: 'remove', path: '/a/1' },
    ]);
  });

  test('go into an item that changed', () => {
    const patch = diffJsonPatch([{ name: 'a', image: '1' }, 'b'], [{ name: 'a', image: '2' }, 'b']);
    expect(patch).toEqual([{ op: 'replace', path: '/0/image', value: '2' }]);
  });

  test('applied give the other value, and their inverse the first one', () => {
    const random = randomFrom(6902);
    for (let round = 0; round < 3000; round++) {
      const before = frozen(randomValue(random));
      const after = frozen(round % 2 === 0 ? changed(before, random) : randomValue(random));
      const patch = diffJsonPatch(before, after, { hasTests: round % 3 === 0 });
      expect(isSame(applyJsonPatch(before, patch), after), JSON.stringify(patch, bigintText)).toBe(true);
      expect(patch.length === 0).toBe(isSame(before, after));
      const inverse = invertJsonPatch(before, patch, { hasTests: round % 5 === 0 });
      expect(isSame(applyJsonPatch(after, inverse), before), JSON.stringify(inverse, bigintText)).toBe(true);
    }
  });
});

describe('inverses', () => {
  test('of any patch that applies', () => {
    const random = randomFrom(6903);
    const ops = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
    const paths = ['', '/a', '/b', '/a/0', '/a/-', '/b/a', '/a/1', '/b/c~0d'];
    let applied = 0;
    for (let round = 0; round < 10_000; round++) {
      const document = frozen(randomValue(random));
      const any = (): string => paths[random(paths.length)] ?? '';
      const patch = Array.from({ length: 1 + random(3) }, () => {
        return { op: ops[random(ops.length)] ?? 'add', path: any(), from: any(), value: randomValue(random, 1) };
      });
      let after: JsonValue;
      try {
        after = applyJsonPatch(document, patch);
      } catch (error) {
        expect(error).toBeInstanceOf(MergeError);
        continue;
      }
      applied++;
      const inverse = invertJsonPatch(document, patch, { hasTests: true });
      expect(isSame(applyJsonPatch(after, inverse), document), JSON.stringify([document, patch, inverse], bigintText)).toBe(true);
    }
    expect(applied).toBeGreaterThan(250);
  });
});

test('fast-json-patch makes the same of what both can do', () => {
  const random = randomFrom(6904);
  const plain = (value: JsonValue): unknown => JSON.parse(JSON.stringify(value, bigintText).replaceAll('__proto__', 'proto'));
  for (let round = 0; round < 1000; round++) {
    const before = plain(randomValue(random)) as JsonValue; // JSON.parse gives nothing else
    const after = plain(changed(before, random)) as JsonValue; // as above
    const patch = diffJsonPatch(before, after, { hasTests: true });
    // It takes operations to be its own to write to.
    const { newDocument } = fastJsonPatch.applyPatch(before, structuredClone(patch) as never, true, false);
    expect(newDocument, JSON.stringify(patch)).toEqual(after);
    const areAlike = typeof before === 'object' && typeof after === 'object' && Array.isArray(before) === Array.isArray(after);
    if (!areAlike || before === null || after === null) continue;
    const theirs = fastJsonPatch.compare(before, after) as JsonPatchOperation[]; // of JSON values
    expect(applyJsonPatch(before, JSON.parse(JSON.stringify(theirs)) as JsonValue), JSON.stringify(theirs)).toEqual(after); // as above
  }
});

function bigintText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
