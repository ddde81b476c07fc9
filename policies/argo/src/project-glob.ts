/**
 * Whether a pattern of an AppProject matches, as gobwas/glob does it: `*` stops at separators, `**` does not. `!` in front turns it
 * round. Undefined for what is rarely used and not read here: classes of letters, escapes.
 */
export function projectMatches(pattern: string, text: string, isPath: boolean): boolean | undefined {
  if (pattern.startsWith('!')) {
    const inner = projectMatches(pattern.slice(1), text, isPath);
    return inner === undefined ? undefined : !inner;
  }
  if (pattern === '*') return true;
  if (/[[\]{}\\]/.test(pattern) || pattern.length > 500) return undefined;
  return matchesFrom(pattern, 0, text, 0, isPath, new Map());
}

function matchesFrom(pattern: string, at: number, text: string, from: number, isPath: boolean, known: Map<number, boolean>): boolean {
  if (at === pattern.length) return from === text.length;
  const key = at * (text.length + 1) + from;
  const before = known.get(key);
  if (before !== undefined) return before;
  const letter = pattern[at];
  let result = false;
  if (letter === '*') {
    const isAny = pattern[at + 1] === '*';
    const next = isAny ? at + 2 : at + 1;
    for (let end = from; ; end++) {
      if (matchesFrom(pattern, next, text, end, isPath, known)) {
        result = true;
        break;
      }
      if (end >= text.length || (isPath && !isAny && text[end] === '/')) break;
    }
  } else if (from < text.length && (letter === '?' ? !isPath || text[from] !== '/' : letter === text[from]))
    result = matchesFrom(pattern, at + 1, text, from + 1, isPath, known);
  known.set(key, result);
  return result;
}
