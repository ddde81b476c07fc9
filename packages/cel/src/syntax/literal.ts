import { Bytes } from '../value/bytes.ts';
import { Double, MAX_INT, MAX_UINT, MIN_INT, toInt, UInt } from '../value/numbers.ts';
import type { Value } from '../value/value.ts';
import type { Token } from './lexer.ts';
import { unquoteBytes, unquoteString } from './unquote.ts';

/** The value of a literal's token, with the minus before it; or what is wrong with it. undefined where the token is no literal. */
export function literalOf(token: Token, sign: string): { readonly value: Value; readonly problem?: string } | undefined {
  switch (token.kind) {
    case 'int':
      return int(sign, token.text);
    case 'uint':
      return uint(token.text.slice(0, -1));
    case 'float':
      return double(sign + token.text);
    case 'string': {
      const value = unquoteString(token.text);
      return value === undefined ? { value: '', problem: 'invalid unicode code point' } : { value };
    }
    case 'bytes': {
      const bytes = unquoteBytes(token.text);
      const value = new Bytes(bytes ?? new Uint8Array());
      return bytes === undefined ? { value, problem: 'unable to unescape string' } : { value };
    }
    default:
      return token.kind === 'symbol' ? WORDS[token.text] : undefined;
  }
}

const WORDS: Readonly<Record<string, { readonly value: Value } | undefined>> = {
  true: { value: true },
  false: { value: false },
  null: { value: null },
};

function int(sign: string, text: string): { readonly value: Value; readonly problem?: string } {
  const value = sign === '-' ? -BigInt(text) : BigInt(text);
  return value < MIN_INT || value > MAX_INT ? { value: 0, problem: 'invalid int literal' } : { value: toInt(value) };
}

function uint(text: string): { readonly value: Value; readonly problem?: string } {
  const value = BigInt(text);
  return value > MAX_UINT ? { value: new UInt(0n), problem: 'invalid uint literal' } : { value: new UInt(value) };
}

function double(text: string): { readonly value: Value; readonly problem?: string } {
  const value = Number(text);
  return Number.isFinite(value) ? { value: new Double(value) } : { value: new Double(0), problem: 'invalid double literal' };
}
