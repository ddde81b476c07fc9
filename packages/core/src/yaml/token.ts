import type { Mark } from './cursor.ts';
import type { Directive } from './scan-tag.ts';

export const Token = {
  streamEnd: 1,
  directive: 2,
  documentStart: 3,
  documentEnd: 4,
  blockSequenceStart: 5,
  blockMappingStart: 6,
  blockEnd: 7,
  flowSequenceStart: 8,
  flowSequenceEnd: 9,
  flowMappingStart: 10,
  flowMappingEnd: 11,
  blockEntry: 12,
  flowEntry: 13,
  key: 14,
  value: 15,
  alias: 16,
  anchor: 17,
  tag: 18,
  scalar: 19,
} as const;

export type TokenKind = (typeof Token)[keyof typeof Token];

export interface ScannedToken {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A scalar's text, an anchor's or alias's name, a tag's handle. */
  readonly value?: string;
  readonly suffix?: string;
  /** A scalar without quotes or block indicator. */
  readonly isPlain?: boolean;
  readonly directive?: Directive;
}

/** A place where a mapping key may have begun: known only when its `:` comes. */
export interface SimpleKey {
  isPossible: boolean;
  isRequired: boolean;
  tokenNumber: number;
  mark: Mark;
}
