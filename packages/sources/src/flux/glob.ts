type Token = '*' | ((character: string) => boolean);

/** Whether a shell pattern (`*`, `?`, `[a-z]`, `\x`) matches a whole text; `/` is a character as any other. Undefined where the pattern is malformed. */
export function matchesGlob(pattern: string, text: string): boolean | undefined {
  const tokens = tokensOf(pattern);
  if (tokens === undefined) return undefined;
  const characters = [...text];
  // The positions of the text that the tokens so far can end at.
  let ends: boolean[] = [true, ...characters.map(() => false)];
  for (const token of tokens) {
    const next: boolean[] = [token === '*' && ends[0] === true];
    for (const [index, character] of characters.entries()) {
      next.push(token === '*' ? ends[index + 1] === true || next[index] === true : ends[index] === true && token(character));
    }
    ends = next;
  }
  return ends.at(-1);
}

function tokensOf(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    let character = characters[at] ?? '';
    if (character === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const set = setAt(characters, at + 1);
      if (set === undefined) return undefined;
      tokens.push(set.accepts);
      at = set.end;
    } else {
      if (character === '\\') {
        const escaped = characters[++at];
        if (escaped === undefined) return undefined;
        character = escaped;
      }
      tokens.push((each) => each === character);
    }
  }
  return tokens;
}

function setAt(
  characters: readonly string[],
  from: number,
): { readonly accepts: (character: string) => boolean; readonly end: number } | undefined {
  let at = from;
  const isNegated = characters[at] === '^';
  if (isNegated) at++;
  const ranges: (readonly [string, string])[] = [];
  const take = (): string | undefined => {
    let character = characters[at];
    if (character === undefined || character === '-' || character === ']') return undefined;
    if (character === '\\') character = characters[++at];
    at++;
    return character;
  };
  while (characters[at] !== ']' || ranges.length === 0) {
    const low = take();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (characters[at] === '-') {
      at++;
      high = take();
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  }
  const isIn = (character: string): boolean => ranges.some(([low, high]) => low <= character && character <= high);
  return { accepts: (character) => isIn(character) !== isNegated, end: at };
}
