/** A part of a stream between `---` lines; it holds its own `---` line where nothing stands before that. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** A `---` line with text behind it, which ends the part and which Kubernetes refuses together with the part. */
  readonly badSeparator?: { readonly start: number; readonly end: number; readonly rest: string };
}

// What Go's unicode.IsSpace holds.
const SPACES = /^[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

export function trimStart(text: string): string {
  return text.replace(SPACES, '');
}

/**
 * Splits a stream into documents as apimachinery's YAMLReader does: by lines, before any YAML is read. `decode`: for a text of
 * bytes, one a unit, what makes characters of them.
 */
export function split(text: string, decode: (bytes: string) => string = itself): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let separator = text.startsWith('---') ? 0 : nextSeparator(text, 0);
  while (separator >= 0) {
    const lineEnd = text.indexOf('\n', separator);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const rest = trimStart(decode(text.slice(separator + 3, next)));
    if (rest !== '' && !rest.startsWith('#')) {
      const end = lineEnd < 0 ? text.length : lineEnd;
      pieces.push({ start, end: next, badSeparator: { start: separator, end, rest: rest.trimEnd() } });
      start = next;
    } else if (start < separator) {
      pieces.push({ start, end: separator });
      start = next;
    }
    separator = text.startsWith('---', next) ? next : nextSeparator(text, next);
  }
  if (start < text.length) pieces.push({ start, end: text.length });
  return pieces;
}

function itself(text: string): string {
  return text;
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at < 0 ? -1 : at + 1;
}

/** A part's text as the reader gets it: lines end in LF, the last one too. */
export function normalise(text: string): string {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  return lines.endsWith('\n') ? lines : `${lines}\n`;
}
