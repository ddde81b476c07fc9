import type { PatternLibrary } from '@plumbline/cel';

export type { PatternLibrary } from '@plumbline/cel';

/** A pattern of a definition, which finds in a text what Go's regexp finds, in linear time. */
export interface Pattern {
  test(text: string): boolean;
}

let library: PatternLibrary | undefined;
let load: (() => PatternLibrary) | undefined;

/** Says where RE2 comes from: it takes milliseconds to load, so it is asked for when a pattern needs it. */
export function usePatternLibrary(loader: () => PatternLibrary): void {
  load = loader;
}

/** RE2 itself; throws where nobody said where it comes from. */
export function patternLibrary(): PatternLibrary {
  library ??= load?.();
  if (library === undefined) throw new Error('no library for patterns was named');
  return library;
}

const compiled = new Map<string, Pattern | undefined>();

/** The pattern; undefined where Go's regexp does not compile it. */
export function patternOf(source: string): Pattern | undefined {
  if (!compiled.has(source)) compiled.set(source, isSimple(source) ? simplePattern(source) : linearPattern(source));
  return compiled.get(source);
}

/** A text or pattern beyond this length, or more repetitions without end, and JavaScript's own engine may take seconds. */
const LONG = 256;
const MOST_REPETITIONS = 3;

/** JavaScript's own engine is several times faster, and says the same of short plain text. */
function simplePattern(source: string): Pattern | undefined {
  let own: RegExp;
  try {
    own = new RegExp(source);
  } catch {
    return linearPattern(source);
  }
  let linear: Pattern | undefined;
  return {
    test(text) {
      if (text.length <= LONG && PLAIN.test(text)) return own.test(text);
      linear ??= linearPattern(source) ?? own;
      return linear.test(text);
    },
  };
}

const PLAIN = /^[ -~]*$/;

function linearPattern(source: string): Pattern | undefined {
  const re2 = patternLibrary();
  try {
    return re2.compile(source);
  } catch {
    return undefined;
  }
}

const TOKEN =
  /\\(?:[dwDW]|[^\w\s])|\[\^?(?:[^\][\\]|\\(?:[dwDW]|[^\w\s]))+\]|\((?:\?:)?|[*+?]\??|\{\d{1,3}(?:,(?:\d{1,3})?)?\}\??|[^\\[\](){}*+?]/y;

/** Whether both languages read the pattern alike, and backtracking can take no exponential time. */
function isSimple(source: string): boolean {
  if (source.length > LONG || !PLAIN.test(source)) return false;
  const groups: number[] = [];
  let endless = 0;
  let ended: string | undefined;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = source[at] === ')' ? ')' : TOKEN.exec(source)?.[0];
    if (token === undefined) return false;
    if (token === ')') {
      const start = groups.pop();
      if (start === undefined) return false;
      ended = source.slice(start, at);
      TOKEN.lastIndex = at + 1;
      continue;
    }
    if (token.startsWith('(')) groups.push(TOKEN.lastIndex);
    if (/^[*+?{]/.test(token)) {
      // Nothing to repeat, or a repetition repeated: an error in one of the two.
      if (/(?:^|[(|^$*+?}])$/.test(source.slice(0, at)) && source[at - 2] !== '\\') return false;
      if (/^[*+]|,\}/.test(token)) endless++;
      if (token[0] !== '?' && ended !== undefined && !isSafeToRepeat(ended)) return false;
    }
    ended = undefined;
  }
  return groups.length === 0 && endless <= MOST_REPETITIONS;
}

/** A group that repeats nothing within and has no choice; or each of whose turns begins with a mark that it has nowhere else: `\.[a-z]+`. */
function isSafeToRepeat(group: string): boolean {
  if (!/[*+{|]/.test(group)) return true;
  const [, mark, rest] = /^\\([^\w\s])(.*)$/.exec(group) ?? [];
  if (mark === undefined || rest === undefined) return false;
  // What is left must be letters, digits, and marks that are not this one.
  const withoutRanges = rest.replace(/[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]/g, '');
  return !withoutRanges.includes(mark) && !/[|^.]|\\[DW]|[^[]-[^\]]/.test(withoutRanges);
}
