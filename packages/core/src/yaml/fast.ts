import type { JsonValue } from '../values/json.ts';
import { BAIL, FIRST, keyName, plainScalar, type Read, readBlockScalar, readDouble, readSingle } from './fast-scalar.ts';

type Members = Record<string, JsonValue>;

/** Characters that only the full reader knows: controls, the rarer line breaks, byte order marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNCOMMON = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const MAX_DEPTH = 100;
const MAX_KEY = 1000;

/**
 * The value of a document in the block style of Kubernetes manifests, without nodes or positions; undefined where the text
 * holds anything that this reader does not cover exactly (anchors, tags, merge keys, complex or equal keys, any fault).
 * `text` ends with a line break.
 */
export function readFast(text: string): JsonValue | undefined {
  if (UNCOMMON.test(text)) return undefined;
  try {
    return new FastReader(text).read();
  } catch (error) {
    if (error === BAIL) return undefined;
    throw error;
  }
}

class FastReader {
  private readonly text: string;
  private at = -1;
  private lineStart = 0;
  /** The column of the line at hand, −1 at the end. */
  private indent = 0;
  private depth = 0;
  private readonly scalar: Read = { value: '', end: 0, isFolded: false };

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonValue {
    const { text } = this;
    if (text.startsWith('---')) {
      let at = 3;
      while (text.charCodeAt(at) === 32) at++;
      const code = text.charCodeAt(at);
      if (code !== 10 && (code !== 35 || at === 3)) throw BAIL;
      this.at = text.indexOf('\n');
    }
    this.nextLine();
    if (this.indent < 0) return null;
    const value = this.readBlock(this.indent, -1);
    if (this.indent >= 0) throw BAIL;
    return value;
  }

  /** From the end of a line to the first character of the next one that holds more than a comment. */
  private nextLine(): void {
    const { text } = this;
    const { length } = text;
    let at = this.at;
    for (;;) {
      const lineStart = ++at;
      let code = text.charCodeAt(at);
      while (code === 32) code = text.charCodeAt(++at);
      if (code === 10) continue;
      if (code === 35) {
        at = text.indexOf('\n', at);
        if (at >= 0) continue;
        at = length;
      }
      if (at >= length) {
        this.indent = -1;
        this.at = length;
        return;
      }
      if (code === 9) throw BAIL;
      if (
        at === lineStart &&
        (code === 37 || ((code === 46 || code === 45) && text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code))
      ) {
        throw BAIL;
      }
      this.at = at;
      this.lineStart = lineStart;
      this.indent = at - lineStart;
      return;
    }
  }

  /** What begins on a line of its own, below the block at `parent` (−1 at top level, where scalars are left to the full reader). */
  private readBlock(column: number, parent: number): JsonValue {
    if (this.isAtDash()) return this.readSequence(column, false);
    const colon = this.keyEnd();
    if (colon >= 0) return this.readMapping(column, colon);
    const code = this.text.charCodeAt(this.at);
    if (parent < 0 && code !== 91 && code !== 123) throw BAIL;
    return this.readInline(parent, code);
  }

  private isAtDash(): boolean {
    if (this.text.charCodeAt(this.at) !== 45) return false;
    const next = this.text.charCodeAt(this.at + 1);
    return next === 32 || next === 10;
  }

  /** The index of the `:` of the key that begins here, −1 where no key begins. */
  private keyEnd(): number {
    const { text } = this;
    let at = this.at;
    let code = text.charCodeAt(at);
    if (code === 34 || code === 39) {
      const quote = code;
      do code = text.charCodeAt(++at);
      while (code !== quote && code !== 10 && code !== 92);
      if (code !== quote || text.charCodeAt(at + 1) !== 58) return -1;
      const next = text.charCodeAt(at + 2);
      return next === 32 || next === 10 ? at + 1 : -1;
    }
    if (code < 128 && FIRST[code] === 1) return -1;
    for (;;) {
      if (code === 58) {
        const next = text.charCodeAt(at + 1);
        if (next === 32 || next === 10) return at;
        if (next === 9) throw BAIL;
      } else if (code === 10) return -1;
      else if (code === 35 && text.charCodeAt(at - 1) === 32) return -1;
      else if (code === 9) throw BAIL;
      code = text.charCodeAt(++at);
    }
  }

