import { shown, type Token } from './lexer.ts';

/** Names that CEL keeps for itself; `namespace` is among them. */
export const RESERVED: ReadonlySet<string> = new Set([
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** Ends the parse. The server's parser goes on after some errors and may then say more; the first is the same. */
export class SyntaxProblem {
  readonly offset: number;
  readonly message: string;

  constructor(offset: number, message: string) {
    this.offset = offset;
    this.message = message;
  }
}

/** A token that does not belong: extraneous where what follows it would have fitted. */
export function unexpected(token: Token, expected: readonly string[], isNextFitting: boolean): SyntaxProblem {
  const list = expected.map((each) => (/^[A-Z]|^<|^'/.test(each) ? each : `'${each}'`));
  const what = list.length === 1 ? (list[0] ?? '') : `{${list.join(', ')}}`;
  const how = isNextFitting && token.kind !== 'end' ? 'extraneous' : 'mismatched';
  return new SyntaxProblem(token.start, `Syntax error: ${how} input '${shown(token.text)}' expecting ${what}`);
}
