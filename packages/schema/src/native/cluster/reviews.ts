import { isObject, type JsonObject } from '@plumbline/core';
import { keyFault, labelValueFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { meaningOf } from './meaning.ts';
import { takeBack } from './take-back.ts';
import { textsIn } from './texts.ts';

// Questions that the server answers and does not store.

const SPEC = ROOT.in('spec');

export function checkTokenReview(review: JsonObject, judgement: Judgement): void {
  const spec = objectIn(review, 'spec');
  if (spec !== undefined || !has(review, 'spec')) checkThere(spec ?? {}, 'token', SPEC, judgement, 'the token to review is missing');
}

export function checkRulesReview(review: JsonObject, judgement: Judgement): void {
  const spec = objectIn(review, 'spec');
  if (spec !== undefined || !has(review, 'spec'))
    checkThere(spec ?? {}, 'namespace', SPEC, judgement, 'the namespace to review is missing');
}

export function checkAccessReview(review: JsonObject, judgement: Judgement): void {
  checkMetadata(review, false, judgement);
  checkSubject(review, judgement);
  checkAttributes(review, judgement);
}

export function checkSelfAccessReview(review: JsonObject, judgement: Judgement): void {
  checkMetadata(review, false, judgement);
  checkAttributes(review, judgement);
}

export function checkLocalAccessReview(review: JsonObject, judgement: Judgement): void {
  checkMetadata(review, true, judgement);
  checkSubject(review, judgement);
  checkAttributes(review, judgement);
  const spec = objectIn(review, 'spec');
  if (has(spec, 'nonResourceAttributes'))
    conflict(judgement, SPEC.in('nonResourceAttributes'), 'a review within a namespace has no nonResourceAttributes');
  const resource = objectIn(spec, 'resourceAttributes');
  const namespace = textIn(objectIn(review, 'metadata'), 'namespace');
  // A namespace that is not written is the one that the review is sent to.
  if (resource !== undefined && namespace !== '' && textIn(resource, 'namespace') !== namespace)
    clash(
      judgement,
      SPEC.in('resourceAttributes').in('namespace'),
      textIn(resource, 'namespace'),
      `the namespace is not that of the review, ${quote(namespace)}`,
    );
}

function checkMetadata(review: JsonObject, isNamespaced: boolean, judgement: Judgement): void {
  const metadata = objectIn(review, 'metadata');
  if (metadata === undefined) return;
  const { managedFields: _fields, namespace: _namespace, ...rest } = meaningOf(metadata);
  if (Object.keys(rest).length === 0) return;
  invalid(judgement, ROOT.in('metadata'), metadata, `the metadata of a review ${isNamespaced ? 'has a namespace at most' : 'are empty'}`);
}

function checkSubject(review: JsonObject, judgement: Judgement): void {
  const spec = objectIn(review, 'spec') ?? {};
  if (!has(review, 'spec') || isObject(review.spec))
    if (lacks(spec, 'user') && lacks(spec, 'groups')) missing(judgement, SPEC.in('user'), 'the review has neither a user nor groups');
}

function checkAttributes(review: JsonObject, judgement: Judgement): void {
  const spec = objectIn(review, 'spec');
  if (spec === undefined && has(review, 'spec')) return;
  if (has(spec, 'resourceAttributes') === has(spec, 'nonResourceAttributes')) {
    const message = 'exactly one of resourceAttributes and nonResourceAttributes is needed';
    if (has(spec, 'resourceAttributes')) clash(judgement, SPEC, spec, message);
    else missing(judgement, SPEC.in('resourceAttributes'), message);
  }
  const resource = objectIn(spec, 'resourceAttributes');
  const at = SPEC.in('resourceAttributes');
  for (const key of ['fieldSelector', 'labelSelector'] as const) {
    const selector = objectIn(resource, key);
    if (selector !== undefined) checkSelector(selector, key === 'labelSelector', at.in(key), judgement);
  }
}

/** Operators that the server does not know are let pass: the one who answers may know them. */
function checkSelector(selector: JsonObject, isOfLabels: boolean, at: Place, judgement: Judgement): void {
  const hasRaw = textIn(selector, 'rawSelector') !== '';
  if (hasRaw && !lacks(selector, 'requirements'))
    clash(judgement, at.in('rawSelector'), textIn(selector, 'rawSelector'), 'rawSelector does not go with requirements');
  if (!hasRaw) checkThere(selector, 'requirements', at, judgement, 'the selector has neither requirements nor a rawSelector');
  for (const [one, index] of objectsIn(selector, 'requirements')) {
    const place = at.in('requirements').in(index);
    const operator = textIn(one, 'operator');
    // The schema wants one, the server does not.
    if (operator === '') takeBack(place.in('operator'), judgement);
    if (operator === 'In' || operator === 'NotIn') checkThere(one, 'values', place, judgement, `operator ${operator} needs values`);
    else if ((operator === 'Exists' || operator === 'DoesNotExist') && !lacks(one, 'values'))
      conflict(judgement, place.in('values'), `operator ${operator} takes no values`);
    checkThere(one, 'key', place, judgement, 'the requirement has no key');
    if (isOfLabels) checkLabels(one, place, judgement);
  }
}

function checkLabels(requirement: JsonObject, at: Place, judgement: Judgement): void {
  const key = textIn(requirement, 'key');
  const fault = key === '' ? undefined : keyFault(key);
  if (fault !== undefined) invalid(judgement, at.in('key'), key, `label key ${quote(key)} ${fault}`, 'meta/label-invalid');
  for (const [value, index] of textsIn(requirement, 'values')) {
    const ofValue = labelValueFault(value);
    if (ofValue !== undefined)
      invalid(judgement, at.in('values').in(index), value, `value ${quote(value)} ${ofValue}`, 'meta/label-invalid');
  }
}
