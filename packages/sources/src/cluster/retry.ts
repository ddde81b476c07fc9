const LONGEST_MS = 30_000;
const FIRST_MS = 200;

/**
 * How long to wait after the attempt (1 is the first): what Retry-After says (RFC 9110 10.2.3, seconds or a date), else twice as long
 * each time, so that many who wait do not come back at once.
 */
export function pauseMs(
  attempt: number,
  retryAfter: string | undefined,
  now: number = Date.now(),
  random: () => number = Math.random,
): number {
  const told = retryAfter === undefined ? Number.NaN : /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  if (!Number.isNaN(told)) return Math.min(LONGEST_MS, Math.max(0, told));
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + random() / 2);
}
