import { expect, test } from 'vitest';
import { timeZoneOf } from './time-zones.ts';

test.each(['UTC', 'Etc/GMT+5', 'Europe/Berlin', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'EST5EDT', 'GMT0'])(
  '%s is a zone',
  (name) => {
    expect(timeZoneOf(name)).toBe(name);
  },
);

test('a name in another case is that of a zone', () => {
  expect(timeZoneOf('europe/berlin')).toBe('Europe/Berlin');
  expect(timeZoneOf('utc')).toBe('UTC');
});

test.each(['', 'Europe', 'Europe/Atlantis', 'PST', 'GMT+5', '+01:00', 'UTC+1', 'constructor', 'Europe/constructor'])(
  '%s is none',
  (name) => {
    expect(timeZoneOf(name)).toBeUndefined();
  },
);

test('what only some servers have on disk counts', () => {
  expect(timeZoneOf('right/Europe/Berlin')).toBe('right/Europe/Berlin');
});

test('every zone that the runtime knows is in the list', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => timeZoneOf(name) !== name)).toEqual([]);
});
