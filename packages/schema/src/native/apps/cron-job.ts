import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, conflict } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { flagIn, has, objectIn, textIn } from '../values.ts';
import { checkCount } from './amounts.ts';
import { scheduleFault } from './cron.ts';
import { checkJobSpec } from './job-spec.ts';
import { timeZoneOf } from './time-zones.ts';
import { nameToBe, warnOfName } from './workload-selector.ts';

const SPEC = ROOT.in('spec');
const TEMPLATE = SPEC.in('jobTemplate').in('spec');
const RULE = 'wl/cronjob-schedule';
const PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** validateCronJobSpec. */
export function checkCronJob(cronJob: JsonObject, judgement: Judgement): void {
  warnOfName(cronJob, judgement);
  checkPrefix(cronJob, judgement);
  const spec = objectIn(cronJob, 'spec');
  if (spec === undefined) return;
  const schedule = textIn(spec, 'schedule');
  const fault = schedule === '' ? undefined : scheduleFault(schedule);
  if (fault !== undefined) invalid(judgement, SPEC.in('schedule'), schedule, `schedule ${quote(schedule)} ${fault}`, RULE);
  if (typeof spec.timeZone === 'string') checkTimeZone(spec.timeZone, judgement);
  checkChoice(spec, 'concurrencyPolicy', ['Allow', 'Forbid', 'Replace'], SPEC, judgement, 'absent');
  for (const key of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'])
    checkCount(spec, key, SPEC, judgement);
  const job = objectIn(objectIn(spec, 'jobTemplate'), 'spec');
  if (job === undefined) return;
  if (has(job, 'selector')) conflict(judgement, TEMPLATE.in('selector'), 'the selector of jobs that a CronJob makes is generated');
  if (flagIn(job, 'manualSelector') === true)
    invalid(
      judgement,
      TEMPLATE.in('manualSelector'),
      true,
      'the selector of jobs that a CronJob makes is generated, so manualSelector may not be true',
    );
  checkJobSpec(job, TEMPLATE, judgement, false);
}

function checkTimeZone(name: string, judgement: Judgement): void {
  const fault = timeZoneFault(name);
  if (fault !== undefined) invalid(judgement, SPEC.in('timeZone'), name, `timeZone ${quote(name)} ${fault}`, RULE);
}

function timeZoneFault(name: string): string | undefined {
  if (name === '') return 'is empty: remove it, or name a zone such as Europe/Berlin';
  if (name.split('/').some((part) => part === '.' || part === '..' || part.startsWith('-') || !PART.test(part)))
    return 'is no name of a time zone, such as Europe/Berlin';
  if (name.toLowerCase() === 'local') return 'is no zone of its own: name one such as Europe/Berlin';
  const zone = timeZoneOf(name);
  if (zone === name) return undefined;
  return zone === undefined ? 'is no time zone of the IANA database' : `is written ${zone}`;
}

/** A name that is made of a prefix leaves room for the names of the jobs, too. */
function checkPrefix(cronJob: JsonObject, judgement: Judgement): void {
  const metadata = objectIn(cronJob, 'metadata');
  const prefix = textIn(metadata, 'generateName');
  if (prefix === '' || textIn(metadata, 'name') !== '' || nameToBe(cronJob).length <= 52) return;
  invalid(
    judgement,
    ROOT.in('metadata').in('generateName'),
    prefix,
    `generateName ${quote(prefix)} makes names longer than 52 characters`,
    'meta/name-invalid',
  );
}
