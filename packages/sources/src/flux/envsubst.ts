import { matchesGlob } from './glob.ts';

// The variables of a text as fluxcd/pkg/envsubst reads them: a part of what shells know, with quirks of its own.

/** A text that is taken apart: what stays as it is, and references to variables. */
export type Template = readonly Piece[];

type Piece = string | Reference;

/** `${name}`, or `${name OP arg …}`. */
interface Reference {
  readonly name: string;
  readonly operator: string;
  readonly args: readonly Template[];
}

/** A reference that Flux does not understand: it then applies nothing. */
export class SubstitutionError extends Error {
  /** What Flux makes of it is not told here: the text ended within the reference, and what follows in the whole object might close it; or the result is too long. */
  readonly isOpen: boolean;

  constructor(message: string, isOpen = false) {
    super(message);
    this.isOpen = isOpen;
  }
}

/** The value of a variable; undefined where nobody sets it; `unknown` where somebody does, and its value is not in sight. */
export type Lookup = (name: string) => string | undefined | { readonly unknown: true };

export interface Substituted {
  readonly text: string;
  /** Names of the variables whose value stands in the text, or made it what it is. */
  readonly used: readonly string[];
  /** Those that nobody sets, where no default stands in for them. */
  readonly missing: readonly string[];
  /** Those that are not known: they stay in the text as references. */
  readonly open: readonly string[];
}

const MAX_DEPTH = 200;
/** Characters; no honest text becomes longer, since values are those of ConfigMaps. */
const MAX_LENGTH = 4_000_000;
/** Steps of matching a pattern at every place of a value. */
const MAX_STEPS = 20_000_000;

/** Takes a text apart. Throws a SubstitutionError. */
export function parseTemplate(text: string): Template {
  return new Reader(text).template();
}

/** Fills in variables. Arguments are filled in too, before they are used. Throws a SubstitutionError where that takes too much. */
export function fillIn(template: Template, lookUp: Lookup): Substituted {
  const used = new Set<string>();
  const missing = new Set<string>();
  const open = new Set<string>();
  const fill = (pieces: Template): string => {
    let text = '';
    for (const piece of pieces) {
      text += typeof piece === 'string' ? piece : value(piece);
      if (text.length > MAX_LENGTH) throw new SubstitutionError('the text with its variables filled in is too long', true);
    }
    return text;
  };
  const value = (reference: Reference): string => {
    const { name, operator, args } = reference;
    const found = lookUp(name);
    if (typeof found === 'object') {
      open.add(name);
      return written(reference);
    }
    if (found === undefined) {
      if (!HAS_DEFAULT.has(operator)) missing.add(name);
    } else used.add(name);
    return apply(operator, found ?? '', args.map(fill));
  };
  const text = fill(template);
  return { text, used: [...used], missing: [...missing], open: [...open] };
}

/** All variables that a template refers to. */
export function* namesIn(template: Template): Generator<string> {
  for (const piece of template) {
    if (typeof piece === 'string') continue;
    yield piece.name;
    for (const arg of piece.args) yield* namesIn(arg);
  }
}

/** Operators that say what stands in for a variable that is not set; `:?` and `:+` are taken for them too. */
const HAS_DEFAULT = new Set(['=', ':=', ':-', ':?', ':+']);

