import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkCronJob } from './cron-job.ts';

describe('schedules and zones', () => {
  const of = (members: string): string[] => saidOf(checkCronJob, `{spec: {${members}}}`);

  test.each([
    'schedule: "@daily", timeZone: Europe/Berlin, concurrencyPolicy: Forbid',
    'schedule: "0 0 31 2 *", timeZone: Asia/Calcutta',
    'schedule: "@daily", timeZone: posix/UTC',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['schedule: daily', 'wl/cronjob-schedule spec.schedule'],
    ['schedule: "TZ=UTC 0 0 * * *"', 'wl/cronjob-schedule spec.schedule'],
    ['schedule: "@daily", timeZone: ""', 'wl/cronjob-schedule spec.timeZone'],
    ['schedule: "@daily", timeZone: europe/berlin', 'wl/cronjob-schedule spec.timeZone'],
    ['schedule: "@daily", timeZone: Europe', 'wl/cronjob-schedule spec.timeZone'],
    ['schedule: "@daily", timeZone: Local', 'wl/cronjob-schedule spec.timeZone'],
    ['schedule: "@daily", timeZone: ../a', 'wl/cronjob-schedule spec.timeZone'],
    ['schedule: "@daily", concurrencyPolicy: forbid', 'schema/enum-case spec.concurrencyPolicy'],
    [
      'schedule: "@daily", startingDeadlineSeconds: -1, failedJobsHistoryLimit: -1',
      'schema/invalid spec.startingDeadlineSeconds',
      'schema/invalid spec.failedJobsHistoryLimit',
    ],
    [
      'schedule: "@daily", jobTemplate: {spec: {selector: {}, manualSelector: true}}',
      'schema/invalid spec.jobTemplate.spec.selector',
      'schema/invalid spec.jobTemplate.spec.manualSelector',
    ],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('prefixes', () => {
  const of = (prefix: string): string[] => saidOf(checkCronJob, `{metadata: {generateName: ${prefix}}}`);

  test.each(['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'])('%s is good', (prefix) => {
    expect(of(prefix)).toEqual([]);
  });

  test.each([['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'meta/name-invalid metadata.generateName']])(
    '%s is not',
    (prefix, ...lines) => {
      expect(of(prefix)).toEqual(lines);
    },
  );
});
