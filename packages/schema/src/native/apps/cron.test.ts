import { expect, test } from 'vitest';
import { scheduleFault } from './cron.ts';

test.each([
  '0 * * * *',
  '*/5 0-6,12 1,15 JAN-mar sun',
  ' 0\t0 * *  * ',
  '? ? ? ? ?',
  '+5 05 * * *',
  '1,,2 , * * *',
  '*-x * * * *',
  '5/70 * * * *',
  '*/9223372036854775807 * * * *',
  '0 0 31 2 *',
  '@daily',
  '@annually',
  '@every 1h30m',
  '@every -1.5h',
  '@every 0',
  '@every 1µs',
])('"%s" is a schedule', (schedule) => {
  expect(scheduleFault(schedule)).toBeUndefined();
});

test.each([
  ['* * * *', 'has 4 fields'],
  ['* * * * * *', 'has 6 fields'],
  ['60 * * * *', 'has "60" as minute: 60 is more than 59'],
  ['* 24 * * *', 'as hour: 24 is more than 23'],
  ['* * 0 * *', 'as day of the month: 0 is less than 1'],
  ['* * * 13 *', 'as month: 13 is more than 12'],
  ['* * * * 7', 'as day of the week: 7 is more than 6'],
  ['* * * * 0-7', '7 is more than 6'],
  ['* * * foo *', '"foo" is no number and no name'],
  ['jan * * * *', '"jan" is no number'],
  ['5-1 * * * *', '5 is more than 1'],
  ['* * * * fri-sun', '5 is more than 0'],
  ['1-2-3 * * * *', 'a range has two ends'],
  ['1/2/3 * * * *', 'only one "/"'],
  ['*/0 * * * *', 'a step of 0'],
  ['*/x * * * *', '"x" is no number'],
  ['-5 * * * *', '"" is no number'],
  ['5- * * * *', '"" is no number'],
  ['1.5 * * * *', '"1.5" is no number'],
  ['99999999999999999999 * * * *', 'is no number'],
  ['*/9223372036854775808 * * * *', 'is no number'],
  ['@Daily', 'is none of @yearly'],
  ['@daily ', 'is none of @yearly'],
  ['@every 1d', 'has no duration'],
  ['@every 1', 'has no duration'],
  ['@every 2562048h', 'has no duration'],
  ['TZ=UTC 0 0 * * *', 'may not name a time zone'],
  ['CRON_TZ=UTC', 'may not name a time zone'],
])('"%s" %s', (schedule, fault) => {
  expect(scheduleFault(schedule)).toContain(fault);
});
