import { expect, test } from 'vitest';
import type { Range } from '../values/range.ts';
import { decode, parse } from './parse.ts';
import type { SourceFile } from './source-file.ts';

function fileOf(text: string | Uint8Array, path = 'a.yaml'): SourceFile {
  return { path, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text };
}

/** The text that a range covers in the file. */
function textAt(text: string, range: Range): string {
  const lines = text.split('\n');
  const indexOf = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return text.slice(indexOf(range.line, range.column), indexOf(range.endLine, range.endColumn));
}

const at = ({ line, column }: Range): string => `${line}:${column}`;

test('values and positions of several documents', () => {
  const text = '---\na: 1\nb:\n  - x: "one"\n    y: two # note\n---\n# only a comment\n---\nc: {d: [e, f]}\n';
  const documents = parse(fileOf(text));
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1, b: [{ x: 'one', true: 'two' }] }, null, { c: { d: ['e', 'f'] } }]);
  expect(textAt(text, documents[0]?.rangeOf(['b', 0, 'x']) as Range)).toBe('"one"');
  expect(textAt(text, documents[0]?.rangeOf(['b', 0, 'x'], 'key') as Range)).toBe('x');
  expect(textAt(text, documents[0]?.rangeOf(['b', 0, 'true']) as Range)).toBe('two');
  expect(textAt(text, documents[2]?.rangeOf(['c', 'd', 1]) as Range)).toBe('f');
  expect(at(documents[2]?.rangeOf(['c', 'd', 1]) as Range)).toBe('9:12');
  expect(textAt(text, documents[2]?.rangeOf(['c', 'missing', 'deeper']) as Range)).toBe('c');
  expect(documents.map(({ text: own }) => own)).toEqual([
    '---\na: 1\nb:\n  - x: "one"\n    y: two # note\n',
    '# only a comment\n',
    'c: {d: [e, f]}\n',
  ]);
});

test('positions with CR LF and a byte order mark', () => {
  const text = '\ufeffa: 1\r\nb:\r\n  c: x\r\n---\r\nd: "y"\r\n';
  const documents = parse(fileOf(text));
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1, b: { c: 'x' } }, { d: 'y' }]);
  expect(at(documents[0]?.rangeOf(['a']) as Range)).toBe('1:4');
  expect(at(documents[0]?.rangeOf(['b', 'c']) as Range)).toBe('3:6');
  expect(at(documents[1]?.rangeOf(['d']) as Range)).toBe('5:4');
});

test('a broken document is one problem at its place and the next is read', () => {
  const documents = parse(fileOf('a: 1\n---\nb: c: d\n---\ne: 2\n'));
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, undefined, { e: 2 }]);
  expect(documents[1]?.problems).toEqual([
    {
      code: 'syntax',
      level: 'fatal',
      message: 'mapping values are not allowed here; quote the text if it holds ": ", or mend the indentation',
      range: { line: 3, column: 5, endLine: 3, endColumn: 6 },
    },
  ]);
});

test.each([
  ['a: 1\na: 2\n', 'duplicate-key strict 2:1 {"a":2}'],
  ['x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n', 'duplicate-key strict 4:3 {"x":{"a":1},"true":{"a":1}}'],
  ['a:\n\tb: 1\n', 'tab-indent fatal 2:1 undefined'],
  ['a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n', 'merge-conflict fatal 2:1 undefined'],
  ['a: *x\n', 'undefined-alias fatal 1:4 undefined'],
  ['a: &x 1\nb: &x 2\n', 'duplicate-anchor note 2:7 {"a":1,"b":2}'],
  ['a: &x [*x]\n', 'bound-alias fatal 1:8 undefined'],
  [`a: ${'['.repeat(600)}${']'.repeat(600)}\n`, 'bound-depth fatal 1:1 undefined'],
  ['a: x\u0007\n', 'encoding fatal 1:5 undefined'],
  ['a: "x\nb: 1\n', 'syntax fatal 1:4 undefined'],
  ['a: [1, 2\n', 'syntax fatal 1:4 undefined'],
  ['a: .inf\n', 'invalid-value fatal 1:4 undefined'],
  ['{{ .Values.x }}: 1\n', 'invalid-key fatal 1:1 undefined'],
  ['{"a": 1, "b": {"a": 1,\n  "a": 2}}', 'duplicate-key strict 2:3 {"a":1,"b":{"a":2}}'],
  ['{"a": 1} {"b": 1} x', 'syntax fatal 1:19 {"a":1},{"b":1},undefined'],
  ['a: 1\n...\n# more\nb: 2\n', 'syntax note 4:1 {"a":1}'],
  ['# two\n{"a": 1}\n{"b": 2}\n', 'syntax strict 3:1 {"a":1}'],
  ['a: 1\n... # end\n# done', ' {"a":1}'],
  ["a: 'it's'\n", 'syntax fatal 1:8 undefined'],
  ['a: 1\n--- b: 2\n', 'syntax fatal 2:1 undefined'],
])('%j', (text, expected) => {
  const documents = parse(fileOf(text));
  const problems = documents.flatMap((document) => document.problems.map(({ code, level, range }) => `${code} ${level} ${at(range)}`));
  expect(`${problems.join(' ')} ${documents.map(({ value }) => JSON.stringify(value) ?? 'undefined').join(',')}`).toBe(expected);
});

test('bytes that are not UTF-8', () => {
  const latin1 = Uint8Array.from('a: 1\n---\nb: caf\xe9\n---\nc: 1\n', (unit) => unit.charCodeAt(0));
  const documents = parse(fileOf(latin1));
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, undefined, { c: 1 }]);
  expect(documents[1]?.problems.map(({ code, range }) => `${code} ${at(range)}`)).toEqual(['encoding 3:7']);
  expect(parse(fileOf(Uint8Array.of(0x7f, 0x45, 0, 0, 0xff)))[0]?.problems[0]?.message).toBe('the file is binary, not text');
});

