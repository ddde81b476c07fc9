import { deepTraversal, traversal } from '../cost/runtime-cost.ts';
import { Interruption } from '../eval/context.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { ArrayList, itemsOf, List } from '../value/list.ts';
import { isInt } from '../value/numbers.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';
import { formatText } from './string-format.ts';

const once: CallCost = ([text]) => traversal(text);
const searched: CallCost = ([text]) => deepTraversal(text);
const twice: CallCost = ([text]) => traversal(text, 2);

/** The characters of a text, where all are in the basic plane its UTF-16 units. */
function charactersOf(text: string): readonly string[] {
  return Array.from(text);
}

function withIndex(index: Value | undefined, use: (index: number) => Result): Result {
  return isInt(index) ? use(Number(index)) : noSuchOverload();
}

function onText(use: (text: string, ...args: readonly Value[]) => Result): Implementation {
  return ([text = null, ...args]) => (typeof text === 'string' ? use(text, ...args) : noSuchOverload());
}

function outOfRange(index: number): CelError {
  return new CelError(`index out of range: ${index}`);
}

const charAt = onText((text, index) =>
  withIndex(index, (at) => {
    const characters = charactersOf(text);
    return at < 0 || at > characters.length ? outOfRange(at) : (characters[at] ?? '');
  }),
);

function isAt(characters: readonly string[], part: readonly string[], at: number): boolean {
  return part.every((character, index) => characters[at + index] === character);
}

const indexOf = onText((text, part, offset = 0) => {
  if (typeof part !== 'string') return noSuchOverload();
  return withIndex(offset, (from) => {
    if (from < 0) return outOfRange(from);
    const characters = charactersOf(text);
    const wanted = charactersOf(part);
    if (wanted.length === 0) return Math.min(from, characters.length);
    for (let at = from; at <= characters.length - wanted.length; at++) if (isAt(characters, wanted, at)) return at;
    return -1;
  });
});

const lastIndexOf = onText((text, part, offset) => {
  if (typeof part !== 'string') return noSuchOverload();
  const characters = charactersOf(text);
  const wanted = charactersOf(part);
  if (offset === undefined) {
    if (wanted.length === 0) return characters.length;
    if (text.length < part.length) return -1;
  }
  return withIndex(offset ?? characters.length - 1, (from) => {
    if (from < 0) return outOfRange(from);
    if (wanted.length === 0) return Math.min(from, characters.length);
    if (from >= characters.length) return -1;
    for (let at = Math.min(from, characters.length - wanted.length); at >= 0; at--) if (isAt(characters, wanted, at)) return at;
    return -1;
  });
});

const substring = onText((text, start, end) =>
  withIndex(start, (from) => {
    const characters = charactersOf(text);
    return withIndex(end ?? characters.length, (to) => {
      if (end !== undefined && from > to) return new CelError(`invalid substring range. start: ${from}, end: ${to}`);
      if (from < 0 || from > characters.length) return outOfRange(from);
      if (to < 0 || to > characters.length) return outOfRange(to);
      return characters.slice(from, to).join('');
    });
  }),
);

/** In UTF-16 units. Costs go by what is replaced, not by what comes of it. */
const LONGEST_RESULT = 2 ** 26;

const replace = onText((text, old, replacement, limit = -1) => {
  if (typeof old !== 'string' || typeof replacement !== 'string') return noSuchOverload();
  const most = text.length / Math.max(1, old.length) + 1;
  if (most * replacement.length > LONGEST_RESULT) throw new Interruption('cost-limit', 'operation cancelled: the result is too long');
  return withIndex(limit, (most) => {
    if (most < 0) return old === '' ? surround(text, replacement, Infinity) : text.replaceAll(old, () => replacement);
    if (old === '') return surround(text, replacement, most);
    const parts = text.split(old);
    if (parts.length - 1 <= most) return parts.join(replacement);
    return [...parts.slice(0, most), parts.slice(most).join(old)].join(replacement);
  });
});

/** Puts the replacement before each character and at the end, as replacing nothing does. */
function surround(text: string, replacement: string, most: number): string {
  const characters = charactersOf(text);
  let result = '';
  for (let index = 0; index <= characters.length; index++) {
    if (index < most) result += replacement;
    result += characters[index] ?? '';
  }
  return result;
}

const split = onText((text, separator, limit = -1) => {
  if (typeof separator !== 'string') return noSuchOverload();
  return withIndex(limit, (most) => {
    if (most === 0) return new ArrayList([]);
    const parts = separator === '' ? charactersOf(text) : text.split(separator);
    if (most < 0 || parts.length <= most) return new ArrayList(parts);
    return new ArrayList([...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)]);
  });
});

const join: Implementation = ([list = null, separator = '']) => {
  if (!(list instanceof List) || typeof separator !== 'string') return noSuchOverload();
  const items = itemsOf(list);
  if (isError(items)) return items;
  const wrong = items.find((item) => typeof item !== 'string');
  return wrong === undefined ? items.join(separator) : new CelError(`join: invalid input: ${String(wrong)}`);
};

// What Unicode calls white space; JavaScript's own trim also takes the byte order mark and leaves U+0085.
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';

const trim = onText((text) => text.replace(new RegExp(`^${SPACE}`), '').replace(new RegExp(`${SPACE}$`), ''));

const lowerAscii = onText((text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
const upperAscii = onText((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()));

const QUOTED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

const quote = onText((text) => `"${Array.from(text, (character) => QUOTED[character] ?? character).join('')}"`);

/** The strings extension: version 2 is Kubernetes' since 1.29, which adds `format`, `join` and `quote`. */
export function strings(version: number): Library {
  const functions = [
    declare('charAt', [['string_char_at_int', 'string.(int): string', charAt]]),
    declare(
      'indexOf',
      [
        ['string_index_of_string', 'string.(string): int', indexOf],
        ['string_index_of_string_int', 'string.(string, int): int', indexOf],
      ],
      searched,
    ),
    declare(
      'lastIndexOf',
      [
        ['string_last_index_of_string', 'string.(string): int', lastIndexOf],
        ['string_last_index_of_string_int', 'string.(string, int): int', lastIndexOf],
      ],
      searched,
    ),
    declare('lowerAscii', [['string_lower_ascii', 'string.(): string', lowerAscii]], once),
    declare('upperAscii', [['string_upper_ascii', 'string.(): string', upperAscii]], once),
    declare('trim', [['string_trim', 'string.(): string', trim]], once),
    declare(
      'substring',
      [
        ['string_substring_int', 'string.(int): string', substring],
        ['string_substring_int_int', 'string.(int, int): string', substring],
      ],
      once,
    ),
    declare(
      'replace',
      [
        ['string_replace_string_string', 'string.(string, string): string', replace],
        ['string_replace_string_string_int', 'string.(string, string, int): string', replace],
      ],
      twice,
    ),
    declare(
      'split',
      [
        ['string_split_string', 'string.(string): list(string)', split],
        ['string_split_string_int', 'string.(string, int): list(string)', split],
      ],
      twice,
    ),
    declare(
      'join',
      [
        ['list_join', 'list(string).(): string', join],
        ['list_join_string', 'list(string).(string): string', join],
      ],
      (_, result) => traversal(result, 2),
    ),
  ];
  if (version >= 1) {
    functions.push(declare('format', [['string_format', 'string.(list(dyn)): string', format]]));
    functions.push(declare('strings.quote', [['strings_quote', '(string): string', quote]]));
  }
  return { functions };
}

const format = onText((text, args = null) => {
  const items = args instanceof List ? itemsOf(args) : noSuchOverload();
  return isError(items) ? items : formatText(text, items);
});