  private readMapping(column: number, firstKeyEnd: number): JsonValue {
    const { text } = this;
    const members: Members = {};
    let colon = firstKeyEnd;
    if (++this.depth > MAX_DEPTH) throw BAIL;
    for (;;) {
      if (colon < 0 || colon - this.at > MAX_KEY) throw BAIL;
      const first = text.charCodeAt(this.at);
      let key: string;
      if (first === 34 || first === 39) key = text.slice(this.at + 1, colon - 1);
      else {
        if (text.charCodeAt(colon - 1) === 32) throw BAIL;
        key = keyName(text.slice(this.at, colon), first);
      }
      // Equal keys, and names that plain objects inherit, are for the full reader.
      if (members[key] !== undefined && (key === '__proto__' || Object.hasOwn(members, key))) throw BAIL;
      this.at = colon + 1;
      members[key] = this.readValue(column);
      if (this.indent !== column) break;
      colon = this.keyEnd();
    }
    if (this.indent > column) throw BAIL;
    this.depth--;
    return members;
  }

  /** The value behind a key's colon. */
  private readValue(column: number): JsonValue {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === 32) code = text.charCodeAt(++this.at);
    if (code !== 10 && code !== 35) return this.readInline(column, code);
    if (code === 35) this.at = text.indexOf('\n', this.at);
    this.nextLine();
    if (this.indent > column) return this.readBlock(this.indent, column);
    return this.indent === column && this.isAtDash() ? this.readSequence(column, true) : null;
  }

  private readSequence(column: number, isIndentless: boolean): JsonValue {
    const { text } = this;
    const items: JsonValue[] = [];
    if (++this.depth > MAX_DEPTH) throw BAIL;
    do {
      let code = text.charCodeAt(++this.at);
      while (code === 32) code = text.charCodeAt(++this.at);
      if (code === 10 || code === 35) {
        if (code === 35) this.at = text.indexOf('\n', this.at);
        this.nextLine();
        items.push(this.indent > column ? this.readBlock(this.indent, column) : null);
      } else if (code === 45 && this.isAtDash()) items.push(this.readSequence(this.at - this.lineStart, false));
      else {
        const colon = this.keyEnd();
        items.push(colon < 0 ? this.readInline(column, code) : this.readMapping(this.at - this.lineStart, colon));
      }
    } while (this.indent === column && this.isAtDash());
    if (this.indent > column || (this.indent === column && !isIndentless)) throw BAIL;
    this.depth--;
    return items;
  }

  /** A value that begins on this line; leaves the reader on the next one. */
  private readInline(indent: number, code: number): JsonValue {
    const { text, scalar } = this;
    if (code === 34) readDouble(text, this.at + 1, scalar);
    else if (code === 39) readSingle(text, this.at + 1, scalar);
    else if (code === 124 || code === 62) {
      readBlockScalar(text, this.at, indent, scalar);
      this.at = scalar.end - 1;
      this.nextLine();
      return scalar.value;
    } else if (code === 91 || code === 123) {
      const value = this.readFlow();
      this.endLine();
      return value;
    } else return this.readPlain(indent, code);
    const { value } = scalar;
    this.at = scalar.end;
    this.endLine();
    return value;
  }

  /** Passes what may follow a quoted or flow value: blanks and a comment. */
  private endLine(): void {
    const { text } = this;
    while (text.charCodeAt(this.at) === 32) this.at++;
    const code = text.charCodeAt(this.at);
    if (code === 35) this.at = text.indexOf('\n', this.at);
    else if (code !== 10) throw BAIL;
    this.nextLine();
  }

  private readPlain(indent: number, first: number): JsonValue {
    const { text } = this;
    if (first < 128 && FIRST[first] === 1 && !(first === 45 && !this.isAtDash() && text.charCodeAt(this.at + 1) !== 9)) throw BAIL;
    const start = this.at;
    const end = this.plainLineEnd(start);
    const hasComment = text.charCodeAt(this.at) === 35;
    if (hasComment) this.at = text.indexOf('\n', this.at);
    const lineEnd = this.at;
    this.nextLine();
    if (this.indent <= indent) return plainScalar(text.slice(start, end), first);
    if (hasComment) throw BAIL;
    return this.readPlainLines(text.slice(start, end), lineEnd, indent);
  }

  /** The end of a plain scalar's text on its line; leaves `at` on the line break or the comment. */
  private plainLineEnd(start: number): number {
    const { text } = this;
    let at = start;
    let code = text.charCodeAt(at);
    while (code !== 10) {
      if (code === 58) {
        const next = text.charCodeAt(at + 1);
        if (next === 32 || next === 10) throw BAIL;
      } else if (code === 9) throw BAIL;
      else if (code === 35 && text.charCodeAt(at - 1) === 32) break;
      code = text.charCodeAt(++at);
    }
    this.at = at;
    while (text.charCodeAt(at - 1) === 32) at--;
    return at;
  }

  /** A plain scalar over several lines, from the end of its first. It holds a blank or a break, so it is a string. */
  private readPlainLines(firstLine: string, lineEnd: number, indent: number): string {
    const { text } = this;
    let value = firstLine;
    this.at = lineEnd;
    for (;;) {
      let breaks = 0;
      let line = this.at;
      let at = this.at;
      for (let code = 10; code === 10 || code === 32; code = text.charCodeAt(at)) {
        at++;
        if (code !== 10) continue;
        breaks++;
        line = at;
      }
      const code = text.charCodeAt(at);
      if (code === 9) throw BAIL;
      if (at >= text.length || at - line <= indent) break;
      if (code === 35) throw BAIL;
      const end = this.plainLineEnd(at);
      if (text.charCodeAt(this.at) === 35) throw BAIL;
      value += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(at, end);
    }
    this.nextLine();
    return value;
  }

  /** A flow collection of quoted and simple plain scalars. */
  private readFlow(): JsonValue {
    const { text } = this;
    const isSequence = text.charCodeAt(this.at) === 91;
    const close = isSequence ? 93 : 125;
    const items: JsonValue[] = [];
    const members: Members = {};
    if (++this.depth > MAX_DEPTH) throw BAIL;
    this.at++;
    let code = this.passFlowSpace();
    while (code !== close) {
      if (isSequence) items.push(this.readFlowItem(code));
      else this.readFlowMember(members, code);
      code = this.passFlowSpace();
      if (code === 44) {
        this.at++;
        code = this.passFlowSpace();
        if (code === close) throw BAIL;
      } else if (code !== close) throw BAIL;
    }
    this.at++;
    this.depth--;
    return isSequence ? items : members;
  }

  private passFlowSpace(): number {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === 32 || code === 10) {
      const wasBreak = code === 10;
      code = text.charCodeAt(++this.at);
      if (wasBreak && (code === 45 || code === 46)) throw BAIL;
    }
    return code;
  }

  private readFlowMember(members: Members, code: number): void {
    const { text } = this;
    const start = this.at;
    const isQuoted = code === 34 || code === 39;
    const key = this.readFlowItem(code);
    if (typeof key !== 'string' || key === '<<' || text.charCodeAt(this.at) !== 58 || this.at - start > MAX_KEY) throw BAIL;
    if (!isQuoted && text.charCodeAt(this.at + 1) !== 32) throw BAIL;
    this.at++;
    code = this.passFlowSpace();
    if (code === 44 || code === 125 || (members[key] !== undefined && (key === '__proto__' || Object.hasOwn(members, key)))) throw BAIL;
    members[key] = this.readFlowItem(code);
  }

  private readFlowItem(code: number): JsonValue {
    const { text, scalar } = this;
    if (code === 91 || code === 123) return this.readFlow();
    if (code === 34 || code === 39) {
      const start = this.at + 1;
      if (code === 34) readDouble(text, start, scalar);
      else readSingle(text, start, scalar);
      this.at = scalar.end;
      // A quoted text over several lines may be no key; it is rare enough to leave to the full reader.
      if (scalar.isFolded) throw BAIL;
      return scalar.value;
    }
    if (code < 128 && FIRST[code] === 1 && code !== 45) throw BAIL;
    const start = this.at;
    let at = start;
    for (; code !== 44 && code !== 93 && code !== 125; code = text.charCodeAt(++at)) {
      if (code === 58 && (text.charCodeAt(at + 1) === 32 || text.charCodeAt(at + 1) === 10)) break;
      // Also `?`, `[`, `{`, comments, tabs and line breaks.
      if (code === 63 || code === 91 || code === 123 || code === 35 || code === 9 || code === 10 || Number.isNaN(code)) throw BAIL;
    }
    this.at = at;
    while (text.charCodeAt(at - 1) === 32) at--;
    if (at < this.at && text.charCodeAt(this.at) === 58) throw BAIL;
    if (text.charCodeAt(start) === 45 && (at === start + 1 || text.charCodeAt(start + 1) === 32)) throw BAIL;
    return plainScalar(text.slice(start, at), text.charCodeAt(start));
  }
}