function written({ name, operator, args }: Reference): string {
  const texts = args.map((arg) => arg.map((piece) => (typeof piece === 'string' ? piece : written(piece))).join(''));
  if (operator === '#' && args.length === 0) return `\${#${name}}`;
  if (operator === ':' || operator.startsWith('/')) return `\${${name}${operator}${texts.join(operator === ':' ? ':' : '/')}}`;
  return `\${${name}${operator}${texts.join('')}}`;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  template(): Template {
    const pieces: Piece[] = [];
    let plain = '';
    while (this.#at < this.#text.length) {
      if (this.#isAtReference()) {
        if (plain !== '') pieces.push(plain);
        plain = '';
        pieces.push(this.#reference());
      } else {
        // Two dollar signs stand for one.
        if (this.#text.startsWith('$$', this.#at)) this.#at++;
        plain += this.#next();
      }
    }
    if (plain !== '') pieces.push(plain);
    return pieces;
  }

  #reference(): Reference {
    if (++this.#depth > MAX_DEPTH) throw new SubstitutionError('variables are nested too deep');
    this.#at += 2;
    const reference = this.#text[this.#at] === '#' ? this.#length() : this.#named();
    this.#depth--;
    return reference;
  }

  #length(): Reference {
    this.#at++;
    const name = this.#name();
    this.#close();
    return { name, operator: '#', args: [] };
  }

  #named(): Reference {
    const name = this.#name();
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (/^(?::[=?+-]|=)/.test(rest)) return this.#withDefault(name, rest.startsWith('=') ? '=' : rest);
    switch (rest[0]) {
      case ':':
        return this.#substring(name);
      case ',':
      case '^': {
        const operator = this.#operator(/^[,^]{1,2}/);
        this.#close();
        return { name, operator, args: [] };
      }
      case '/':
        return this.#replacement(name);
      case '#':
      case '%': {
        const operator = this.#operator(/^(?:##?|%%?)/);
        const args = [this.#argument((character) => character !== '}')];
        this.#close();
        return { name, operator, args };
      }
      default:
        this.#close();
        return { name, operator: '', args: [] };
    }
  }

  #withDefault(name: string, operator: string): Reference {
    this.#at += operator.length;
    const pieces: Piece[] = [];
    while (this.#text[this.#at] !== '}') pieces.push(...this.#argument((character) => character !== '}'));
    this.#close();
    return { name, operator, args: pieces.length === 0 ? [] : [pieces] };
  }

  #substring(name: string): Reference {
    this.#at++;
    const args = [this.#argument((character) => character !== ':' && character !== '}')];
    if (this.#skip(':') > 0) args.push(this.#argument((character) => character !== '}'));
    this.#close();
    return { name, operator: ':', args };
  }

  #replacement(name: string): Reference {
    const operator = this.#operator(/^\/[/#%]?/);
    const args = [this.#argument((character) => character !== '/', true)];
    if (this.#skip('/') === 0) throw this.#fault('the pattern is not followed by "/"');
    if (this.#text[this.#at] !== '}') args.push(this.#argument((character) => character !== '}', true));
    this.#close();
    return { name, operator, args };
  }

  /** One reference, or a text of one character and more. */
  #argument(accepts: (character: string) => boolean, hasEscapes = false): Template {
    if (this.#isAtReference()) return [this.#reference()];
    let text = '';
    while (this.#at < this.#text.length && !this.#isAtReference()) {
      const isEscaped = hasEscapes && /^(?:\$\$|\\\/|\\\\)/.test(this.#text.slice(this.#at, this.#at + 2));
      if (isEscaped) this.#at++;
      else if (!accepts(this.#text[this.#at] ?? '')) break;
      text += this.#next();
    }
    if (text === '') throw this.#fault('an argument is empty');
    return [text];
  }

  #name(): string {
    const [name] = /^[\p{L}\p{Nd}_]+/u.exec(this.#text.slice(this.#at, this.#at + 500)) ?? [];
    if (name === undefined) throw this.#fault('no variable name stands after "${"');
    this.#at += name.length;
    return name;
  }

  #operator(pattern: RegExp): string {
    const [operator = ''] = pattern.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
    this.#at += operator.length;
    return operator;
  }

  #skip(character: string): number {
    const from = this.#at;
    while (this.#text[this.#at] === character) this.#at++;
    return this.#at - from;
  }

  #close(): void {
    if (this.#text[this.#at] !== '}') throw this.#fault('"}" is missing');
    this.#at++;
  }

  #isAtReference(): boolean {
    return this.#text.startsWith('${', this.#at);
  }

  #next(): string {
    return this.#text[this.#at++] ?? '';
  }

  #fault(message: string): SubstitutionError {
    return new SubstitutionError(message, this.#at >= this.#text.length);
  }
}

function apply(operator: string, value: string, args: readonly string[]): string {
  const [first = '', second = ''] = args;
  switch (operator) {
    case ',':
      return value.slice(0, 1).toLowerCase() + value.slice(1);
    case ',,':
      return value.toLowerCase();
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case '^^':
      return value.toUpperCase();
    case '#':
      return args.length === 0 ? String(bytesOf(value).length) : trimPrefix(value, first, false);
    case '##':
      return trimPrefix(value, first, true);
    case '%':
      return reversed(trimPrefix(reversed(value), reversed(first), false));
    case '%%':
      return reversed(trimPrefix(reversed(value), reversed(first), true));
    case ':':
      return substring(value, args);
    case '/':
      return replaceFirst(value, first, second);
    case '//':
      return value.replaceAll(first, () => second);
    case '/#':
      return args.length === 2 && value.startsWith(first) ? replaceFirst(value, first, second) : value;
    case '/%':
      return args.length === 2 && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
    default:
      return value === '' ? args.join('') : value;
  }
}

function replaceFirst(value: string, wanted: string, by: string): string {
  return value.replace(wanted, () => by);
}

/** Positions count bytes. */
function substring(value: string, [from = '', length]: readonly string[]): string {
  const start = integerOf(from);
  const count = length === undefined ? undefined : integerOf(length);
  if (start === undefined || (length !== undefined && count === undefined)) return value;
  const bytes = bytesOf(value);
  const at = start < 0 ? Math.max(bytes.length + start, 0) : start;
  const end = count === undefined ? bytes.length : count < 0 ? bytes.length + count : Math.min(at + count, bytes.length);
  return at >= bytes.length || end < at ? '' : new TextDecoder().decode(bytes.subarray(at, end));
}

function integerOf(text: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function trimPrefix(value: string, pattern: string, isLongest: boolean): string {
  if (value.length * value.length * pattern.length > MAX_STEPS)
    throw new SubstitutionError('a value is too long to match a pattern in it', true);
  let found = 0;
  for (let length = value.length; length > 0; length--) {
    const isMatch = matchesGlob(pattern, value.slice(0, length));
    if (isMatch === undefined) return value;
    if (!isMatch) continue;
    found = length;
    if (isLongest) break;
  }
  return value.slice(found);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
