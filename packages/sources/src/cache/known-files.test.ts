import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, FIRST_LOOK, parse, type SourceFile } from '@plumbline/core';
import { afterAll, expect, test } from 'vitest';
import { knownFiles } from './known-files.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-known-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** What a second run has of a file, and whether it read it. */
function again(text: string, path = 'a.yaml'): { documents: readonly Document[]; hasRead: () => boolean } {
  const place = join(folder, String(count++));
  const bytes = new TextEncoder().encode(text);
  const first = openStore(place, 'a');
  knownFiles(first).documents({ path, bytes });
  first.save();
  let isRead = false;
  const file: SourceFile = {
    path,
    id: idOf(text),
    get bytes() {
      isRead = true;
      return bytes;
    },
  };
  const documents = knownFiles(openStore(place, 'a')).documents(file);
  return { documents, hasRead: () => isRead };
}

function idOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return process.getBuiltinModule('node:crypto').createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

const WHOLE =
  'kind: A\n"__proto__": {x: 1}\nlist: &a [1, 0.1, -2.5e3, "é\\u0000", null, true, {}]\nsame: *a\n---\n---\n# nothing\n---\n2: b\n1: a\n';

test('values are those of the text, and the text is not read for them', () => {
  const { documents, hasRead } = again(WHOLE);
  const expected = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(WHOLE) });
  expect(documents.map(({ value, index, problems }) => ({ value, index, problems }))).toEqual(
    expected.map(({ value, index, problems }) => ({ value, index, problems })),
  );
  expect(documents.map(({ value }) => JSON.stringify(value))).toEqual(expected.map(({ value }) => JSON.stringify(value)));
  expect(hasRead()).toBe(false);
});

test('places and text are read when they are asked for', () => {
  const { documents, hasRead } = again(WHOLE);
  const expected = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(WHOLE) });
  expect(documents[0]?.rangeOf(['list', 2])).toEqual(expected[0]?.rangeOf(['list', 2]));
  expect(documents.map(({ range, text }) => [range, text])).toEqual(expected.map(({ range, text }) => [range, text]));
  expect(hasRead()).toBe(true);
});

for (const [name, text] of Object.entries({
  'integers beyond 2^53': 'a: 9007199254740993\n',
  infinities: 'a: .inf\n',
  'negative zero': 'a: -0.0\n',
  'what cannot be read': 'a: [\n',
  'a duplicate key': 'a: 1\na: 2\n',
}))
  test(`${name} are read from the text each time`, () => {
    const { documents, hasRead } = again(text);
    const expected = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) });
    expect(documents.map(({ value, problems }) => ({ value, problems }))).toEqual(
      expected.map(({ value, problems }) => ({ value, problems })),
    );
    expect(hasRead()).toBe(true);
  });

test('a first look is remembered', () => {
  const place = join(folder, 'look');
  const json = { path: 'a.json', bytes: new TextEncoder().encode('{"kind": 1}') };
  const first = openStore(place, 'a');
  expect([knownFiles(first).mayBeManifest(json, false), knownFiles(first).mayBeManifest(json, true)]).toEqual([true, false]);
  first.save();
  const unread: SourceFile = {
    path: 'a.json',
    id: idOf('{"kind": 1}'),
    get bytes(): Uint8Array {
      throw new Error('read');
    },
  };
  const second = knownFiles(openStore(place, 'a'));
  expect([second.mayBeManifest(unread, false), second.mayBeManifest(unread, true)]).toEqual([true, false]);
  expect(FIRST_LOOK.mayBeManifest(json, false)).toBe(true);
});
