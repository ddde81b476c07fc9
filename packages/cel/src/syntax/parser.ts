import { MacroProblem, type MacroTable } from '../macros/macro.ts';
import { type Expr, type MapEntry, OPERATORS, type StructField } from './ast.ts';
import { Builder, type Extent } from './builder.ts';
import { Cursor, type Rule } from './cursor.ts';
import type { RawIssue } from './issue.ts';
import { type Token, tokenize } from './lexer.ts';
import { literalOf } from './literal.ts';
import { RESERVED, SyntaxProblem, unexpected } from './syntax-error.ts';

export interface ParseOptions {
  readonly macros: MacroTable;
  /** `a.?b`, `a[?b]`, `[?x]`, `{?k: v}`. */
  readonly hasOptionals: boolean;
}

export type Parsed = { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly issues: readonly RawIssue[] };

const MOST_CHARACTERS = 100_000;
/** Parses and expands macros. */
export function parse(text: string, options: ParseOptions): Parsed {
  if (text.length > MOST_CHARACTERS) {
    const size = Array.from(text).length;
    if (size > MOST_CHARACTERS) {
      const message = `expression code point size exceeds limit: size: ${size}, limit ${MOST_CHARACTERS}`;
      return { ok: false, issues: [{ offset: -1, message }] };
    }
  }
  const issues: RawIssue[] = [];
  const parser = new Parser(new Cursor(tokenize(text, issues), issues), options);
  const expr = parser.parse();
  return expr === undefined || issues.length > 0 ? { ok: false, issues } : { ok: true, expr };
}

const RELATIONS = new Set(['<', '<=', '>=', '>', '==', '!=', 'in']);
const PRODUCTS = new Set(['*', '/', '%']);
const SUMS = new Set(['+', '-']);

class Parser {
  private readonly cursor: Cursor;
  private readonly options: ParseOptions;
  private readonly build = new Builder();

  constructor(cursor: Cursor, options: ParseOptions) {
    this.cursor = cursor;
    this.options = options;
  }

  parse(): Expr | undefined {
    try {
      const expr = this.expr();
      this.cursor.expectEnd();
      return expr;
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem;
      this.cursor.report(problem.offset, problem.message);
      return undefined;
    }
  }

  private expr(): Expr {
    this.cursor.enter('expr');
    const condition = this.or();
    const question = this.cursor.accept('?');
    if (question === undefined) {
      this.cursor.leave('expr');
      return condition;
    }
    const then = this.or();
    this.cursor.expect(':');
    const otherwise = this.expr();
    this.cursor.leave('expr');
    return this.call({ at: question.start, start: condition.start, end: otherwise.end }, '_?_:_', [condition, then, otherwise]);
  }

  private or(): Expr {
    return this.logic('||', '_||_', () => this.and());
  }

  private and(): Expr {
    return this.logic('&&', '_&&_', () => this.relation());
  }

  /** The server builds a balanced tree of a chain, whose types its messages then name. */
  private logic(symbol: string, name: string, operand: () => Expr): Expr {
    const terms = [operand()];
    const offsets: number[] = [];
    for (let token = this.cursor.accept(symbol); token !== undefined; token = this.cursor.accept(symbol)) {
      offsets.push(token.start);
      terms.push(operand());
    }
    const balance = (low: number, high: number): Expr => {
      const middle = Math.floor((low + high + 1) / 2);
      const left = middle === low ? terms[middle] : balance(low, middle - 1);
      const right = middle === high ? terms[middle + 1] : balance(middle + 1, high);
      // Every operator stands between two terms.
      const [first, second] = [left as Expr, right as Expr];
      return this.call({ at: offsets[middle] ?? 0, start: first.start, end: second.end }, name, [first, second]);
    };
    return offsets.length === 0 ? (terms[0] as Expr) : balance(0, offsets.length - 1);
  }

  private relation(): Expr {
    return this.chain('relation', RELATIONS, () => this.calc());
  }

  private calc(): Expr {
    return this.chain('calc', SUMS, () => this.chain('calc', PRODUCTS, () => this.unary()));
  }

  private chain(rule: Rule, symbols: ReadonlySet<string>, operand: () => Expr): Expr {
    let depth = 1;
    this.cursor.enter(rule);
    let left = operand();
    while (this.cursor.token.kind === 'symbol' && symbols.has(this.cursor.token.text)) {
      const operator = this.cursor.next();
      this.cursor.enter(rule);
      depth += 1;
      const right = operand();
      const name = OPERATORS[operator.text] ?? operator.text;
      left = this.call({ at: operator.start, start: left.start, end: right.end }, name, [left, right]);
    }
    this.cursor.leave(rule, depth);
    return left;
  }

