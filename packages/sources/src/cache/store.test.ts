import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './store.ts';

let folder = '';
let place = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-store-'));
  place = join(folder, 'plumbline/cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keep(entries: Readonly<Record<string, string | undefined>>, maker = 'a', limits?: { bytes: number; age: number }): void {
  const store = openStore(place, maker, limits);
  for (const [key, text] of Object.entries(entries)) store.put(key, () => text);
  store.save();
}

test('what was put is there in the next run, and not where nothing was made of it', () => {
  keep({ a: 'é\n"', b: '', c: undefined });
  const store = openStore(place, 'a');
  expect(['a', 'b', 'c'].map((key) => store.get(key))).toEqual(['é\n"', '', undefined]);
  expect(['a', 'c'].map((key) => store.has(key))).toEqual([true, false]);
});

test('another build of the tool reads nothing of it, and writes its own', () => {
  keep({ a: '1' });
  expect(openStore(place, 'b').get('a')).toBe(undefined);
  keep({ x: '2' }, 'b');
  expect(openStore(place, 'a').get('a')).toBe(undefined);
  expect(openStore(place, 'b').get('x')).toBe('2');
});

test('one byte changed anywhere, and nothing of it is read', () => {
  keep({ a: 'one', b: 'two' });
  const whole = readFileSync(place);
  for (let at = 0; at < whole.length; at++) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ 1;
    writeFileSync(place, broken);
    const store = openStore(place, 'a');
    expect([at, store.get('a'), store.get('b')]).toEqual([at, undefined, undefined]);
  }
  for (const part of [0, 1, 20, whole.length - 1]) {
    writeFileSync(place, whole.subarray(0, part));
    expect(openStore(place, 'a').get('a')).toBe(undefined);
  }
  keep({ a: 'again' });
  expect(openStore(place, 'a').get('a')).toBe('again');
});

test('a run that has nothing new writes nothing', () => {
  keep({ a: '1' });
  const before = statSync(place);
  const store = openStore(place, 'a');
  store.get('a');
  store.save();
  expect(statSync(place).ino).toBe(before.ino);
});

test('of two runs at a time the last one stays, whole, and nothing lies around', () => {
  const first = openStore(place, 'a');
  const second = openStore(place, 'a');
  first.put('first', () => '1');
  second.put('second', () => '2');
  first.save();
  second.save();
  const store = openStore(place, 'a');
  expect([store.get('first'), store.get('second')]).toEqual([undefined, '2']);
  expect(readdirSync(join(folder, 'plumbline'))).toEqual(['cache']);
});

test('it keeps what was used last within its bounds', () => {
  const limits = { bytes: 30, age: 2 };
  keep({ old: '0123456789' }, 'a', limits);
  keep({ new: '0123456789' }, 'a', limits);
  const store = openStore(place, 'a', limits);
  store.get('old');
  store.put('third', () => '0123456789');
  store.save();
  const after = openStore(place, 'a', limits);
  expect(['third', 'old', 'new'].map((key) => after.has(key))).toEqual([true, true, false]);
});

test('what nobody used for long goes', () => {
  const limits = { bytes: 1000, age: 2 };
  keep({ a: '1' }, 'a', limits);
  for (const key of ['b', 'c', 'd']) keep({ [key]: '1' }, 'a', limits);
  const store = openStore(place, 'a', limits);
  expect(['a', 'b', 'c', 'd'].map((key) => store.has(key))).toEqual([false, true, true, true]);
});

test.skipIf(process.getuid?.() === 0)('where it may not write it goes without', () => {
  chmodSync(folder, 0o500);
  keep({ a: '1' });
  expect(existsSync(place)).toBe(false);
  chmodSync(folder, 0o700);
});

test('a file where its folder should be is no harm', () => {
  writeFileSync(join(folder, 'plumbline'), 'not a folder');
  keep({ a: '1' });
  expect(readFileSync(join(folder, 'plumbline'), 'utf8')).toBe('not a folder');
});

test('a few new entries beside many are not worth writing', () => {
  keep(Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`old ${at}`, '1'])));
  keep({ a: '1', b: '1' });
  expect(openStore(place, 'a').has('a')).toBe(false);
  keep({ a: '1', b: '1', c: '1' });
  expect(openStore(place, 'a').has('a')).toBe(true);
});
