// github.com/robfig/cron v3, the standard parser: what it takes, and only that.

interface Bounds {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Bounds[] = [
  { what: 'minute', least: 0, most: 59 },
  { what: 'hour', least: 0, most: 23 },
  { what: 'day of the month', least: 1, most: 31 },
  { what: 'month', least: 1, most: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { what: 'day of the week', least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
const WORDS: readonly string[] = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = '@every ';
const SPACE = /[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const DURATION = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;
const PART = /(\d*\.?\d*)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;
const NANOSECONDS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** What is wrong with a schedule, which is not empty; undefined where nothing is. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'may not name a time zone: write spec.timeZone';
  if (schedule.startsWith('@')) return wordFault(schedule);
  const fields = schedule.split(SPACE).filter((field) => field !== '');
  if (fields.length !== 5) return `has ${fields.length} fields, not five: ${FIELDS.map(({ what }) => what).join(', ')}`;
  for (const [index, bounds] of FIELDS.entries()) {
    const fault = fieldFault(fields[index] ?? '', bounds);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function wordFault(word: string): string | undefined {
  if (WORDS.includes(word)) return undefined;
  if (!word.startsWith(EVERY)) return `is none of ${WORDS.join(', ')} and @every DURATION`;
  return isDuration(word.slice(EVERY.length)) ? undefined : 'has no duration such as 1h30m after @every';
}

/** A duration of Go that fits into 64 bits of nanoseconds. */
function isDuration(text: string): boolean {
  if (!DURATION.test(text)) return false;
  let total = 0;
  for (const [, number, unit] of text.matchAll(PART)) total += Number(number) * (NANOSECONDS[unit ?? ''] ?? 0);
  return total < 2 ** 63;
}

function fieldFault(field: string, bounds: Bounds): string | undefined {
  if (field === '*') return undefined;
  for (const range of field.split(',')) {
    const fault = range === '' ? undefined : rangeFault(range, bounds);
    if (fault !== undefined) return `has "${range}" as ${bounds.what}: ${fault}`;
  }
  return undefined;
}

function rangeFault(range: string, { least, most, names }: Bounds): string | undefined {
  const [span = '', step, ...steps] = range.split('/');
  const [low = '', high, ...ends] = span.split('-');
  let start = least;
  let end = most;
  if (low !== '*' && low !== '?') {
    start = numberOf(low, names);
    if (Number.isNaN(start)) return `"${low}" is no number${names === undefined ? '' : ' and no name'}`;
    if (ends.length > 0) return 'a range has two ends';
    end = high === undefined ? start : numberOf(high, names);
    if (Number.isNaN(end)) return `"${high}" is no number${names === undefined ? '' : ' and no name'}`;
  }
  if (steps.length > 0) return 'only one "/" may stand there';
  const width = step === undefined ? 1 : numberOf(step);
  if (Number.isNaN(width)) return `"${step}" is no number`;
  if (step !== undefined && high === undefined) end = most;
  if (start < least) return `${start} is less than ${least}`;
  if (end > most) return `${end} is more than ${most}`;
  if (start > end) return `${start} is more than ${end}`;
  return width === 0 ? 'a step of 0 leads nowhere' : undefined;
}

/** Digits that fit into 64 bits, a plus sign may be before them; or a name of three letters. */
function numberOf(text: string, names?: readonly string[]): number {
  const named = text === '' ? -1 : (names?.indexOf(text.toLowerCase()) ?? -1);
  if (named >= 0) return named;
  return /^\+?\d+$/.test(text) && BigInt(text.replace('+', '')) < 2n ** 63n ? Number(text) : Number.NaN;
}