  private unary(): Expr {
    const first = this.cursor.token;
    if (first.kind !== 'symbol' || (first.text !== '!' && first.text !== '-')) return this.member();
    // A minus before a number is part of the literal.
    if (first.text === '-' && this.isNumber(this.cursor.peek())) return this.member();
    let count = 0;
    while (this.cursor.is(first.text)) {
      this.cursor.next();
      count += 1;
    }
    const operand = this.member();
    if (count % 2 === 0) return operand;
    return this.call({ at: first.start, start: first.start, end: operand.end }, first.text === '!' ? '!_' : '-_', [operand]);
  }

  private isNumber(token: Token | undefined): boolean {
    return token?.kind === 'int' || token?.kind === 'float';
  }

  private member(): Expr {
    let depth = 1;
    this.cursor.enter('member');
    let operand = this.primary();
    for (;;) {
      const token = this.cursor.token;
      if (this.cursor.accept('.') !== undefined) operand = this.selection(operand, token);
      else if (this.cursor.accept('[') !== undefined) operand = this.index(operand, token);
      else break;
      this.cursor.enter('member');
      depth += 1;
    }
    this.cursor.leave('member', depth);
    return operand;
  }

  private selection(operand: Expr, dot: Token): Expr {
    const isOptional = this.cursor.accept('?') !== undefined;
    const name = this.fieldName();
    if (isOptional) {
      if (!this.options.hasOptionals) this.cursor.report(dot.start, "unsupported syntax '.?'");
      const field = this.build.literal(tokenExtent(name.token), name.text);
      return this.build.call({ at: dot.start, start: operand.start, end: name.token.end }, '_?._', [operand, field]);
    }
    if (name.token.kind === 'ident' && this.cursor.is('(')) {
      const open = this.cursor.next();
      const args = this.args();
      const close = this.cursor.expect(')', [], true);
      return this.call({ at: open.start, start: operand.start, end: close.end }, name.text, args, operand);
    }
    return this.build.select({ at: dot.start, start: operand.start, end: name.token.end }, operand, name.text);
  }

  private fieldName(): { readonly token: Token; readonly text: string } {
    const token = this.cursor.token;
    if (token.kind === 'ident') {
      this.cursor.next();
      return { token, text: token.text };
    }
    if (token.kind === 'escaped') {
      this.cursor.next();
      return { token, text: token.text.slice(1, -1) };
    }
    if (token.kind === 'symbol' && (token.text === 'true' || token.text === 'false' || token.text === 'null'))
      throw new SyntaxProblem(token.start, `Syntax error: mismatched input '${token.text}' expecting IDENTIFIER`);
    throw new SyntaxProblem(token.start, `Syntax error: no viable alternative at input '.${token.kind === 'end' ? '' : token.text}'`);
  }

  private index(operand: Expr, bracket: Token): Expr {
    const isOptional = this.cursor.accept('?') !== undefined;
    this.cursor.mayStartWith(isOptional ? [] : ['?']);
    const index = this.expr();
    const close = this.cursor.expect(']', [], true);
    if (isOptional && !this.options.hasOptionals) this.cursor.report(bracket.start, "unsupported syntax '[?'");
    return this.call({ at: bracket.start, start: operand.start, end: close.end }, isOptional ? '_[?_]' : '_[_]', [operand, index]);
  }

  private args(): readonly Expr[] {
    const args: Expr[] = [];
    if (this.cursor.is(')')) return args;
    this.cursor.mayStartWith([')']);
    do args.push(this.expr());
    while (this.cursor.accept(',') !== undefined);
    return args;
  }

  private primary(): Expr {
    const token = this.cursor.token;
    if (this.cursor.accept('(') !== undefined) {
      const inner = this.expr();
      this.cursor.expect(')', [], true);
      return inner;
    }
    if (this.cursor.accept('[') !== undefined) return this.list(token);
    if (this.cursor.accept('{') !== undefined) return this.map(token);
    if (token.kind === 'ident' || (this.cursor.is('.') && this.cursor.peek()?.kind === 'ident')) return this.name();
    return this.literal();
  }

  private list(bracket: Token): Expr {
    const items: Expr[] = [];
    const optionals = new Set<number>();
    if (!this.cursor.is(']')) {
      while (!this.cursor.is(']') && !(items.length === 0 && this.cursor.is(','))) {
        const question = this.cursor.accept('?');
        if (question !== undefined && !this.options.hasOptionals) this.cursor.report(question.start, "unsupported syntax '?'");
        if (question !== undefined) optionals.add(items.length);
        else this.cursor.mayStartWith(items.length === 0 ? [']', ',', '?'] : [']', '?']);
        items.push(this.expr());
        if (!this.cursor.is(',') || this.cursor.accept(',') === undefined) break;
      }
      if (items.length === 0) this.cursor.accept(',');
    }
    const close = this.cursor.expect(']', [',']);
    return this.build.list({ at: bracket.start, start: bracket.start, end: close.end }, items, optionals);
  }

