import { isObject, type JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote, skip } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { flagIn, has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkJobSpec } from './job-spec.ts';
import { checkWorkloadSelector, nameToBe, SELECTOR_RULE, warnOfName } from './workload-selector.ts';

const SPEC = ROOT.in('spec');
const NAMES = ['job-name', 'batch.kubernetes.io/job-name'] as const;
const IDENTITIES = ['controller-uid', 'batch.kubernetes.io/controller-uid'] as const;

/** ValidateJobCreate, with the selector that the server generates. */
export function checkJob(job: JsonObject, judgement: Judgement): void {
  warnOfName(job, judgement);
  const spec = objectIn(job, 'spec');
  if (spec === undefined) return;
  if (flagIn(spec, 'manualSelector') === true) checkWorkloadSelector(spec, SPEC, judgement, true);
  else if (spec.manualSelector === undefined || spec.manualSelector === null || spec.manualSelector === false)
    checkGenerated(job, spec, judgement);
  checkJobSpec(spec, SPEC, judgement, true);
  checkPodNames(job, spec, judgement);
}

/** Labels and a selector that the server makes itself may be there before only as it makes them; the uid is new each time. */
function checkGenerated(job: JsonObject, spec: JsonObject, judgement: Judgement): void {
  const labels = objectIn(objectIn(objectIn(spec, 'template'), 'metadata'), 'labels');
  const selector = objectIn(spec, 'selector');
  if (labels === undefined && selector === undefined) return;
  const metadata = objectIn(job, 'metadata');
  const name = textIn(metadata, 'name');
  const place = SPEC.in('template').in('metadata').in('labels');
  if (labels !== undefined) {
    for (const key of NAMES) if (Object.hasOwn(labels, key) && labels[key] !== name) refuseLabel(labels, key, place, judgement, name);
    for (const key of IDENTITIES) if (Object.hasOwn(labels, key)) refuseLabel(labels, key, place, judgement, undefined);
  }
  if (selector !== undefined) checkSelector(selector, name, judgement);
}

function refuseLabel(labels: JsonObject, key: string, at: Place, judgement: Judgement, wanted: string | undefined): void {
  const value = labels[key] ?? '';
  if (typeof value !== 'string') return;
  if (wanted !== undefined && isLeftToLater(wanted, judgement.verdict)) {
    skip(judgement.verdict, SELECTOR_RULE, 'the name has a variable that is filled in later');
    return;
  }
  const why = wanted === undefined ? 'the uid that the server gives the Job' : `the name of the Job, ${quote(wanted)}`;
  clash(judgement, at.in(key), value, `label ${key} is set by the server to ${why}`, SELECTOR_RULE);
}

function checkSelector(selector: JsonObject, name: string, judgement: Judgement): void {
  const { matchLabels } = selector;
  const place = SPEC.in('selector');
  if (isObject(matchLabels))
    for (const key of Object.keys(matchLabels)) {
      const isName = NAMES.some((one) => one === key) && matchLabels[key] === name;
      if (isName) continue;
      clash(
        judgement,
        place.in('matchLabels').in(key),
        matchLabels[key],
        'the selector of a Job is generated: remove it, or set manualSelector: true',
        SELECTOR_RULE,
      );
      return;
    }
  for (const [expression, index] of objectsIn(selector, 'matchExpressions')) {
    if (matchesGenerated(expression, name)) continue;
    clash(
      judgement,
      place.in('matchExpressions').in(index).in('key'),
      textIn(expression, 'key'),
      'the selector of a Job is generated: remove it, or set manualSelector: true',
      SELECTOR_RULE,
    );
    return;
  }
}

/** Whether an expression holds of the labels that the server makes; one that is no good is refused for that. */
function matchesGenerated(expression: JsonObject, name: string): boolean {
  const key = textIn(expression, 'key');
  const isName = NAMES.some((one) => one === key);
  const isThere = isName || IDENTITIES.some((one) => one === key);
  const values = Array.isArray(expression.values) ? expression.values : [];
  switch (expression.operator) {
    case 'In':
      return isName && values.includes(name);
    case 'NotIn':
      return !(isName && values.includes(name));
    case 'Exists':
      return isThere;
    case 'DoesNotExist':
      return !isThere;
    default:
      return true;
  }
}

/** Pods of an indexed Job are named after it and their index: validateNameAllowsCompletions. */
function checkPodNames(job: JsonObject, spec: JsonObject, judgement: Judgement): void {
  if (spec.completionMode !== 'Indexed') return;
  const completions = numberIn(spec, 'completions') ?? (has(spec, 'parallelism') ? 0 : 1);
  const name = nameToBe(job);
  if (completions <= 0 || name === '') return;
  const longest = `${name}-${completions - 1}`;
  if (longest.length <= 63 && !name.includes('.')) return;
  const why = name.includes('.') ? 'may have no "."' : `is too long: ${quote(longest)} has more than 63 characters`;
  const key = textIn(objectIn(job, 'metadata'), 'name') === '' ? 'generateName' : 'name';
  invalid(judgement, ROOT.in('metadata').in(key), name, `name ${quote(name)} of an indexed Job ${why}`, 'meta/name-invalid');
}
