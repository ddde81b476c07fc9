import { isError, noSuchOverload } from '../value/cel-error.ts';
import { toInt } from '../value/numbers.ts';
import { Duration, Timestamp } from '../value/time.ts';
import type { Result, Value } from '../value/value.ts';
import { declare, type FunctionDeclaration, type Library, type OverloadText } from './function.ts';
import { offsetOf } from './time-zone.ts';

type Part = (local: Date, nanos: number) => number;

/** The parts of a timestamp, in UTC or the zone that is named; and of a duration, which has no parts but totals. */
export function times(): Library {
  return {
    functions: [
      part('getFullYear', 'year', (local) => local.getUTCFullYear()),
      part('getMonth', 'month', (local) => local.getUTCMonth()),
      part('getDayOfYear', 'day_of_year', dayOfYear),
      part('getDayOfMonth', 'day_of_month', (local) => local.getUTCDate() - 1),
      part('getDate', 'day_of_month_1_based', (local) => local.getUTCDate()),
      part('getDayOfWeek', 'day_of_week', (local) => local.getUTCDay()),
      part('getHours', 'hours', (local) => local.getUTCHours(), 3_600_000_000_000n),
      part('getMinutes', 'minutes', (local) => local.getUTCMinutes(), 60_000_000_000n),
      // The server calls these two by names that do not follow the others.
      part('getSeconds', 'seconds', (local) => local.getUTCSeconds(), 1_000_000_000n, 'seconds_tz'),
      part('getMilliseconds', 'milliseconds', (_, nanos) => Math.floor(nanos / 1_000_000), 1_000_000n),
    ],
  };
}

function part(name: string, id: string, get: Part, unit?: bigint, zonedId = `${id}_with_tz`): FunctionDeclaration {
  const overloads: OverloadText[] = [
    [`timestamp_to_${id}`, 'timestamp.(): int', ([time = null]) => read(time, 'UTC', get)],
    [`timestamp_to_${zonedId}`, 'timestamp.(string): int', ([time = null, zone = null]) => read(time, zone, get)],
  ];
  if (unit !== undefined)
    overloads.push([
      `duration_to_${id}`,
      'duration.(): int',
      ([duration = null]) => (duration instanceof Duration ? toInt(duration.nanos / unit) : noSuchOverload()),
    ]);
  return declare(name, overloads);
}

function read(time: Value, zone: Value, get: Part): Result {
  if (!(time instanceof Timestamp) || typeof zone !== 'string') return noSuchOverload();
  const offset = offsetOf(zone, time.seconds);
  if (isError(offset)) return offset;
  return get(new Date((time.seconds + offset) * 1000), time.nanos);
}

function dayOfYear(local: Date): number {
  const start = new Date(local);
  start.setUTCMonth(0, 1);
  return Math.round((local.getTime() - start.getTime()) / 86_400_000);
}
