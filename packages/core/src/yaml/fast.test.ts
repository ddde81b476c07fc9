import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type JsonValue, stringify } from '../values/json.ts';
import { readFast } from './fast.ts';
import { readFully } from './read-document.ts';
import { normalise, split } from './split.ts';

/** Counts what the fast reader covers; says where it differs from the full reader. */
function compare(documents: Iterable<string>): { covered: number; all: number; wrong: string[] } {
  const result = { covered: 0, all: 0, wrong: [] as string[] };
  for (const text of documents) {
    result.all++;
    const fast = readFast(text);
    if (fast === undefined) continue;
    result.covered++;
    const { value, flaws } = readFully(text);
    if (flaws.length > 0 || value === undefined || stringify(value) !== stringify(fast)) result.wrong.push(text.slice(0, 300));
  }
  return result;
}

function* documentsOf(text: string): Generator<string> {
  for (const { start, end } of split(text)) yield normalise(text.slice(start, end));
}

/** A generator of numbers below `limit`, the same for the same seed (mulberry32). */
function randomOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

const KEYS = 'a,b,c,name,app.kubernetes.io/name,"quoted key",\'it\',a b,constructor,metadata,spec,labels,image,v1,é'.split(',');
const ODD_KEYS = 'on,y,1,-x,__proto__,null,<<,a'.split(',');
const SCALARS = [
  ...'1,0777,0o7,-5,1.5,.5,1e3,true,yes,off,~,null,12:30,2001-01-01,9223372036854775807,18446744073709551616'.split(','),
  ...'plain text,a#b,http://x:80/y,"double \\n \\u00e9 \\"q\\"",\'single \'\'q\'\'\',[],{},"{{ .x }}",é 😀,-a,x # comment'.split(','),
];
const ODD_SCALARS = '.inf,-,*x,&x 1,!!str 1,@x,a: b,{{ x }},"a" b'.split(',');

/** A document of nested collections and scalars in every style, some of it broken on purpose. */
function generate(random: (limit: number) => number): string {
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
  const pad = (indent: number): string => ' '.repeat(indent);
  const scalar = (indent: number): string => {
    switch (random(12)) {
      case 0:
        return `|${pick(['', '-', '+', '2'])}\n${pad(indent + 2)}first\n${pick(['', '\n', `${pad(indent + 4)}more\n`])}${pad(indent + 2)}last`;
      case 1:
        return `>${pick(['', '-', '+'])}\n${pad(indent + 2)}one\n${pad(indent + 2)}two\n${pick(['', '\n'])}${pad(indent + 2)}three`;
      case 2:
        return `"folded\n${pad(indent + 2)}text \\\n${pad(indent)}  joined${pick([' \n\n', '\n'])} end"`;
      case 3:
        return `'folded ${pick(['\n', ' \n\n'])}${pad(indent + 2)}text'`;
      case 4:
        return `plain\n${pad(indent + random(3))}over lines`;
      case 5:
        return pick(['[a, "b", 1]', '{a: b, "c": [d]}', '[a,\n  b]', '{"a":1}', '[ x , y ]', '{a: }', '[a: b]']);
      default:
        return pick(random(60) === 0 ? ODD_SCALARS : SCALARS);
    }
  };
  const node = (indent: number, depth: number): string => {
    let text = '';
    const isSequence = random(3) === 0;
    for (let count = 1 + random(4); count > 0; count--) {
      if (random(12) === 0) text += pick(['\n', `${pad(indent)}# comment\n`, '   \n']);
      const head = `${pad(random(150) === 0 ? indent + 1 : indent)}${isSequence ? '-' : `${pick(random(60) === 0 ? ODD_KEYS : KEYS)}:`}`;
      const kind = depth > 3 ? 0 : random(4);
      if (kind > 1) text += `${head}\n${node(indent + (isSequence ? 2 : random(3)), depth + 1)}`;
      else if (kind === 1 && isSequence) text += `${head} ${node(indent + 2, depth + 1).trimStart()}`;
      else text += `${head}${pick([' ', '  ', ' '])}${scalar(indent)}\n`;
    }
    return text;
  };
  return node(0, 0);
}

test('ten thousand generated documents read alike', () => {
  const random = randomOf(20);
  const documents = Array.from({ length: 10_000 }, () => normalise(generate(random)));
  const { covered, wrong } = compare(documents);
  expect(wrong).toEqual([]);
  expect(covered).toBeGreaterThan(2000);
});

test('what only the full reader covers is left to it', () => {
  for (const text of [
    'a: &x 1\n',
    'a: !!str 1\n',
    '<<: {}\n',
    '? a\n: b\n',
    'a: 1\na: 2\n',
    'a: .inf\n',
    '1.5: a\n',
    'a:\tb\n',
    'a\n',
    '--- a\n',
  ]) {
    expect(readFast(text), text).toBeUndefined();
  }
});

test.each([
  ['a: "one\n  two\n\n  three \\\n  four"\n', { a: 'one two\nthree four' }],
  ["a: 'one\n  two '' three'\n", { a: "one two ' three" }],
  ['a: one\n  two\n\n  three\nb: 1\n', { a: 'one two\nthree', b: 1 }],
  ['a: |+\n  x\n\nb: >-\n  y\n  z\n\n   w\n', { a: 'x\n\n', b: 'y z\n\n w' }],
  ['a:\n- b: 1\n  c:\n  - d\n- - e\n  - {f: [g, "h"]}\n', { a: [{ b: 1, c: ['d'] }, ['e', { f: ['g', 'h'] }]] }],
  ['---\n# nothing\n', null],
  ['constructor: 1\n"a b": 0o17\nbig: 9007199254740993\n', { constructor: 1, 'a b': 15, big: 9007199254740993n }],
] as readonly [string, JsonValue][])('%j', (text, expected) => {
  expect(readFast(text)).toEqual(expected);
});

const suites = fileURLToPath(new URL('../../../../../shared/suites/', import.meta.url));

/** The YAML files of a tar archive; long names come in an entry before the file's. */
function* yamlInArchive(bytes: Buffer): Generator<string> {
  let longName: string | undefined;
  for (let at = 0; at + 512 <= bytes.length; ) {
    const name = longName ?? bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 136), 8) || 0;
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    const content = bytes.toString('utf8', at + 512, at + 512 + size);
    if (type === 'x') longName = /path=(.*)\n/.exec(content)?.[1];
    else if (type === 'L') longName = content.replace(/\0.*$/s, '');
    else {
      longName = undefined;
      if (/\.ya?ml$/.test(name)) yield content;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

describe.skipIf(!existsSync(`${suites}gitops`))('real repositories', () => {
  test.each(['medium-a', 'large-a'])('gitops/%s reads alike', (name) => {
    const texts = yamlInArchive(gunzipSync(readFileSync(`${suites}gitops/${name}.tgz`)));
    const { covered, all, wrong } = compare([...texts].flatMap((text) => [...documentsOf(text)]));
    expect(wrong).toEqual([]);
    expect(covered / all).toBeGreaterThan(0.8);
  });

  test('kyverno-policies reads alike', () => {
    const names = readdirSync(`${suites}kyverno-policies`, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
    const { covered, all, wrong } = compare(
      names.flatMap((name) => [...documentsOf(readFileSync(`${suites}kyverno-policies/${name}`, 'utf8'))]),
    );
    expect(wrong).toEqual([]);
    expect(covered / all).toBeGreaterThan(0.95);
  });
});
