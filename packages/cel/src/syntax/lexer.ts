import type { RawIssue } from './issue.ts';

export type TokenKind = 'int' | 'uint' | 'float' | 'string' | 'bytes' | 'ident' | 'escaped' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const ESCAPE = String.raw`\\(?:[abfnrtv"'\\?\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;

const STRING = [
  '[rR]"""[^]*?"""',
  "[rR]'''[^]*?'''",
  String.raw`[rR]"[^"\n\r]*"`,
  String.raw`[rR]'[^'\n\r]*'`,
  String.raw`"""(?:${ESCAPE}|[^\\])*?"""`,
  String.raw`'''(?:${ESCAPE}|[^\\])*?'''`,
  String.raw`"(?:${ESCAPE}|[^\\"\n\r])*"`,
  String.raw`'(?:${ESCAPE}|[^\\'\n\r])*'`,
].join('|');

let pattern: RegExp | undefined;

/** The grammar's tokens, the longest first where several fit. Each alternative is read once from left to right. */
function tokenPattern(): RegExp {
  pattern ??= new RegExp(
    [
      String.raw`(?<skip>[\t \r\n\f]+|//[^\n]*)`,
      `(?<bytes>[bB](?:${STRING}))`,
      `(?<string>${STRING})`,
      String.raw`(?<float>\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)`,
      String.raw`(?<uint>0x[0-9a-fA-F]+[uU]|\d+[uU])`,
      String.raw`(?<int>0x[0-9a-fA-F]+|\d+)`,
      '(?<ident>[a-zA-Z_][a-zA-Z0-9_]*)',
      '(?<escaped>`[a-zA-Z0-9_.\\-/ ]+`)',
      String.raw`(?<symbol>==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%])`,
    ].join('|'),
    'y',
  );
  return pattern;
}

const WORDS = new Set(['in', 'true', 'false', 'null']);

/** The tokens, the last of kind `end`. What is no token is reported and passed over, as the server does. */
export function tokenize(text: string, issues: RawIssue[]): readonly Token[] {
  const tokens: Token[] = [];
  const regexp = tokenPattern();
  let at = 0;
  while (at < text.length) {
    regexp.lastIndex = at;
    const match = regexp.exec(text);
    if (match === null) {
      const end = at + wrongLength(text, at);
      issues.push({ offset: at, message: `Syntax error: token recognition error at: '${text.slice(at, end)}'` });
      at = end;
      continue;
    }
    const found = match[0];
    const kind = kindOf(match);
    if (kind !== undefined) {
      const isWord = kind === 'ident' && WORDS.has(found);
      tokens.push({ kind: isWord ? 'symbol' : kind, text: found, start: at, end: at + found.length });
    }
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length });
  return tokens;
}

function kindOf(match: RegExpExecArray): TokenKind | undefined {
  const groups = match.groups ?? {};
  for (const kind of ['ident', 'symbol', 'string', 'int', 'float', 'uint', 'bytes', 'escaped'] as const) {
    if (groups[kind] !== undefined) return kind;
  }
  return undefined;
}

/** How far the server's lexer got into a token before it gave up: to where no token can go on. */
function wrongLength(text: string, at: number): number {
  const rest = text.slice(at);
  const quote = /^[bB]?[rR]?("""|'''|"|')/.exec(rest);
  if (quote !== null) {
    const [opening, mark = ''] = quote;
    const isRaw = /[rR]/.test(opening);
    if (mark.length === 3) {
      // A triple quote that never ends: all of the text, or up to a wrong escape.
      if (isRaw) return rest.length;
      const body = new RegExp(`^(?:${ESCAPE}|[^\\\\])*`).exec(rest.slice(opening.length))?.[0] ?? '';
      return Math.min(rest.length, opening.length + body.length + partialEscape(rest.slice(opening.length + body.length)));
    }
    const body =
      new RegExp(isRaw ? `^[^${mark}\\n\\r]*` : `^(?:${ESCAPE}|[^\\\\${mark}\\n\\r])*`).exec(rest.slice(opening.length))?.[0] ?? '';
    const end = opening.length + body.length;
    return Math.min(rest.length, end + Math.max(1, partialEscape(rest.slice(end))));
  }
  if (rest.startsWith('`')) return Math.min(rest.length, (/^`[a-zA-Z0-9_.\-/ ]*/.exec(rest)?.[0].length ?? 1) + 1);
  if (/^[=&|]/.test(rest)) return Math.min(rest.length, 2);
  return (rest.codePointAt(0) ?? 0) > 0xffff ? 2 : 1;
}

function partialEscape(rest: string): number {
  if (!rest.startsWith('\\')) return 0;
  return (/^\\(?:[xX][0-9a-fA-F]?|u[0-9a-fA-F]{0,3}|U[0-9a-fA-F]{0,7}|[0-3][0-7]?)?/.exec(rest)?.[0].length ?? 1) + 1;
}

/** White space as messages have it. */
export function shown(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
