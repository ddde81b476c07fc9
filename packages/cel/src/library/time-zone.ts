const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** The beginning of 1800. */
const EARLIEST = -5_364_662_400;

/** Seconds east of UTC at a moment, in a zone by its name or as `+01:30`; undefined where there is none of this name. */
export function offsetOf(zone: string, seconds: number): number | undefined {
  if (zone === '' || zone === 'UTC') return 0;
  const fixed = /^([+-]?\d+):([+-]?\d+)$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]);
    return (Number(fixed[1]) * 60 + (zone.startsWith('-') ? -minutes : minutes)) * 60;
  }
  if (zone.includes(':')) return undefined;
  if (!formats.has(zone)) formats.set(zone, formatOf(zone));
  const format = formats.get(zone);
  if (format === undefined) return undefined;
  const fields: Record<string, number> = {};
  // Before zones began all times have one offset; and JavaScript would count days by the Julian calendar.
  const at = Math.max(seconds, EARLIEST);
  for (const { type, value } of format.formatToParts(new Date(at * 1000))) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local.getTime() / 1000 - at;
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}
