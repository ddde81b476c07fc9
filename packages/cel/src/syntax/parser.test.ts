import { describe, expect, test } from 'vitest';
import { MacroTable } from '../macros/macro.ts';
import { STANDARD_MACROS } from '../macros/standard.ts';
import { Bytes } from '../value/bytes.ts';
import { Double, UInt } from '../value/numbers.ts';
import type { Expr } from './ast.ts';
import { reportIssues } from './issue.ts';
import { parse } from './parser.ts';

const OPTIONS = { macros: new MacroTable(STANDARD_MACROS), hasOptionals: true };

/** An expression in prefix form. */
function shown(expr: Expr): string {
  switch (expr.kind) {
    case 'literal': {
      const { value } = expr;
      if (value instanceof UInt) return `${value.value}u`;
      if (value instanceof Double) return value.value.toFixed(2);
      if (value instanceof Bytes) return `b[${value.bytes.join()}]`;
      return typeof value === 'string' ? JSON.stringify(value) : String(value);
    }
    case 'ident':
      return expr.name;
    case 'select':
      return expr.isTest ? `has(${shown(expr.operand)}.${expr.field})` : `${shown(expr.operand)}.${expr.field}`;
    case 'call':
      return `${expr.target === undefined ? '' : `${shown(expr.target)}.`}${expr.name}(${expr.args.map(shown).join(' ')})`;
    case 'list':
      return `[${expr.items.map((item, index) => `${expr.optionals.has(index) ? '?' : ''}${shown(item)}`).join(' ')}]`;
    case 'map':
      return `{${expr.entries.map(({ key, value, isOptional }) => `${isOptional ? '?' : ''}${shown(key)}:${shown(value)}`).join(' ')}}`;
    case 'struct':
      return `${expr.name}{${expr.fields.map(({ name, value }) => `${name}:${shown(value)}`).join(' ')}}`;
    case 'comprehension':
      return `fold(${expr.variable} in ${shown(expr.range)}, ${shown(expr.init)}, ${shown(expr.condition)}, ${shown(expr.step)}, ${shown(expr.result)})`;
  }
}

function parsed(text: string): string {
  const result = parse(text, OPTIONS);
  return result.ok ? shown(result.expr) : reportIssues(text, result.issues).message;
}

describe('expressions', () => {
  test.each([
    ['1 + 2 * 3', '_+_(1 _*_(2 3))'],
    ['a < b == c', '_==_(_<_(a b) c)'],
    ['a && b && c && d', '_&&_(_&&_(a b) _&&_(c d))'],
    ['a ? b : c ? d : e', '_?_:_(a b _?_:_(c d e))'],
    ['--1', '1'],
    ['!!a', 'a'],
    ['-a.b', '-_(a.b)'],
    ['1 - -1', '_-_(1 -1)'],
    ['a.?b[?0].c', '_[?_](_?._(a "b") 0).c'],
    ['[?a, b,]', '[?a b]'],
    ['{?"a": 1, 2u: 1.5,}', '{?"a":1 2u:1.50}'],
    ['Object.spec{replicas: 1}', 'Object.spec{replicas:1}'],
    ['a.`b-c`', 'a.b-c'],
    ['has(a.b)', 'has(a.b)'],
    ['xs.all(x, x)', 'fold(x in xs, true, @not_strictly_false(@result), _&&_(@result x), @result)'],
    ['0xff', '255'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['// why\n1', '1'],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });
});

describe('texts and bytes', () => {
  test.each([
    [String.raw`'\x41\u00e9\U0001F600\101\n'`, JSON.stringify('Aé😀A\n')],
    [String.raw`r'\n'`, JSON.stringify('\\n')],
    ['"""a\n"b"""', JSON.stringify('a\n"b')],
    [String.raw`b'\xff\303é'`, 'b[255,195,195,169]'],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });
});

describe('what is no expression, in the server’s words', () => {
  const START = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
  test.each([
    ['1 +', `ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting ${START}\n | 1 +\n | ...^`],
    ['(1', "ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'\n | (1\n | ..^"],
    ['a b', "ERROR: <input>:1:3: Syntax error: extraneous input 'b' expecting <EOF>\n | a b\n | ..^"],
    ['99999999999999999999', 'ERROR: <input>:1:1: invalid int literal\n | 99999999999999999999\n | ^'],
    ['é', "ERROR: <input>:1:1: Syntax error: token recognition error at: 'é'\n | é\n | ＾"],
    ['if', 'ERROR: <input>:1:1: reserved identifier: if\n | if\n | ^'],
    ['has(a)', 'ERROR: <input>:1:5: invalid argument to has() macro\n | has(a)\n | ....^'],
    ['xs.map(1, x)', 'ERROR: <input>:1:8: argument is not an identifier\n | xs.map(1, x)\n | .......^'],
  ])('%s', (text, expected) => {
    expect(parsed(text).split('\nERROR')[0]).toBe(expected);
  });

  test('what is nested too deeply, by parentheses or by a chain', () => {
    const message = 'ERROR: <input>:-1:0: expression recursion limit exceeded: 250';
    expect(parsed(`${'('.repeat(300)}1${')'.repeat(300)}`)).toBe(message);
    expect(parsed(`a${'.b'.repeat(300)}`)).toBe(message);
    expect(parsed(`1${' + 1'.repeat(300)}`)).toBe(message);
    expect(parsed(`a${' && a'.repeat(300)}`)).not.toContain('ERROR');
  });

  test('what is too long', () => {
    expect(parsed(`'${'x'.repeat(100_000)}'`)).toBe(
      'ERROR: <input>:-1:0: expression code point size exceeds limit: size: 100002, limit 100000',
    );
  });
});
