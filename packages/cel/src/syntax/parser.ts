import { MacroProblem, type MacroTable } from '../macros/macro.ts';
import { Bytes } from '../value/bytes.ts';
import { Double, MAX_INT, MAX_UINT, MIN_INT, toInt, UInt } from '../value/numbers.ts';
import { type Expr, type MapEntry, OPERATORS, type StructField } from './ast.ts';
import { Builder, type Extent } from './builder.ts';
import type { RawIssue } from './issue.ts';
import { type Token, tokenize } from './lexer.ts';
import { RESERVED, SyntaxProblem, unexpected } from './syntax-error.ts';
import { unquoteBytes, unquoteString } from './unquote.ts';

export interface ParseOptions {
  readonly macros: MacroTable;
  /** `a.?b`, `a[?b]`, `[?x]`, `{?k: v}`. */
  readonly hasOptionals: boolean;
}

export type Parsed = { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly issues: readonly RawIssue[] };

const MOST_CHARACTERS = 100_000;
/** How deep a rule of the grammar may stand in itself: parentheses, but also `a.b.c` and `1 + 2 + 3`. */
const MOST_DEPTH = 250;

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
  const parser = new Parser(tokenize(text, issues), issues, options);
  const expr = parser.parse();
  return expr === undefined || issues.length > 0 ? { ok: false, issues } : { ok: true, expr };
}

const RELATIONS = new Set(['<', '<=', '>=', '>', '==', '!=', 'in']);
const PRODUCTS = new Set(['*', '/', '%']);
const SUMS = new Set(['+', '-']);

type Rule = 'expr' | 'relation' | 'calc' | 'member';

class Parser {
  private readonly tokens: readonly Token[];
  private readonly issues: RawIssue[];
  private readonly options: ParseOptions;
  private readonly build = new Builder();
  private at = 0;
  private start: { readonly at: number; readonly others: readonly string[] } = { at: -1, others: [] };
  private readonly depths: Record<Rule, number> = { expr: 0, relation: 0, calc: 0, member: 0 };

  constructor(tokens: readonly Token[], issues: RawIssue[], options: ParseOptions) {
    this.tokens = tokens;
    this.issues = issues;
    this.options = options;
  }

  parse(): Expr | undefined {
    try {
      const expr = this.expr();
      if (this.token.kind !== 'end') {
        const isNext = this.tokens[this.at + 1]?.kind === 'end';
        this.drop(unexpected(this.token, ['<EOF>'], isNext), isNext);
      }
      return expr;
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem;
      this.issues.push({ offset: problem.offset, message: problem.message });
      return undefined;
    }
  }

  private get token(): Token {
    // The last token is `end`, and nothing moves beyond it.
    return this.tokens[this.at] as Token;
  }

