/**
 * Whether somebody who wrote the one most likely meant the other: one letter too many, too few or wrong, two swapped, or
 * only the separators differ. Digits and short words (`app-a`, `app-b`, `eu1`) tell names apart, so they are no slip.
 */
export function isSlip(written: string, meant: string): boolean {
  if (written === meant || written.length < 4 || meant.length < 4) return false;
  const [short, long] = written.length <= meant.length ? [written, meant] : [meant, written];
  const extra = long.length - short.length;
  if (extra > 3) return false;
  return (extra <= 1 && isOneOff(short, long)) || withoutSeparators(short) === withoutSeparators(long);
}

/** Two neighbours swapped, one letter more in the longer one, or among equally long ones one that differs. */
function isOneOff(short: string, long: string): boolean {
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const [a, b] = [long[at], long[at + 1]];
  if (short.length === long.length && short[at] === b && short[at + 1] === a && short.slice(at + 2) === long.slice(at + 2))
    return long.length > 4 && !isDigit(a) && !isDigit(b);
  if (!isLetter(a) || wordAt(long, at).length < 4) return false;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  return isLetter(short[at]) && wordAt(short, at).length >= 4 && short.slice(at + 1) === long.slice(at + 1);
}

/**
 * Whether a slip is one beyond doubt, so that nobody has two objects of these names: two letters swapped, or a letter inside a
 * longer word too many or too few. At its end it may be a plural.
 */
export function isSureSlip(written: string, meant: string): boolean {
  if (!isSlip(written, meant) || withoutSeparators(written) === withoutSeparators(meant)) return false;
  const [short, long] = written.length <= meant.length ? [written, meant] : [meant, written];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length === long.length) return short[at] === long[at + 1] && short[at + 1] === long[at];
  return wordAt(long, at).length > 5 && isLetter(long[at + 1]);
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= '0' && letter <= '9';
}

function withoutSeparators(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

/** The first of the candidates that `written` is a slip of, and that is free to be meant, or so near that nothing else can be. */
export function meantBy<T extends { readonly name: string }>(
  written: string,
  candidates: Iterable<T>,
  isFree: (candidate: T) => boolean = () => true,
): T | undefined {
  for (const candidate of candidates) {
    if (isSlip(written, candidate.name) && (isFree(candidate) || isSureSlip(written, candidate.name))) return candidate;
  }
  return undefined;
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[a-z]/i.test(letter);
}

function wordAt(name: string, at: number): string {
  let start = at;
  let end = at;
  while (start > 0 && isLetter(name[start - 1])) start--;
  while (end < name.length && isLetter(name[end])) end++;
  return name.slice(start, end);
}
