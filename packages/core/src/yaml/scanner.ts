import { CR, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, LF, SPACE, TAB } from './characters.ts';
import { Cursor, type Mark } from './cursor.ts';
import { Fault } from './fault.ts';
import { type ScannedText, scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts';
import { type ScannedToken, type SimpleKey, Token, type TokenKind } from './token.ts';

/** go-yaml's limits on nesting, one for flow collections and one for block indentation. */
const MAX_DEPTH = 10000;
const MAX_KEY_LENGTH = 1024;

/** What begins no plain scalar: `,[]{}#&*!|>'"%@` and the backtick; `-`, `?` and `:` depend on what follows. */
const INDICATORS = new Set([...',[]{}#&*!|>\'"%@`-?:'].map((character) => character.charCodeAt(0)));

/**
 * The tokens of a YAML text, exactly as the scanner of go-yaml (sigs.k8s.io/yaml) gives them: block structure comes from
 * indentation, and a mapping's key is known only at its `:`, so tokens queue until the first of them is certain.
 */
export class Scanner {
  readonly cursor: Cursor;
  private readonly queue: ScannedToken[] = [];
  private head = 0;
  private taken = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private isKeyAllowed = true;
  private readonly keys: SimpleKey[] = [{ isPossible: false, isRequired: false, tokenNumber: 0, mark: { index: 0, column: 0, line: 0 } }];
  /** Levels of possible keys by the number of the token that they begin with. */
  private readonly keyLevels = new Map<number, number>();
  private readonly limit: number;
  private readonly limitFault: Fault | undefined;

  /** `limitFault`: what the text turned out to hold at or soon behind `limit` (bytes are decoded in pieces), thrown when the scanner gets there. */
  constructor(text: string, limitFault?: Fault, limit = text.length) {
    this.cursor = new Cursor(text);
    this.limit = limit;
    this.limitFault = limitFault;
  }

  peek(): ScannedToken {
    for (;;) {
      const first = this.queue[this.head];
      if (first !== undefined) {
        const level = this.keyLevels.get(this.taken);
        const key = level === undefined ? undefined : this.keys[level];
        if (key === undefined || !this.isValid(key)) return first;
      }
      this.fetch();
    }
  }

  take(): ScannedToken {
    const token = this.peek();
    this.head++;
    this.taken++;
    if (this.head > 1024 && this.head * 2 > this.queue.length) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
    return token;
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.unroll(cursor.column);
    this.guardLimit(4);
    const code = cursor.code();
    if (code === 0) this.fetchStreamEnd();
    else if (cursor.column === 0 && code === 37) this.fetchDirective();
    else if (cursor.atDocumentIndicator()) this.fetchDocumentIndicator(code === 45 ? Token.documentStart : Token.documentEnd);
    else if (code === 91 || code === 123) this.openFlow(code === 91 ? Token.flowSequenceStart : Token.flowMappingStart);
    else if (code === 93 || code === 125) this.closeFlow(code === 93 ? Token.flowSequenceEnd : Token.flowMappingEnd);
    else if (code === 44) this.fetchFlowEntry();
    else if (code === 42 || code === 38) this.fetchAnchor(code === 42 ? Token.alias : Token.anchor);
    else if (code === 33) this.fetchTag();
    else if (code === 39 || code === 34) this.fetchScalar(() => scanQuoted(cursor), false);
    else this.fetchByNext(code, isBlankOrEnd(cursor.code(1)));
  }

  /** Tokens that depend on what follows their first character, and plain scalars. */
  private fetchByNext(code: number, isAlone: boolean): void {
    const { cursor } = this;
    const isFlow = this.flowLevel > 0;
    const isPlain = !INDICATORS.has(code) || code === 45 || (!isFlow && (code === 63 || code === 58));
    if (code === 45 && isAlone) this.fetchBlockEntry();
    else if (code === 63 && (isFlow || isAlone)) this.fetchKey();
    else if (code === 58 && (isFlow || isAlone)) this.fetchValue();
    else if ((code === 124 || code === 62) && !isFlow) this.fetchBlockScalar();
    else if (isPlain) this.fetchScalar(() => scanPlain(cursor, this.indent, isFlow), true);
    else
      throw new Fault(
        'syntax',
        `found character ${JSON.stringify(String.fromCharCode(code))} that cannot start a value; quote it`,
        cursor.index,
      );
  }

  /** Passes blanks, comments and line breaks. A tab is no indentation: where a key could begin it stays and is refused. */
  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      if (cursor.column === 0 && this.passesFirst()) cursor.skip();
      while (cursor.code() === SPACE || ((this.flowLevel > 0 || !this.isKeyAllowed) && cursor.code() === TAB)) cursor.skip();
      if (cursor.code() === 35) while (!isBreakOrEnd(cursor.code())) cursor.skip();
      if (!isBreak(cursor.code())) break;
      cursor.readBreak();
      if (this.flowLevel === 0) this.isKeyAllowed = true;
    }
    if (cursor.code() === TAB)
      throw new Fault('tab-indent', 'found a tab character where indentation or a value is expected; use spaces', cursor.index);
  }

  /** go-yaml means to pass a byte order mark at a line's start but looks for it at its buffer's: after two marks it passes a character a line. */
  private passesFirst(): boolean {
    const { text, index } = this.cursor;
    return text.charCodeAt(0) === 0xfeff && (index === 0 || index + 4 <= Math.min(text.length, 506));
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.isPossible) return false;
    if (key.mark.line === this.cursor.line && !this.isTooLong(key)) return true;
    if (key.isRequired) throw missingColon(key);
    key.isPossible = false;
    return false;
  }

  private isTooLong(key: SimpleKey): boolean {
    const units = this.cursor.index - key.mark.index;
    if (units <= MAX_KEY_LENGTH) return false;
    if (units > 2 * MAX_KEY_LENGTH) return true;
    let characters = units;
    for (let at = key.mark.index; at < this.cursor.index; at++) {
      const code = this.cursor.text.charCodeAt(at);
      if (code >= 0xdc00 && code <= 0xdfff) characters--;
    }
    return characters > MAX_KEY_LENGTH;
  }

  private get key(): SimpleKey {
    const key = this.keys[this.keys.length - 1];
    if (key === undefined) throw new Error('the stack of simple keys is never empty');
    return key;
  }

  private get nextNumber(): number {
    return this.taken + this.queue.length - this.head;
  }

  private saveKey(): void {
    const isRequired = this.flowLevel === 0 && this.indent === this.cursor.column;
    if (!this.isKeyAllowed) return;
    this.dropKey();
    this.keys[this.keys.length - 1] = { isPossible: true, isRequired, tokenNumber: this.nextNumber, mark: this.cursor.mark() };
    this.keyLevels.set(this.nextNumber, this.keys.length - 1);
  }

  private dropKey(): void {
    const { key } = this;
    if (!key.isPossible) return;
    if (key.isRequired) throw missingColon(key);
    key.isPossible = false;
    this.keyLevels.delete(key.tokenNumber);
  }

  /** Puts a token at the end of the queue, or before the token with `number`. */
  private push(token: ScannedToken, number = -1): void {
    const at = number - this.taken;
    if (number < 0 || at < 0 || this.head + at >= this.queue.length) this.queue.push(token);
    else this.queue.splice(this.head + at, 0, token);
  }

  private roll(column: number, kind: TokenKind, mark: Mark, number = -1): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) throw new Fault('bound-depth', `exceeded max depth of ${MAX_DEPTH}`, mark.index);
    this.push({ kind, start: mark.index, end: mark.index }, number);
  }

  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push({ kind: Token.blockEnd, start: this.cursor.index, end: this.cursor.index });
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetchIndicator(kind: TokenKind, length = 1): void {
    const start = this.cursor.index;
    this.cursor.index += length;
    this.push({ kind, start, end: start + length });
  }

  private fetchStreamEnd(): void {
    // The end of the text ends its line, so no key is left open on it.
    if (this.cursor.column !== 0) {
      this.cursor.line++;
      this.cursor.lineStart = this.cursor.index;
    }
    this.unroll(-1);
    this.dropKey();
    this.isKeyAllowed = false;
    this.push({ kind: Token.streamEnd, start: this.cursor.index, end: this.cursor.index });
  }

  private fetchDirective(): void {
    this.unroll(-1);
    this.dropKey();
    this.isKeyAllowed = false;
    const start = this.cursor.index;
    const directive = scanDirective(this.cursor);
    this.guardLimit(1);
    this.push({ kind: Token.directive, start, end: this.cursor.index, directive });
  }

  private fetchDocumentIndicator(kind: TokenKind): void {
    this.unroll(-1);
    this.dropKey();
    this.isKeyAllowed = false;
    this.fetchIndicator(kind, 3);
  }

  private openFlow(kind: TokenKind): void {
    this.saveKey();
    this.keys.push({ isPossible: false, isRequired: false, tokenNumber: this.nextNumber, mark: this.cursor.mark() });
    this.flowLevel++;
    if (this.flowLevel > MAX_DEPTH) throw new Fault('bound-depth', `exceeded max depth of ${MAX_DEPTH}`, this.cursor.index);
    this.isKeyAllowed = true;
    this.fetchIndicator(kind);
  }

  private closeFlow(kind: TokenKind): void {
    this.dropKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.keyLevels.delete(this.key.tokenNumber);
      this.keys.pop();
    }
    this.isKeyAllowed = false;
    this.fetchIndicator(kind);
  }

  private fetchFlowEntry(): void {
    this.dropKey();
    this.isKeyAllowed = true;
    this.fetchIndicator(Token.flowEntry);
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.isKeyAllowed) throw new Fault('syntax', 'block sequence entries are not allowed in this context', this.cursor.index);
      this.roll(this.cursor.column, Token.blockSequenceStart, this.cursor.mark());
    }
    this.dropKey();
    this.isKeyAllowed = true;
    this.fetchIndicator(Token.blockEntry);
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.isKeyAllowed) throw new Fault('syntax', 'mapping keys are not allowed in this context', this.cursor.index);
      this.roll(this.cursor.column, Token.blockMappingStart, this.cursor.mark());
    }
    this.dropKey();
    this.isKeyAllowed = this.flowLevel === 0;
    this.fetchIndicator(Token.key);
  }

  private fetchValue(): void {
    const { key } = this;
    if (this.isValid(key)) {
      this.push({ kind: Token.key, start: key.mark.index, end: key.mark.index }, key.tokenNumber);
      this.roll(key.mark.column, Token.blockMappingStart, key.mark, key.tokenNumber);
      key.isPossible = false;
      this.keyLevels.delete(key.tokenNumber);
      this.isKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.isKeyAllowed) throw new Fault('syntax', 'mapping values are not allowed in this context', this.cursor.index);
        this.roll(this.cursor.column, Token.blockMappingStart, this.cursor.mark());
      }
      this.isKeyAllowed = this.flowLevel === 0;
    }
    this.fetchIndicator(Token.value);
  }

  private fetchAnchor(kind: TokenKind): void {
    this.saveKey();
    this.isKeyAllowed = false;
    const start = this.cursor.index;
    const value = scanAnchor(this.cursor);
    this.guardLimit(1);
    this.push({ kind, start, end: this.cursor.index, value });
  }

  private fetchTag(): void {
    this.saveKey();
    this.isKeyAllowed = false;
    const start = this.cursor.index;
    const { handle, suffix } = scanTag(this.cursor);
    this.guardLimit(1);
    this.push({ kind: Token.tag, start, end: this.cursor.index, value: handle, suffix });
  }

  private fetchBlockScalar(): void {
    this.dropKey();
    this.isKeyAllowed = true;
    const start = this.cursor.index;
    const { value, end } = scanBlock(this.cursor, this.indent);
    this.guardLimit(1);
    this.push({ kind: Token.scalar, start, end: trimBreaks(this.cursor.text, start, end), value, isPlain: false });
  }

  private fetchScalar(scan: () => ScannedText, isPlain: boolean): void {
    this.saveKey();
    this.isKeyAllowed = false;
    const start = this.cursor.index;
    const { value, end, brokeLine } = scan();
    if (brokeLine) this.isKeyAllowed = true;
    this.guardLimit(2);
    this.push({ kind: Token.scalar, start, end, value, isPlain });
  }

  /** Meets the fault behind the limit once the scanner looks that far. */
  private guardLimit(ahead: number): void {
    if (this.limitFault !== undefined && this.cursor.index + ahead > this.limit) throw this.limitFault;
  }
}

function missingColon(key: SimpleKey): Fault {
  return new Fault('syntax', "could not find expected ':'", key.mark.index);
}

function trimBreaks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === LF || text.charCodeAt(at - 1) === CR || isBlank(text.charCodeAt(at - 1)))) at--;
  return at;
}
