import { expect, test } from 'vitest';
import { fillIn, namesIn, parseTemplate, SubstitutionError } from './envsubst.ts';

const VARIABLES: Readonly<Record<string, string>> = {
  A: 'alpha',
  B: 'b.c-d/e',
  EMPTY: '',
  N: '3',
  U: 'hélloÜ',
  path: 'a/b/c.tar.gz',
  D: 'd$d',
  S: ' sp ',
  Q: `q"'`,
};
const lookUp = (name: string): string | undefined => VARIABLES[name];

/** Text, what fluxcd/pkg/envsubst v1.9.0 makes of it where variables that are not set are empty, and in strict mode; null where it fails. */
const RECORDED: readonly (readonly [string, string | null, string | null])[] = [
  ['', '', ''],
  ['a', 'a', 'a'],
  ['$', '$', '$'],
  ['$$', '$', '$'],
  ['$$$', '$$', '$$'],
  ['${A}', 'alpha', 'alpha'],
  ['$${A}', '${A}', '${A}'],
  ['$$${A}', '$alpha', '$alpha'],
  ['${A', null, null],
  ['${', null, null],
  ['${}', null, null],
  ['${A}}', 'alpha}', 'alpha}'],
  ['{${A}}', '{alpha}', '{alpha}'],
  ['a$b', 'a$b', 'a$b'],
  ['${A:-x}', 'alpha', 'alpha'],
  ['${NO:-x}', 'x', 'x'],
  ['${NO:=x}', 'x', 'x'],
  ['${NO=x}', 'x', 'x'],
  ['${NO-x}', null, null],
  ['${NO:?x}', 'x', 'x'],
  ['${NO:+x}', 'x', 'x'],
  ['${A:+x}', 'alpha', 'alpha'],
  ['${EMPTY:-x}', 'x', 'x'],
  ['${EMPTY}', '', ''],
  ['${NO}', '', null],
  ['${#A}', '5', '5'],
  ['${#U}', '8', '8'],
  ['${#NO}', '0', null],
  ['${A^}', 'Alpha', 'Alpha'],
  ['${A^^}', 'ALPHA', 'ALPHA'],
  ['${U^^}', 'HÉLLOÜ', 'HÉLLOÜ'],
  ['${U,,}', 'hélloü', 'hélloü'],
  ['${U,}', 'hélloÜ', 'hélloÜ'],
  ['${A,}', 'alpha', 'alpha'],
  ['${A,^}', 'alpha', 'alpha'],
  ['${A:1}', 'lpha', 'lpha'],
  ['${A:1:2}', 'lp', 'lp'],
  ['${A:-1}', 'alpha', 'alpha'],
  ['${A: -2}', 'alpha', 'alpha'],
  ['${A:0:-1}', 'alph', 'alph'],
  ['${A:9}', '', ''],
  ['${A:1:99}', 'lpha', 'lpha'],
  ['${A:x}', 'alpha', 'alpha'],
  ['${A:1:x}', 'alpha', 'alpha'],
  ['${U:0:2}', 'h�', 'h�'],
  ['${A/l/L}', 'aLpha', 'aLpha'],
  ['${A//a/x}', 'xlphx', 'xlphx'],
  ['${A/#al/x}', 'xpha', 'xpha'],
  ['${A/%ha/x}', 'alpx', 'alpx'],
  ['${A/a}', null, null],
  ['${A/a/}', 'lpha', 'lpha'],
  ['${path#*/}', 'b/c.tar.gz', 'b/c.tar.gz'],
  ['${path##*/}', 'c.tar.gz', 'c.tar.gz'],
  ['${path%.*}', 'a/b/c.tar', 'a/b/c.tar'],
  ['${path%%.*}', 'a/b/c', 'a/b/c'],
  ['${path%/*}', 'a/b', 'a/b'],
  ['${path/\\//-}', 'a-b/c.tar.gz', 'a-b/c.tar.gz'],
  ['${path//\\//-}', 'a-b-c.tar.gz', 'a-b-c.tar.gz'],
  ['${path//[a-c]/-}', 'a/b/c.tar.gz', 'a/b/c.tar.gz'],
  ['${A#[a}', 'alpha', 'alpha'],
  ['${A##a[a-z]p}', 'ha', 'ha'],
  ['${A%?}', 'alph', 'alph'],
  ['${A%%?}', 'alph', 'alph'],
  ['${A#}', null, null],
  ['${A%}', null, null],
  ['${NO:-${A}}', 'alpha', 'alpha'],
  ['${NO:-${NO2:-z}}', 'z', 'z'],
  ['${NO:-a${A}b${B}c}', 'aalphabb.c-d/ec', 'aalphabb.c-d/ec'],
  ['${NO:-a b: c}', 'a b: c', 'a b: c'],
  ['${NO:=${EMPTY}}', '', ''],
  ['${A:-${B}}', 'alpha', 'alpha'],
  ['${1}', '', null],
  ['${a-b}', null, null],
  ['${a.b}', null, null],
  ['${A B}', null, null],
  ['${ A}', null, null],
  ['${A }', null, null],
  ['${é}', '', null],
  ['x${A}y${B}z', 'xalphayb.c-d/ez', 'xalphayb.c-d/ez'],
  ['${D}', 'd$d', 'd$d'],
  ['$${D}', '${D}', '${D}'],
  ['${A//p/$$}', 'al$ha', 'al$ha'],
  ['${A/p/\\\\}', 'al\\ha', 'al\\ha'],
  ['${NO:-$$}', '$$', '$$'],
  ['${NO:-$}', '$', '$'],
  ['$A', '$A', '$A'],
  ['$(A)', '$(A)', '$(A)'],
  ['${A[@]}', null, null],
  ['${A@Q}', null, null],
  ['${!A}', null, null],
  ['${A:?}', 'alpha', 'alpha'],
  ['${A:}', null, null],
  ['${A::}', null, null],
  ['${A::2}', null, null],
  ['${A:${N}}', 'ha', 'ha'],
  ['${A:1:${N}}', 'lph', 'lph'],
  ['${A:1${N}}', null, null],
  ['${A/${N}/x}', 'alpha', 'alpha'],
  ['${S}', ' sp ', ' sp '],
  ['${Q}', 'q"\'', 'q"\''],
  ['${A:-"x"}', 'alpha', 'alpha'],
  ["${NO:-'}", "'", "'"],
  ['${NO:-"a"}', '"a"', '"a"'],
];

