import { isObject, type JsonObject, type JsonValue, valueAt } from '@plumbline/core';
import type { Health, HealthStatus } from './health.ts';
import { always, type Condition, conditionsOf, first, type HealthRule, health, stale, staleConditions, unseen } from './rule.ts';

/** Types of conditions that are bad news where they hold, whatever the project. */
const BAD = /^(?:Degraded|Failed|Failure|Stalled|Error|ErrorOccurred|NotReady|Invalid|InvalidSpec|SpecError|FetchFailed|.*Unhealthy)$/;
/** Types that are good news, those first that speak for the object as a whole. */
const GOOD = [
  'Ready',
  'Available',
  'Healthy',
  'Established',
  'Accepted',
  'Valid',
  'Synced',
  'Complete',
  'Completed',
  'Succeeded',
  'Running',
  'Installed',
];
const PAUSED = /^(?:Paused|Suspended|Hibernat\w*|Stopped)$/;
/** Reasons of what is not ready that say it is on its way. */
const ON_ITS_WAY =
  /progress|pending|creating|waiting|initiali[sz]ing|reconciling|scaling|updating|provisioning|starting|installing|running|issuing/i;

/** The words for a phase or state that projects share. */
const WORDS: Readonly<Record<string, HealthStatus>> = {
  ...words(
    'Healthy',
    'running ready healthy active bound success successful succeeded complete completed available deployed exists accepted green applied online up established created reconciled initialized installed valid health_ok',
  ),
  ...words(
    'Progressing',
    'pending creating initializing progressing inprogress updating upgrading scaling scalingup scalingdown provisioning starting installing reconciling waiting yellow deleting terminating processing queued scheduled bootstrapping rolling deploying new',
  ),
  ...words(
    'Degraded',
    'failed failure error red invalid degraded rejected canceled cancelled lost unhealthy crashed aborted health_err health_warn warning configerror noncompliant',
  ),
  ...words('Suspended', 'paused suspended stopped hibernated'),
  ...words('Missing', 'notfound'),
};

function words(status: HealthStatus, all: string): Record<string, HealthStatus> {
  return Object.fromEntries(all.split(' ').map((word) => [word, status]));
}

/** By the conventions of status: conditions first, then a phase or a state. For kinds without a rule of their own. */
export const general = first(unseen, stale, paused, failed, ready, phase);

/** As `general`, for a project whose kinds have a status all: one that says nothing yet is on its way. */
export const ofProject: HealthRule = first(unseen, staleConditions, general, always('Progressing', 'waiting for a status'));

export function generalHealth(object: JsonObject): Health {
  return general(object) ?? health('Healthy');
}

function paused(object: JsonObject): Health | undefined {
  const found = conditionsOf(object).find(({ type, status }) => PAUSED.test(type) && status === 'True');
  return found === undefined ? undefined : health('Suspended', found.message);
}

function failed(object: JsonObject): Health | undefined {
  const found = conditionsOf(object).find(({ type, status }) => BAD.test(type) && status === 'True');
  return found === undefined ? undefined : health('Degraded', found.message);
}

function ready(object: JsonObject): Health | undefined {
  const conditions = conditionsOf(object);
  const synced = conditions.find(({ type, status }) => type === 'Synced' && status === 'False');
  if (synced !== undefined) return health(/paused/i.test(synced.reason) ? 'Suspended' : 'Degraded', synced.message);
  for (const type of GOOD) {
    const found = conditions.find((one) => one.type === type);
    if (found !== undefined) return judged(found);
  }
  // A condition that a project has named after what it is ready for.
  const [only] =
    conditions.length === 1 ? conditions : conditions.filter(({ type }) => /(?:Ready|Synced|Synchronized|Available)$/.test(type));
  return only === undefined ? undefined : judged(only);
}

function judged({ status, reason, message }: Condition): Health {
  if (status === 'True') return health('Healthy', message);
  if (status === 'False') return health(ON_ITS_WAY.test(reason) ? 'Progressing' : 'Degraded', message || reason);
  return health('Progressing', message || reason);
}

function phase(object: JsonObject): Health | undefined {
  for (const path of PLACES) {
    const found: JsonValue | undefined = valueAt(object, ['status', ...path]);
    if (typeof found !== 'string' || found === '') continue;
    const word = found.toLowerCase().replaceAll(/[\s_-]/g, '');
    const status = Object.hasOwn(WORDS, word) ? WORDS[word] : WORDS[found.toLowerCase()];
    if (status !== undefined) return health(status, found);
  }
  const isEmpty = isObject(object.status) && Object.keys(object.status).length === 0;
  return isEmpty ? health('Progressing', 'waiting for a status') : undefined;
}

/** Where a status keeps its phase. */
const PLACES: readonly (readonly string[])[] = [
  ['phase'],
  ['state'],
  ['status'],
  ['health'],
  ['currentState'],
  ['currentStatus'],
  ['overallStatus'],
  ['stageStatus'],
  ['compliant'],
];
