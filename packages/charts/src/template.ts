import { type Pipeline, readPipeline } from './pipeline.ts';
import { type TemplateToken, templateTokens } from './template-tokens.ts';

/** A Go template as a tree. Offsets count UTF-16 units of its text. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly token: TemplateToken }
  /** Prints a value, or sets a variable. */
  | { readonly kind: 'print'; readonly token: TemplateToken; readonly pipeline: Pipeline }
  /** `else` is a list of its own; `else if` is an `if` inside of it. */
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly token: TemplateToken;
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
      /** Where its `end` stands. */
      readonly end: number;
    }
  | { readonly kind: 'define'; readonly token: TemplateToken; readonly name: string; readonly body: readonly TemplateNode[] }
  | { readonly kind: 'template'; readonly token: TemplateToken; readonly name: string; readonly pipeline: Pipeline | undefined };

/** Reads a template; undefined where some part of it is not understood. */
export function readTemplate(text: string): readonly TemplateNode[] | undefined {
  const tokens = templateTokens(text);
  if (tokens === undefined) return undefined;
  const reader = new TemplateReader(tokens);
  const nodes = reader.list(0);
  return reader.isWhole ? nodes : undefined;
}

const MAX_DEPTH = 200;
const KEYWORD = /^(if|with|range|else|end|define|block|template|break|continue)\b\s*/;

class TemplateReader {
  readonly #tokens: readonly TemplateToken[];
  #at = 0;
  /** Whether nothing went wrong, and all was read. */
  isWhole = true;

  constructor(tokens: readonly TemplateToken[]) {
    this.#tokens = tokens;
  }

  /** The nodes up to an `else` or `end`, which is not taken; of the outermost list up to the end of the text. */
  list(depth: number): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    if (depth > MAX_DEPTH) this.isWhole = false;
    while (this.isWhole) {
      const token = this.#tokens[this.#at];
      if (token === undefined) {
        this.isWhole = depth === 0;
        break;
      }
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', token });
        this.#at++;
        continue;
      }
      const keyword = KEYWORD.exec(token.text);
      if (keyword?.[1] === 'else' || keyword?.[1] === 'end') {
        this.isWhole = depth > 0;
        break;
      }
      this.#at++;
      if (token.text === '' || keyword?.[1] === 'break' || keyword?.[1] === 'continue') continue;
      const node =
        keyword === null ? this.#print(token) : this.#control(token, keyword[1] ?? '', token.text.slice(keyword[0].length), depth);
      if (node === undefined) this.isWhole = false;
      else nodes.push(node);
    }
    return nodes;
  }

  #print(token: TemplateToken): TemplateNode | undefined {
    const pipeline = readPipeline(token.text);
    return pipeline && { kind: 'print', token, pipeline };
  }

  #control(token: TemplateToken, keyword: string, rest: string, depth: number): TemplateNode | undefined {
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') return this.#branch(token, keyword, rest, depth);
    const named = /^"((?:[^"\\]|\\.)*)"\s*/.exec(rest) ?? /^`([^`]*)`\s*/.exec(rest);
    if (named === null) return undefined;
    const name = named[1] ?? '';
    const given = rest.slice(named[0].length);
    if (keyword === 'template') {
      const pipeline = given === '' ? undefined : readPipeline(given);
      return given !== '' && pipeline === undefined ? undefined : { kind: 'template', token, name, pipeline };
    }
    const body = this.list(depth + 1);
    if (this.#tokens[this.#at]?.text.startsWith('end') !== true) return undefined;
    this.#at++;
    // A block is a definition that is used where it stands; Helm's charts have next to none.
    return keyword === 'define' && given === '' ? { kind: 'define', token, name, body } : undefined;
  }

  #branch(token: TemplateToken, kind: 'if' | 'with' | 'range', rest: string, depth: number): TemplateNode | undefined {
    const pipeline = readPipeline(rest);
    if (pipeline === undefined) return undefined;
    const body = this.list(depth + 1);
    let otherwise: readonly TemplateNode[] = [];
    const next = this.#tokens[this.#at];
    const elseText = next?.kind === 'action' ? /^else\b\s*(.*)$/s.exec(next.text)?.[1] : undefined;
    if (next !== undefined && elseText !== undefined) {
      this.#at++;
      const chained = /^(if|with)\b\s*(.*)$/s.exec(elseText);
      if (chained !== null) {
        // Takes the `end` that is that of the whole chain.
        const inner = this.#branch(next, chained[1] === 'with' ? 'with' : 'if', chained[2] ?? '', depth + 1);
        if (inner === undefined || !('end' in inner)) return undefined;
        return { kind, token, pipeline, body, otherwise: [inner], end: inner.end };
      }
      if (elseText !== '') return undefined;
      otherwise = this.list(depth + 1);
    }
    const end = this.#tokens[this.#at];
    if (end?.kind !== 'action' || end.text.trim() !== 'end') return undefined;
    this.#at++;
    return { kind, token, pipeline, body, otherwise, end: end.start };
  }
}