test.each(RECORDED)('%j is filled in as Flux does it', (text, lenient, strict) => {
  if (lenient === null) {
    expect(() => parseTemplate(text)).toThrow(SubstitutionError);
    return;
  }
  const result = fillIn(parseTemplate(text), lookUp);
  expect([result.text, result.missing.length === 0 ? result.text : null]).toEqual([lenient, strict]);
});

test('what is not known stays in the text as it is written, with all that hangs on it', () => {
  const known = (name: string): string | undefined | { unknown: true } => (name === 'SECRET' ? { unknown: true } : lookUp(name));
  const filled = (text: string) => fillIn(parseTemplate(text), known);
  expect(filled('${A}.${SECRET}')).toEqual({ text: 'alpha.${SECRET}', used: ['A'], missing: [], open: ['SECRET'] });
  expect(filled('${SECRET:-${A}}').text).toBe('${SECRET:-${A}}');
  expect(filled('${SECRET/a/b} ${#SECRET} ${SECRET:1:2} ${SECRET%%.*}').text).toBe('${SECRET/a/b} ${#SECRET} ${SECRET:1:2} ${SECRET%%.*}');
  expect(filled('${NO:-${SECRET}}')).toMatchObject({ text: '${SECRET}', open: ['SECRET'] });
});

test('a reference that the text ends in is told from a wrong one', () => {
  const isOpen = (text: string): boolean | undefined => {
    try {
      parseTemplate(text);
    } catch (error) {
      return error instanceof SubstitutionError ? error.isOpen : undefined;
    }
    return undefined;
  };
  expect(['${A', '${A:-b', '${A:-${B}', '${A[@]}', '${a-b}'].map(isOpen)).toEqual([true, true, true, false, false]);
});

test('nothing that can be written takes long, or more room than calls have', () => {
  expect(() => parseTemplate('${A:-'.repeat(10_000))).toThrow(SubstitutionError);
  const long = parseTemplate(`\${V##${'*a'.repeat(100)}}`);
  expect(fillIn(long, () => 'a'.repeat(200)).text).toBe('');
  expect(() => fillIn(long, () => 'a'.repeat(5_000))).toThrow(SubstitutionError);
  expect(() => fillIn(parseTemplate('${V}'.repeat(10_000)), () => 'a'.repeat(10_000))).toThrow(SubstitutionError);
});

test('all names are found, also those in arguments', () => {
  expect([...namesIn(parseTemplate('${A} ${B:-${C}} $${D}'))]).toEqual(['A', 'B', 'C']);
});