  private map(brace: Token): Expr {
    const entries: MapEntry[] = [];
    while (!this.cursor.is('}') && !(entries.length === 0 && this.cursor.is(','))) {
      const question = this.cursor.accept('?');
      if (question !== undefined && !this.options.hasOptionals) this.cursor.report(question.start, "unsupported syntax '?'");
      if (question === undefined) this.cursor.mayStartWith(entries.length === 0 ? ['}', ',', '?'] : ['}', '?']);
      const key = this.expr();
      const colon = this.cursor.expect(':');
      const value = this.expr();
      entries.push({ id: this.build.id(), at: colon.start, key, value, isOptional: question !== undefined });
      if (this.cursor.accept(',') === undefined) break;
    }
    if (entries.length === 0) this.cursor.accept(',');
    const close = this.cursor.expect('}', [',']);
    return this.build.map({ at: brace.start, start: brace.start, end: close.end }, entries);
  }

  private name(): Expr {
    const dot = this.cursor.accept('.');
    const first = this.cursor.next();
    const start = dot?.start ?? first.start;
    const prefix = dot === undefined ? '' : '.';
    const rest = this.restOfStructName();
    if (rest !== undefined) {
      let name = prefix + first.text;
      for (let count = 0; count < rest; count++) name += this.cursor.next().text;
      return this.struct(start, name);
    }
    const isReserved = RESERVED.has(first.text);
    if (isReserved) this.cursor.report(start, `reserved identifier: ${first.text}`);
    const open = this.cursor.accept('(');
    if (open === undefined) return this.build.ident({ at: first.start, start, end: first.end }, prefix + first.text);
    const args = this.args();
    const close = this.cursor.expect(')', [], true);
    return this.call({ at: open.start, start, end: close.end }, prefix + first.text, args);
  }

  /** How many tokens `a.b.C{` goes on for after its first name, up to the brace. */
  private restOfStructName(): number | undefined {
    let distance = 0;
    while (this.cursor.peek(distance)?.text === '.' && this.cursor.peek(distance + 1)?.kind === 'ident') distance += 2;
    const token = this.cursor.peek(distance);
    return token?.kind === 'symbol' && token.text === '{' ? distance : undefined;
  }

  private struct(start: number, name: string): Expr {
    const brace = this.cursor.expect('{');
    const fields: StructField[] = [];
    while (!this.cursor.is('}') && !(fields.length === 0 && this.cursor.is(','))) {
      const question = this.cursor.accept('?');
      if (question !== undefined && !this.options.hasOptionals) this.cursor.report(question.start, "unsupported syntax '?'");
      const token = this.cursor.token;
      if (token.kind !== 'ident' && token.kind !== 'escaped')
        throw unexpected(token, ['}', ',', '?', 'IDENTIFIER', 'ESC_IDENTIFIER'], false);
      this.cursor.next();
      const colon = this.cursor.expect(':');
      const value = this.expr();
      const isOptional = question !== undefined;
      fields.push({
        id: this.build.id(),
        at: colon.start,
        name: token.kind === 'escaped' ? token.text.slice(1, -1) : token.text,
        value,
        isOptional,
      });
      if (this.cursor.accept(',') === undefined) break;
    }
    if (fields.length === 0) this.cursor.accept(',');
    const close = this.cursor.expect('}', [',']);
    return this.build.struct({ at: brace.start, start, end: close.end }, name, fields);
  }

  private literal(): Expr {
    const { cursor } = this;
    const first = cursor.token;
    const hasSign = cursor.is('-') && this.isNumber(cursor.peek());
    const token = hasSign ? cursor.peek() : first;
    const literal = token === undefined ? undefined : literalOf(token, hasSign ? '-' : '');
    if (literal === undefined) return cursor.lacksExpression() ? this.primary() : this.build.literal(tokenExtent(first), null);
    if (hasSign) cursor.next();
    const last = cursor.next();
    if (literal.problem !== undefined) cursor.report(first.start, literal.problem);
    return this.build.literal({ at: first.start, start: first.start, end: last.end }, literal.value);
  }

  /** A call, or what the macro of its name makes of it. */
  private call(extent: Extent, name: string, args: readonly Expr[], target?: Expr): Expr {
    const macro = this.options.macros.find(name, args.length, target !== undefined);
    if (macro !== undefined) {
      const expanded = macro({ build: this.build, extent, target, args });
      if (expanded instanceof MacroProblem) {
        this.cursor.report(expanded.offset, expanded.message);
        return this.build.literal(extent, null);
      }
      if (expanded !== undefined) return expanded;
    }
    return this.build.call(extent, name, args, target);
  }
}

function tokenExtent(token: Token): Extent {
  return { at: token.start, start: token.start, end: token.end };
}
