/** A place in a text; lines and columns start at 1, columns count UTF-16 units. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the character `offset` of a scalar's value stands in the text that it is written in, plain, quoted or as a block. Characters that
 * are not blank are followed one by one; where the text does not spell the value, the scalar's own place.
 */
export function placeInScalar(source: string, start: Spot, value: string, offset: number): Spot {
  const reader = new SpelledReader(source, start);
  for (let at = 0; at < value.length; at++) {
    const character = value[at] ?? '';
    if (isBlank(character)) {
      if (at < offset) continue;
      // A blank has no sure place of its own: the end of what stands before it does.
      return reader.spot();
    }
    if (reader.next() !== character) return start;
    if (at >= offset) return reader.lastSpot();
  }
  return reader.spot();
}

const ESCAPED_BLANKS = new Set(['n', 't', 'r', 'v', 'f', ' ', '\t', '\n', 'N', '_', 'L', 'P']);
const CODES: Readonly<Record<string, number | undefined>> = { x: 2, u: 4, U: 8 };

/** Reads the characters of a scalar that are not blank. */
class SpelledReader {
  readonly #source: string;
  #at: number;
  #last: number;
  #quote = '';

  constructor(source: string, { line, column }: Spot) {
    this.#source = source;
    let from = 0;
    for (let left = line - 1; left > 0; left--) {
      const end = source.indexOf('\n', from);
      if (end < 0) break;
      from = end + 1;
    }
    this.#at = from + column - 1;
    const first = source[this.#at] ?? '';
    if (first === '"' || first === "'") {
      this.#quote = first;
      this.#at++;
    } else if (/^[|>][-+0-9]*[ \t]*(?:#.*)?$/.test(source.slice(this.#at, lineEnd(source, this.#at)))) this.#at = lineEnd(source, this.#at);
    this.#last = this.#at;
  }

  /** The next character that is not blank. */
  next(): string {
    while (isBlank(this.#source[this.#at] ?? '') || this.#isEscapedBlank()) this.#at += this.#source[this.#at] === '\\' ? 2 : 1;
    this.#last = this.#at;
    const character = this.#source[this.#at] ?? '';
    this.#at++;
    if (this.#quote === "'" && character === "'") this.#at++;
    if (this.#quote !== '"' || character !== '\\') return character;
    const escaped = this.#source[this.#at] ?? '';
    const digits = CODES[escaped];
    this.#at += 1 + (digits ?? 0);
    return digits === undefined ? escaped : String.fromCodePoint(Number.parseInt(this.#source.slice(this.#at - digits, this.#at), 16) || 0);
  }

  /** Where the last character stands. */
  lastSpot(): Spot {
    return this.#spotOf(this.#last);
  }

  /** The place after it. */
  spot(): Spot {
    return this.#spotOf(this.#at);
  }

  #isEscapedBlank(): boolean {
    return this.#quote === '"' && this.#source[this.#at] === '\\' && ESCAPED_BLANKS.has(this.#source[this.#at + 1] ?? '');
  }

  #spotOf(at: number): Spot {
    const before = this.#source.slice(0, at);
    return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
  }
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
