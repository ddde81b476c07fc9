import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkRange, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, objectsIn, textIn } from '../values.ts';
import { checkRule } from './admission-rules.ts';
import { checkMatchConditions } from './match-conditions.ts';
import { checkStaticName } from './static-name.ts';
import { textsIn } from './texts.ts';
import { checkClientConfig } from './webhook-client.ts';

const WITHOUT_SIDE_EFFECTS = ['None', 'NoneOnDryRun'] as const;
const REVIEWS = ['v1', 'v1beta1'] as const;

/** ValidatingWebhookConfiguration and MutatingWebhookConfiguration. Two webhooks of one name are found by the list's keys. */
export function checkWebhookConfiguration(object: JsonObject, judgement: Judgement): void {
  checkStaticName(object, judgement);
  for (const [webhook, index] of objectsIn(object, 'webhooks')) checkWebhook(webhook, ROOT.in('webhooks').in(index), judgement);
}

function checkWebhook(webhook: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(webhook, 'name', at, judgement, 'the webhook has no name');
  const name = textIn(webhook, 'name');
  const fault = name === '' ? undefined : qualifiedFault(name);
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `name ${quote(name)} ${fault}`);
  for (const [rule, index] of objectsIn(webhook, 'rules')) {
    const place = at.in('rules').in(index);
    checkRule(rule, place, judgement);
    warnOfExcluded(rule, place, judgement);
  }
  checkChoice(webhook, 'failurePolicy', ['Fail', 'Ignore'], at, judgement);
  checkChoice(webhook, 'matchPolicy', ['Exact', 'Equivalent'], at, judgement);
  checkChoice(webhook, 'reinvocationPolicy', ['Never', 'IfNeeded'], at, judgement);
  checkThere(webhook, 'sideEffects', at, judgement, `sideEffects is missing: ${WITHOUT_SIDE_EFFECTS.join(' or ')}`);
  checkChoice(webhook, 'sideEffects', WITHOUT_SIDE_EFFECTS, at, judgement);
  checkRange(webhook, 'timeoutSeconds', 1, 30, at, judgement);
  checkClientConfig(webhook, at, judgement);
  checkMatchConditions(webhook, at, judgement, false);
  checkReviewVersions(webhook, at, judgement);
}

/** IsFullyQualifiedName. */
function qualifiedFault(name: string): string | undefined {
  return (
    nameFault(name, 'subdomain') ?? (name.split('.').length < 3 ? 'needs three parts with dots between, such as a.example.com' : undefined)
  );
}

function checkReviewVersions(webhook: JsonObject, at: Place, judgement: Judgement): void {
  const place = at.in('admissionReviewVersions');
  if (lacks(webhook, 'admissionReviewVersions')) {
    missing(judgement, place, `admissionReviewVersions is missing: one of ${REVIEWS.join(', ')}`);
    return;
  }
  const seen = new Set<string>();
  for (const [version, index] of textsIn(webhook, 'admissionReviewVersions')) {
    const fault = nameFault(version, 'rfc1035');
    if (seen.has(version)) invalid(judgement, place.in(index), version, `the version ${quote(version)} is there twice`);
    else if (fault !== undefined) invalid(judgement, place.in(index), version, `version ${quote(version)} ${fault}`);
    seen.add(version);
  }
  if (seen.size > 0 && !REVIEWS.some((one) => seen.has(one)) && listIn(webhook, 'admissionReviewVersions').length === seen.size)
    invalid(
      judgement,
      place,
      webhook.admissionReviewVersions,
      `admissionReviewVersions has none that the server speaks: ${REVIEWS.join(', ')}`,
    );
}

/** Requests that are answered and not stored never reach a webhook. */
const EXCLUDED = new Set([
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

function warnOfExcluded(rule: JsonObject, at: Place, judgement: Judgement): void {
  const groups = listIn(rule, 'apiGroups');
  const resources = listIn(rule, 'resources');
  if (judgement.minor < 37 || groups.includes('*') || resources.includes('*')) return;
  for (const [group] of textsIn(rule, 'apiGroups'))
    for (const [resource, index] of textsIn(rule, 'resources'))
      if (EXCLUDED.has(`${group}/${resource}`) && resources.indexOf(resource) === index)
        warn(
          judgement,
          at.in('resources').in(index),
          `no webhook is asked of ${resource}.${group}: the rule has no effect`,
          'schema/server-warning',
        );
}