  private next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  private is(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  private accept(symbol: string): Token | undefined {
    return this.is(symbol) ? this.next() : undefined;
  }

  /** A token that must be here, or one of the others that might have been; at the end of a text the server calls a lone one missing. */
  private expect(symbol: string, others: readonly string[] = [], mayBeMissing = false): Token {
    const token = this.accept(symbol);
    if (token !== undefined) return token;
    const next = this.tokens[this.at + 1];
    const isNext = next?.kind === 'symbol' && next.text === symbol;
    if (this.token.kind === 'end' && mayBeMissing)
      throw new SyntaxProblem(this.token.start, `Syntax error: missing '${symbol}' at '<EOF>'`);
    this.drop(unexpected(this.token, [symbol, ...others], isNext), isNext);
    return this.next();
  }

  /** As the server does, goes on without a token where what follows it fits; otherwise ends the parse. */
  private drop(problem: SyntaxProblem, isNextFitting: boolean): void {
    if (!isNextFitting || this.token.kind === 'end') throw problem;
    this.report(problem.offset, problem.message);
    this.next();
  }

  private enter(rule: Rule): void {
    this.depths[rule] += 1;
    if (this.depths[rule] > MOST_DEPTH) throw new SyntaxProblem(-1, `expression recursion limit exceeded: ${MOST_DEPTH}`);
  }

  private leave(rule: Rule, times = 1): void {
    this.depths[rule] -= times;
  }

  private expr(): Expr {
    this.enter('expr');
    const condition = this.or();
    const question = this.accept('?');
    if (question === undefined) {
      this.leave('expr');
      return condition;
    }
    const then = this.or();
    this.expect(':');
    const otherwise = this.expr();
    this.leave('expr');
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
    for (let token = this.accept(symbol); token !== undefined; token = this.accept(symbol)) {
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
    this.enter(rule);
    let left = operand();
    while (this.token.kind === 'symbol' && symbols.has(this.token.text)) {
      const operator = this.next();
      this.enter(rule);
      depth += 1;
      const right = operand();
      const name = OPERATORS[operator.text] ?? operator.text;
      left = this.call({ at: operator.start, start: left.start, end: right.end }, name, [left, right]);
    }
    this.leave(rule, depth);
    return left;
  }

  private unary(): Expr {
    const first = this.token;
    if (first.kind !== 'symbol' || (first.text !== '!' && first.text !== '-')) return this.member();
    // A minus before a number is part of the literal.
    if (first.text === '-' && this.isNumber(this.at + 1)) return this.member();
    let count = 0;
    while (this.is(first.text)) {
      this.next();
      count += 1;
    }
    const operand = this.member();
    if (count % 2 === 0) return operand;
    return this.call({ at: first.start, start: first.start, end: operand.end }, first.text === '!' ? '!_' : '-_', [operand]);
  }

  private isNumber(at: number): boolean {
    const kind = this.tokens[at]?.kind;
    return kind === 'int' || kind === 'float';
  }

  private member(): Expr {
    let depth = 1;
    this.enter('member');
    let operand = this.primary();
    for (;;) {
      const token = this.token;
      if (this.accept('.') !== undefined) operand = this.selection(operand, token);
      else if (this.accept('[') !== undefined) operand = this.index(operand, token);
      else break;
      this.enter('member');
      depth += 1;
    }
    this.leave('member', depth);
    return operand;
  }

  private selection(operand: Expr, dot: Token): Expr {
    const isOptional = this.accept('?') !== undefined;
    const name = this.fieldName();
    if (isOptional) {
      if (!this.options.hasOptionals) this.report(dot.start, "unsupported syntax '.?'");
      const field = this.build.literal(tokenExtent(name.token), name.text);
      return this.build.call({ at: dot.start, start: operand.start, end: name.token.end }, '_?._', [operand, field]);
    }
    if (name.token.kind === 'ident' && this.is('(')) {
      const open = this.next();
      const args = this.args();
      const close = this.expect(')', [','], true);
      return this.call({ at: open.start, start: operand.start, end: close.end }, name.text, args, operand);
    }
    return this.build.select({ at: dot.start, start: operand.start, end: name.token.end }, operand, name.text);
  }

  private fieldName(): { readonly token: Token; readonly text: string } {
    const token = this.token;
    if (token.kind === 'ident') {
      this.next();
      return { token, text: token.text };
    }
    if (token.kind === 'escaped') {
      this.next();
      return { token, text: token.text.slice(1, -1) };
    }
    if (token.kind === 'symbol' && (token.text === 'true' || token.text === 'false' || token.text === 'null'))
      throw new SyntaxProblem(token.start, `Syntax error: mismatched input '${token.text}' expecting IDENTIFIER`);
    throw new SyntaxProblem(token.start, `Syntax error: no viable alternative at input '.${token.kind === 'end' ? '' : token.text}'`);
  }

  private index(operand: Expr, bracket: Token): Expr {
    const isOptional = this.accept('?') !== undefined;
    this.mayStartWith(isOptional ? [] : ['?']);
    const index = this.expr();
    const close = this.expect(']', [], true);
    if (isOptional && !this.options.hasOptionals) this.report(bracket.start, "unsupported syntax '[?'");
    return this.call({ at: bracket.start, start: operand.start, end: close.end }, isOptional ? '_[?_]' : '_[_]', [operand, index]);
  }

  private args(): readonly Expr[] {
    const args: Expr[] = [];
    if (this.is(')')) return args;
    this.mayStartWith([')']);
    do args.push(this.expr());
    while (this.accept(',') !== undefined);
    return args;
  }

  private primary(): Expr {
    const token = this.token;
    if (this.accept('(') !== undefined) {
      const inner = this.expr();
      this.expect(')', [], true);
      return inner;
    }
    if (this.accept('[') !== undefined) return this.list(token);
    if (this.accept('{') !== undefined) return this.map(token);
    if (token.kind === 'ident' || (this.is('.') && this.tokens[this.at + 1]?.kind === 'ident')) return this.name();
    return this.literal();
  }

  private list(bracket: Token): Expr {
    const items: Expr[] = [];
    const optionals = new Set<number>();
    if (!this.is(']')) {
      while (!this.is(']') && !(items.length === 0 && this.is(','))) {
        const question = this.accept('?');
        if (question !== undefined && !this.options.hasOptionals) this.report(question.start, "unsupported syntax '?'");
        if (question !== undefined) optionals.add(items.length);
        else this.mayStartWith(items.length === 0 ? [']', ',', '?'] : [']', '?']);
        items.push(this.expr());
        if (!this.is(',') || this.accept(',') === undefined) break;
      }
      if (items.length === 0) this.accept(',');
    }
    const close = this.expect(']', [',']);
    return this.build.list({ at: bracket.start, start: bracket.start, end: close.end }, items, optionals);
  }

  private map(brace: Token): Expr {
    const entries: MapEntry[] = [];
    while (!this.is('}') && !(entries.length === 0 && this.is(','))) {
      const question = this.accept('?');
      if (question !== undefined && !this.options.hasOptionals) this.report(question.start, "unsupported syntax '?'");
      if (question === undefined) this.mayStartWith(entries.length === 0 ? ['}', ',', '?'] : ['}', '?']);
      const key = this.expr();
      const colon = this.expect(':');
      const value = this.expr();
      entries.push({ id: this.build.id(), at: colon.start, key, value, isOptional: question !== undefined });
      if (this.accept(',') === undefined) break;
    }
    if (entries.length === 0) this.accept(',');
    const close = this.expect('}', [',']);
    return this.build.map({ at: brace.start, start: brace.start, end: close.end }, entries);
  }

  private name(): Expr {
    const dot = this.accept('.');
    const first = this.next();
    const start = dot?.start ?? first.start;
    const prefix = dot === undefined ? '' : '.';
    const last = this.structNameEnd();
    if (last !== undefined) {
      let name = prefix + first.text;
      while (this.at < last) name += this.next().text;
      return this.struct(start, name);
    }
    const isReserved = RESERVED.has(first.text);
    if (isReserved) this.report(start, `reserved identifier: ${first.text}`);
    const open = this.accept('(');
    if (open === undefined) return this.build.ident({ at: first.start, start, end: first.end }, prefix + first.text);
    const args = this.args();
    const close = this.expect(')', [','], true);
    return this.call({ at: open.start, start, end: close.end }, prefix + first.text, args);
  }

  /** Where `a.b.C{` goes on after its first name, the index of the brace. */
  private structNameEnd(): number | undefined {
    let at = this.at;
    while (this.tokens[at]?.text === '.' && this.tokens[at + 1]?.kind === 'ident') at += 2;
    const token = this.tokens[at];
    return token?.kind === 'symbol' && token.text === '{' ? at : undefined;
  }

  private struct(start: number, name: string): Expr {
    const brace = this.expect('{');
    const fields: StructField[] = [];
    while (!this.is('}') && !(fields.length === 0 && this.is(','))) {
      const question = this.accept('?');
      if (question !== undefined && !this.options.hasOptionals) this.report(question.start, "unsupported syntax '?'");
      const token = this.token;
      if (token.kind !== 'ident' && token.kind !== 'escaped') throw unexpected(token, ["'}'", "','", "'`'", 'IDENTIFIER'], false);
      this.next();
      const colon = this.expect(':');
      const value = this.expr();
      const isOptional = question !== undefined;
      fields.push({
        id: this.build.id(),
        at: colon.start,
        name: token.kind === 'escaped' ? token.text.slice(1, -1) : token.text,
        value,
        isOptional,
      });
      if (this.accept(',') === undefined) break;
    }
    if (fields.length === 0) this.accept(',');
    const close = this.expect('}', [',']);
    return this.build.struct({ at: brace.start, start, end: close.end }, name, fields);
  }

  /** What may stand here besides the beginning of an expression. */
  private mayStartWith(others: readonly string[]): void {
    this.start = { at: this.at, others };
  }

  private get expectedHere(): readonly string[] {
    const others = this.start.at === this.at ? this.start.others : [];
    return TOKEN_ORDER.filter((token) => EXPRESSION_START.has(token) || others.includes(token));
  }

  private literal(): Expr {
    const first = this.token;
    const sign = first.kind === 'symbol' && first.text === '-' && this.isNumber(this.at + 1) ? this.next().text : '';
    const token = this.next();
    const extent = { at: first.start, start: first.start, end: token.end };
    switch (token.kind) {
      case 'int':
        return this.build.literal(extent, this.int(extent, sign, token.text));
      case 'uint':
        return this.build.literal(extent, this.uint(extent, token.text));
      case 'float':
        return this.build.literal(extent, this.double(extent, sign + token.text));
      case 'string': {
        const text = unquoteString(token.text);
        if (text === undefined) this.report(token.start, 'invalid unicode code point');
        return this.build.literal(extent, text ?? '');
      }
      case 'bytes': {
        const bytes = unquoteBytes(token.text);
        if (bytes === undefined) this.report(token.start, 'unable to unescape string');
        return this.build.literal(extent, new Bytes(bytes ?? new Uint8Array()));
      }
      case 'symbol':
        if (token.text === 'true' || token.text === 'false') return this.build.literal(extent, token.text === 'true');
        if (token.text === 'null') return this.build.literal(extent, null);
    }
    this.at -= token.kind === 'end' ? 0 : 1;
    const expected = this.expectedHere;
    const next = this.tokens[this.at + 1];
    const isNext = next !== undefined && this.startsExpression(next);
    const mayFollow = next?.kind === 'symbol' && this.start.at === this.at && this.start.others.includes(next.text);
    const problem = unexpected(token, expected, isNext || mayFollow);
    if (!isNext && token.kind === 'symbol' && BINARY.has(token.text)) {
      // The server goes on as if there were an operand.
      this.report(problem.offset, problem.message);
      return this.build.literal(extent, null);
    }
    this.drop(problem, isNext);
    return this.primary();
  }

  private startsExpression(token: Token): boolean {
    return token.kind === 'symbol' ? EXPRESSION_START.has(token.text) : token.kind !== 'end' && token.kind !== 'escaped';
  }

  private int(extent: Extent, sign: string, text: string): number | bigint {
    const value = sign === '-' ? -BigInt(text) : BigInt(text);
    if (value < MIN_INT || value > MAX_INT) this.report(extent.start, 'invalid int literal');
    return toInt(value);
  }

  private uint(extent: Extent, text: string): UInt {
    const value = BigInt(text.slice(0, -1));
    if (value > MAX_UINT) this.report(extent.start, 'invalid uint literal');
    return new UInt(value);
  }

  private double(extent: Extent, text: string): Double {
    const value = Number(text);
    if (!Number.isFinite(value)) this.report(extent.start, 'invalid double literal');
    return new Double(value);
  }

  private report(offset: number, message: string): void {
    this.issues.push({ offset, message });
  }

  /** A call, or what the macro of its name makes of it. */
  private call(extent: Extent, name: string, args: readonly Expr[], target?: Expr): Expr {
    const macro = this.options.macros.find(name, args.length, target !== undefined);
    if (macro !== undefined) {
      const expanded = macro({ build: this.build, extent, target, args });
      if (expanded instanceof MacroProblem) {
        this.report(expanded.offset, expanded.message);
        return this.build.literal(extent, null);
      }
      if (expanded !== undefined) return expanded;
    }
    return this.build.call(extent, name, args, target);
  }
}

/** In the order in which messages list them. */
const TOKEN_ORDER = '[ ] { } ( ) . , - ! ? true false null NUM_FLOAT NUM_INT NUM_UINT STRING BYTES IDENTIFIER'.split(' ');

const EXPRESSION_START: ReadonlySet<string> = new Set(TOKEN_ORDER.filter((token) => !['}', ']', ')', ',', '?'].includes(token)));

const BINARY: ReadonlySet<string> = new Set(['&&', '||', '?', '*', '/', '%', '+', ...RELATIONS]);

function tokenExtent(token: Token): Extent {
  return { at: token.start, start: token.start, end: token.end };
}