test('UTF-16 is read and said', () => {
  const text = '\ufeffa: 1\n';
  const bytes = Uint8Array.from([...text].flatMap((unit) => [unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8]));
  const [document] = parse(fileOf(bytes));
  expect(document?.value).toEqual({ a: 1 });
  expect(document?.problems.map(({ code, level }) => `${code} ${level}`)).toEqual(['encoding strict']);
});

test('fields that an alias or a merge brings in stand where they are written', () => {
  const text = 'base: &b\n  a: one\nuse:\n  <<: *b\n  c: two\nsame: *b\n';
  const [document] = parse(fileOf(text));
  expect(at(document?.rangeOf(['use', 'a']) as Range)).toBe('2:6');
  expect(at(document?.rangeOf(['same', 'a']) as Range)).toBe('2:6');
  expect(textAt(text, document?.rangeOf(['same']) as Range)).toBe('*b');
});

test('decode gives the text that positions refer to', () => {
  expect(decode(new TextEncoder().encode('\ufeffa: é\n'))).toEqual({ text: 'a: é\n' });
  expect(decode(Uint8Array.of(0x61, 0xff)).problem?.range).toEqual({ line: 1, column: 2, endLine: 1, endColumn: 3 });
  expect(decode(Uint8Array.of(0x61, 0)).text).toBe('');
});

test('a file over the bound is refused unread', () => {
  const [document] = parse(fileOf(new Uint8Array(33 * 1024 * 1024)));
  expect(document?.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'bound-size: the file has 33 MiB; files over 32 MiB are not read',
  ]);
});

test('nothing makes it throw', () => {
  const pieces = [
    '\n',
    '\n---\n',
    '---',
    '- ',
    ': ',
    ':',
    'a',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!!int ',
    '|',
    '>',
    '\t',
    '  ',
    '\r\n',
    '#',
    '?',
    '%',
    '<<: ',
    '{"a":1}',
    '\\',
    '1',
    '\u0007',
    '\u2028',
    '😀',
  ];
  let state = 7;
  const random = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + random(16) }, () => pieces[random(pieces.length)]).join('');
    for (const document of parse(fileOf(text))) {
      const { problems, value } = document;
      expect(problems.filter(({ level }) => level === 'fatal').length).toBe(value === undefined ? 1 : 0);
      for (const { range } of [...problems, { range: document.range }, { range: document.rangeOf(['a', 0]) }]) {
        expect(range.line >= 1 && range.column >= 1 && range.endLine >= range.line).toBe(true);
      }
    }
  }
});

test.each([
  ['{a: , b: 1}', ['a'], '1:4'],
  ['{a, b: 1}', ['a'], '1:3'],
  ['{? a , b: 1}', ['a'], '1:5'],
  ['{"a":\n}', ['a'], '1:6'],
  ['[a: ]', [0, 'a'], '1:4'],
  ['[? a]', [0, 'a'], '1:5'],
  ['? a # why\n\nb: 1', ['a'], '1:4'],
  ['? |\n  a\n? b\n', ['b'], '3:4'],
  ['a:   # why\nb: 1', ['a'], '1:3'],
  ['-   # why\n- 1', [0], '1:2'],
])('in %j a value that is not written stands behind its key, %j', (text, path, place) => {
  const [document] = parse(fileOf(text));
  expect(at(document?.rangeOf(path) as Range)).toBe(place);
  expect(textAt(text, document?.rangeOf(path) as Range)).toBe('');
});

test('a character that is not allowed is fatal only where Kubernetes gets to it', () => {
  const far = `a: 1\n...\n${'# comment\n'.repeat(60)}`;
  const [behind] = parse(fileOf(`${far}# \x01\n`));
  expect(behind?.value).toEqual({ a: 1 });
  expect(behind?.problems.map(({ code, level, range }) => `${code} ${level} ${at(range)}`)).toEqual(['encoding note 63:3']);
  const [before] = parse(fileOf('a: b: c\nd: \x01\n'));
  expect(before?.problems.map(({ code, level, range }) => `${code} ${level} ${at(range)}`)).toEqual(['encoding fatal 2:4']);
});

test('a last line that kubectl loses by its length is read', () => {
  const [document] = parse(fileOf(`a: 1\n${'b: '.padEnd(4096, 'x')}`));
  expect(document?.value).toEqual({ a: 1, b: 'x'.repeat(4093) });
});

test('fields of YAML in the line where a JSON value ends stand where they are written', () => {
  const text = '{"a":1} b: {c: d}\ne: f\n';
  const documents = parse(fileOf(text));
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: { c: 'd' }, e: 'f' }]);
  expect(at(documents[1]?.rangeOf(['b', 'c']) as Range)).toBe('1:16');
  expect(textAt(text, documents[1]?.rangeOf(['b'], 'key') as Range)).toBe('b');
  expect(textAt(text, documents[1]?.rangeOf(['e']) as Range)).toBe('f');
});

test('blanks of every kind may stand before and behind JSON, and before YAML that begins like it', () => {
  const valuesOf = (text: string): unknown[] => parse(fileOf(text)).map(({ value }) => value);
  expect(valuesOf('\u3000\u00a0{"a":1}\n')).toEqual([{ a: 1 }]);
  expect(valuesOf('{"a":1}\u00a0b: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  const text = ' \u00a0\n {a: {b: c}}\n---\nd: e\n';
  expect(valuesOf(text)).toEqual([{ a: { b: 'c' } }, { d: 'e' }]);
  expect(textAt(text, parse(fileOf(text))[0]?.rangeOf(['a', 'b']) as Range)).toBe('c');
});
