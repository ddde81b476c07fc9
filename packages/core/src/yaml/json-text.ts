import { type JsonValue, setMember } from '../values/json.ts';
import { isDigit } from './characters.ts';
import type { YamlNode } from './compose.ts';
import type { DuplicateKey } from './construct.ts';
import { Fault } from './fault.ts';

/** The nesting that Go's encoding/json accepts. */
const MAX_DEPTH = 10000;
const ESCAPES = new Map<number, string>([
  [34, '"'],
  [92, '\\'],
  [47, '/'],
  [98, '\b'],
  [102, '\f'],
  [110, '\n'],
  [114, '\r'],
  [116, '\t'],
]);

interface Open {
  readonly items: JsonValue[] | undefined;
  readonly members: Record<string, JsonValue> | undefined;
  key: string;
}

/** Reads JSON values one after another as Go's encoding/json does; integers within int64 and uint64 stay exact. Methods throw a Fault. */
export class JsonText {
  readonly text: string;
  readonly duplicates: DuplicateKey[] = [];
  index: number;
  private stringStart = 0;

  constructor(text: string, index = 0) {
    this.text = text;
    this.index = index;
  }

  skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.index);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.index++;
    }
  }

  /** Whether only white space is left. */
  isAtEnd(): boolean {
    this.skipSpace();
    return this.index >= this.text.length;
  }

  readValue(): JsonValue {
    const stack: Open[] = [];
    let top: Open | undefined;
    for (;;) {
      this.skipSpace();
      const code = this.text.charCodeAt(this.index);
      let value: JsonValue;
      let isClosed = true;
      if (code === 123 || code === 91) {
        if (stack.length >= MAX_DEPTH) throw new Fault('bound-depth', `exceeded max depth of ${MAX_DEPTH}`, this.index);
        this.index++;
        const open: Open = code === 91 ? { items: [], members: undefined, key: '' } : { items: undefined, members: {}, key: '' };
        this.skipSpace();
        isClosed = this.text.charCodeAt(this.index) === (code === 91 ? 93 : 125);
        if (!isClosed) {
          stack.push(open);
          top = open;
          if (open.members !== undefined) this.readKey(open, open.members);
          continue;
        }
        this.index++;
        value = open.items ?? open.members ?? null;
      } else value = this.readScalar(code);
      for (;;) {
        if (top === undefined) return value;
        if (top.items !== undefined) top.items.push(value);
        else if (top.members !== undefined) {
          if (top.key === '__proto__') setMember(top.members, top.key, value);
          else top.members[top.key] = value;
        }
        this.skipSpace();
        const next = this.text.charCodeAt(this.index);
        if (next === 44) {
          this.index++;
          if (top.members !== undefined) {
            this.skipSpace();
            this.readKey(top, top.members);
          }
          break;
        }
        if (next !== (top.items === undefined ? 125 : 93)) throw this.unexpected(top.items === undefined ? "',' or '}'" : "',' or ']'");
        this.index++;
        value = top.items ?? top.members ?? null;
        stack.pop();
        top = stack[stack.length - 1];
      }
    }
  }

  private readKey(open: Open, members: Record<string, JsonValue>): void {
    if (this.text.charCodeAt(this.index) !== 34) throw this.unexpected('a key in double quotes');
    open.key = this.readString();
    if (members[open.key] !== undefined && Object.hasOwn(members, open.key)) {
      this.duplicates.push({ key: open.key, start: this.stringStart, end: this.index, isMerge: false, first: this.stringStart });
    }
    this.skipSpace();
    if (this.text.charCodeAt(this.index) !== 58) throw this.unexpected("':'");
    this.index++;
  }

  readScalar(code: number): JsonValue {
    if (code === 34) return this.readString();
    if (code === 45 || isDigit(code)) return this.readNumber();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.text.startsWith(word, this.index)) {
        this.index += word.length;
        return value;
      }
    }
    throw this.unexpected('a value');
  }

  private readNumber(): number | bigint {
    const { text } = this;
    const start = this.index;
    if (text.charCodeAt(this.index) === 45) this.index++;
    if (text.charCodeAt(this.index) === 48) this.index++;
    else this.readDigits();
    let isInteger = true;
    if (text.charCodeAt(this.index) === 46) {
      isInteger = false;
      this.index++;
      this.readDigits();
    }
    const exponent = text.charCodeAt(this.index);
    if (exponent === 101 || exponent === 69) {
      isInteger = false;
      this.index++;
      const sign = text.charCodeAt(this.index);
      if (sign === 43 || sign === 45) this.index++;
      this.readDigits();
    }
    const digits = text.slice(start, this.index);
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new Fault('invalid-value', `the number "${digits.slice(0, 40)}" is too large`, start, this.index);
    if (!isInteger || Number.isSafeInteger(value) || digits.length > 20) return value;
    const exact = BigInt(digits);
    return exact >= -(2n ** 63n) && exact < 2n ** 64n ? exact : value;
  }

  private readDigits(): void {
    const start = this.index;
    while (isDigit(this.text.charCodeAt(this.index))) this.index++;
    if (this.index === start) throw this.unexpected('a digit');
  }

  private readString(): string {
    const { text } = this;
    this.stringStart = this.index;
    let from = ++this.index;
    let value = '';
    for (;;) {
      const code = text.charCodeAt(this.index);
      if (code === 34) {
        value += text.slice(from, this.index++);
        return value;
      }
      if (code === 92) {
        value += text.slice(from, this.index) + this.readEscape();
        from = this.index;
      } else if (code >= 32) this.index++;
      else if (Number.isNaN(code)) throw new Fault('syntax', 'the string that opens here is not closed', this.stringStart);
      else throw new Fault('syntax', 'a control character in a string must be escaped', this.index);
    }
  }

  private readEscape(): string {
    const code = this.text.charCodeAt(this.index + 1);
    const simple = ESCAPES.get(code);
    if (simple !== undefined) {
      this.index += 2;
      return simple;
    }
    const unit = this.unitAt(this.index);
    if (unit < 0) throw new Fault('syntax', 'found unknown escape', this.index, this.index + 2);
    this.index += 6;
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    const low = unit < 0xdc00 ? this.unitAt(this.index) : -1;
    if (low < 0xdc00 || low > 0xdfff) return '\ufffd';
    this.index += 6;
    return String.fromCharCode(unit, low);
  }

  /** The code unit of a `\uXXXX` at `at`, −1 where there is none. */
  private unitAt(at: number): number {
    const written = this.text.slice(at, at + 6);
    return /^\\u[0-9a-fA-F]{4}$/.test(written) ? Number.parseInt(written.slice(2), 16) : -1;
  }

  private unexpected(expected: string): Fault {
    const at = Math.min(this.index, this.text.length);
    return new Fault('syntax', at < this.text.length ? `expected ${expected}` : `the text ends where ${expected} is expected`, at);
  }
}

/** The nodes of a JSON text that has been read without a fault, for positions. */
export function composeJson(text: string, index: number): YamlNode {
  const json = new JsonText(text, index);
  const open: YamlNode[] = [];
  for (;;) {
    json.skipSpace();
    const start = json.index;
    const code = text.charCodeAt(start);
    let done: YamlNode | undefined;
    if (code === 123 || code === 91) {
      json.index++;
      open.push(nodeOf(code === 123 ? 'mapping' : 'sequence', start, ''));
    } else if (code === 125 || code === 93) {
      json.index++;
      done = open.pop();
      if (done !== undefined) done.end = json.index;
    } else if (code === 44 || code === 58) json.index++;
    else {
      const value = json.readScalar(code);
      done = nodeOf('scalar', start, String(value));
      done.end = json.index;
    }
    const parent = open[open.length - 1];
    if (done !== undefined && parent === undefined) return done;
    if (done !== undefined) parent?.children.push(done);
  }
}

function nodeOf(kind: 'mapping' | 'sequence' | 'scalar', start: number, value: string): YamlNode {
  return { kind, start, end: start, value, tag: '', isImplicit: false, children: [] };
}
