import type { RawIssue } from './issue.ts';
import type { Token } from './lexer.ts';
import { SyntaxProblem, unexpected } from './syntax-error.ts';

/** How deep a rule of the grammar may stand in itself: parentheses, but also `a.b.c` and `1 + 2 + 3`. */
const MOST_DEPTH = 250;

export type Rule = 'expr' | 'relation' | 'calc' | 'member';

/** In the order in which messages list them. */
const TOKEN_ORDER = '[ ] { } ( ) . , - ! ? true false null NUM_FLOAT NUM_INT NUM_UINT STRING BYTES IDENTIFIER'.split(' ');

const NEVER_FIRST: ReadonlySet<string> = new Set(['}', ']', ')', ',', '?']);

/** Symbols that stand between two operands. */
const BETWEEN: ReadonlySet<string> = new Set(['&&', '||', '?', '*', '/', '%', '+', '<', '<=', '>=', '>', '==', '!=', 'in']);

/** A place among the tokens, and what is said of those that do not belong. */
export class Cursor {
  private readonly tokens: readonly Token[];
  private readonly issues: RawIssue[];
  private at = 0;
  private start: { readonly at: number; readonly others: readonly string[] } = { at: -1, others: [] };
  private readonly depths: Record<Rule, number> = { expr: 0, relation: 0, calc: 0, member: 0 };

  constructor(tokens: readonly Token[], issues: RawIssue[]) {
    this.tokens = tokens;
    this.issues = issues;
  }

  get token(): Token {
    // The last token is `end`, and nothing moves beyond it.
    return this.tokens[this.at] as Token;
  }

  /** A token further on; undefined beyond the end. */
  peek(distance = 1): Token | undefined {
    return this.tokens[this.at + distance];
  }

  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  is(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  accept(symbol: string): Token | undefined {
    return this.is(symbol) ? this.next() : undefined;
  }

  /** A token that must be here, or one of the others that might have been; at the end of a text the server calls a lone one missing. */
  expect(symbol: string, others: readonly string[] = [], mayBeMissing = false): Token {
    const token = this.accept(symbol);
    if (token !== undefined) return token;
    const next = this.peek();
    const isNext = next?.kind === 'symbol' && next.text === symbol;
    if (this.token.kind === 'end' && mayBeMissing)
      throw new SyntaxProblem(this.token.start, `Syntax error: missing '${symbol}' at '<EOF>'`);
    this.drop(unexpected(this.token, [symbol, ...others], isNext), isNext);
    return this.next();
  }

  expectEnd(): void {
    if (this.token.kind === 'end') return;
    const isNext = this.peek()?.kind === 'end';
    this.drop(unexpected(this.token, ['<EOF>'], isNext), isNext);
  }

  /** What may stand here besides the beginning of an expression. */
  mayStartWith(others: readonly string[]): void {
    this.start = { at: this.at, others };
  }

  /**
   * Says that no expression begins here. Like the server goes on where the next token begins one (true), or where an operator
   * stands whose operand is missing (false); otherwise the parse ends.
   */
  lacksExpression(): boolean {
    const { token } = this;
    const others = this.start.at === this.at ? this.start.others : [];
    const next = this.peek();
    const isNext = next !== undefined && startsExpression(next);
    const mayFollow = next?.kind === 'symbol' && others.includes(next.text);
    const expected = TOKEN_ORDER.filter((each) => !NEVER_FIRST.has(each) || others.includes(each));
    const problem = unexpected(token, expected, isNext || mayFollow);
    if (!isNext && token.kind === 'symbol' && BETWEEN.has(token.text)) {
      this.report(problem.offset, problem.message);
      return false;
    }
    this.drop(problem, isNext);
    return true;
  }

  report(offset: number, message: string): void {
    this.issues.push({ offset, message });
  }

  enter(rule: Rule): void {
    this.depths[rule] += 1;
    if (this.depths[rule] > MOST_DEPTH) throw new SyntaxProblem(-1, `expression recursion limit exceeded: ${MOST_DEPTH}`);
  }

  leave(rule: Rule, times = 1): void {
    this.depths[rule] -= times;
  }

  /** As the server does, goes on without a token where what follows it fits; otherwise ends the parse. */
  private drop(problem: SyntaxProblem, isNextFitting: boolean): void {
    if (!isNextFitting || this.token.kind === 'end') throw problem;
    this.report(problem.offset, problem.message);
    this.next();
  }
}

function startsExpression({ kind, text }: Token): boolean {
  return kind === 'symbol' ? TOKEN_ORDER.includes(text) && !NEVER_FIRST.has(text) : kind !== 'end' && kind !== 'escaped';
}
