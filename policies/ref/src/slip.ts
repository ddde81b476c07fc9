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

/** One letter more in the longer one, or among equally long ones one that differs or two swapped. */
function isOneOff(short: string, long: string): boolean {
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (!isLetter(long[at])) return false;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1) && wordAt(long, at).length >= 4;
  if (!isLetter(short[at]) || wordAt(long, at).length < 4 || wordAt(short, at).length < 4) return false;
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

function withoutSeparators(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

/** The first of the candidates that `written` is a slip of, and that is free to be meant. */
export function meantBy<T extends { readonly name: string }>(
  written: string,
  candidates: Iterable<T>,
  isFree: (candidate: T) => boolean = () => true,
): T | undefined {
  for (const candidate of candidates) if (isSlip(written, candidate.name) && isFree(candidate)) return candidate;
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
