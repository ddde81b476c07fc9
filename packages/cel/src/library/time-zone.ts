import { CelError } from '../value/cel-error.ts';

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** The beginning of 1800. */
const EARLIEST = -5_364_662_400;

/** Seconds east of UTC at a moment, in a zone by its name or as `+01:30`; the machine's own zone is UTC. */
export function offsetOf(zone: string, seconds: number): number | CelError {
  if (zone === '' || zone === 'UTC' || zone === 'Local') return 0;
  const colon = zone.indexOf(':');
  if (colon >= 0) return fixedOffset(zone, zone.slice(0, colon), zone.slice(colon + 1));
  if (!formats.has(zone)) formats.set(zone, formatOf(zone));
  const format = formats.get(zone);
  if (format === undefined) return new CelError(`unknown time zone ${zone}`);
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

function fixedOffset(zone: string, hours: string, minutes: string): number | CelError {
  for (const part of [hours, minutes])
    if (!/^[+-]?\d+$/.test(part)) return new CelError(`strconv.Atoi: parsing ${JSON.stringify(part)}: invalid syntax`);
  const minute = Number(minutes);
  return (Number(hours) * 60 + (zone.startsWith('-') ? -minute : minute)) * 60;
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  // Zones are files to the server, of names with capitals; JavaScript takes any case.
  if (!/^[A-Z]/.test(zone)) return undefined;
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
