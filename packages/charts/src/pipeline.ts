/** One word of a pipeline: a value, or the function that is called. `fields` are what is looked up in it: `.a.b`. */
export type Operand =
  | { readonly kind: 'dot'; readonly fields: readonly string[] }
  /** `$` has the name `''`. */
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'inner'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

export interface Pipeline {
  /** Variables that get the value, without `$`. */
  readonly variables: readonly string[];
  /** `=`: the variable is there already; else `:=` makes it. */
  readonly isAssigned: boolean;
  /** Each command is the function and what it is given, or one value; the last gets the value of the one before as a last word. */
  readonly commands: readonly (readonly Operand[])[];
}

/** Reads a pipeline; undefined where it is none that we know. */
export function readPipeline(text: string): Pipeline | undefined {
  const reader = new PipelineReader(text);
  const pipeline = reader.pipeline(0);
  return reader.isAtEnd() ? pipeline : undefined;
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /[+-]?(?:0[xXbBoO][\da-fA-F_]+|[\d_]*\.?\d[\d_]*(?:[eE][+-]?\d+)?i?)/y;
const MAX_DEPTH = 50;

class PipelineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#skipBlanks();
    return this.#at >= this.#text.length;
  }

  pipeline(depth: number): Pipeline | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const declared = /^\s*\$(\w+)(?:\s*,\s*\$(\w+))?\s*(:?=)(?!=)/.exec(this.#text.slice(this.#at));
    const variables: string[] = [];
    if (declared !== null) {
      this.#at += declared[0].length;
      variables.push(declared[1] ?? '');
      if (declared[2] !== undefined) variables.push(declared[2]);
    }
    const commands: (readonly Operand[])[] = [];
    for (;;) {
      const command = this.#command(depth);
      if (command === undefined || command.length === 0) return undefined;
      commands.push(command);
      this.#skipBlanks();
      if (this.#text[this.#at] !== '|') return { variables, isAssigned: declared?.[3] === '=', commands };
      this.#at++;
    }
  }

  #command(depth: number): readonly Operand[] | undefined {
    const operands: Operand[] = [];
    for (;;) {
      this.#skipBlanks();
      const character = this.#text[this.#at];
      if (character === undefined || character === '|' || character === ')') return operands;
      const operand = this.#operand(character, depth);
      if (operand === undefined) return undefined;
      operands.push(operand);
    }
  }

  #operand(character: string, depth: number): Operand | undefined {
    if (character === '"' || character === '`') {
      const text = this.#quoted(character);
      return text === undefined ? undefined : { kind: 'text', text };
    }
    if (character === "'") {
      const end = /^'(?:\\.[^']*|[^'\\])'/u.exec(this.#text.slice(this.#at));
      if (end === null) return undefined;
      this.#at += end[0].length;
      return { kind: 'constant', text: end[0] };
    }
    if (character === '(') {
      this.#at++;
      const pipeline = this.pipeline(depth + 1);
      this.#skipBlanks();
      if (pipeline === undefined || this.#text[this.#at] !== ')') return undefined;
      this.#at++;
      return { kind: 'inner', pipeline, fields: this.#fields() };
    }
    if (character === '$') {
      this.#at++;
      return { kind: 'variable', name: this.#match(IDENTIFIER) ?? '', fields: this.#fields() };
    }
    if (character === '.' && !/\d/.test(this.#text[this.#at + 1] ?? '')) {
      const fields = this.#fields();
      if (fields.length === 0) this.#at++;
      return { kind: 'dot', fields };
    }
    const name = this.#match(IDENTIFIER);
    if (name !== undefined) return /^(?:true|false|nil)$/.test(name) ? { kind: 'constant', text: name } : { kind: 'function', name };
    const number = this.#match(NUMBER);
    return number === undefined ? undefined : { kind: 'constant', text: number };
  }

  #fields(): readonly string[] {
    const fields: string[] = [];
    while (this.#text[this.#at] === '.') {
      const from = this.#at++;
      const name = this.#match(IDENTIFIER);
      if (name === undefined) {
        this.#at = from;
        return fields;
      }
      fields.push(name);
    }
    return fields;
  }

  #quoted(quote: string): string | undefined {
    let at = this.#at + 1;
    while (at < this.#text.length && this.#text[at] !== quote) at += quote === '"' && this.#text[at] === '\\' ? 2 : 1;
    if (at >= this.#text.length) return undefined;
    const inside = this.#text.slice(this.#at + 1, at);
    this.#at = at + 1;
    return quote === '"' ? inside.replace(/\\(["\\nt])/g, (_, code: string) => ESCAPES[code] ?? code) : inside;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at += found.length;
    return found;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
