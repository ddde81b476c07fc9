import { isObject, type JsonObject, type JsonValue, matchesSelector } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { isLeftToLater } from '../../placeholder.ts';
import { isGoodSelector } from '../../selector.ts';
import { quote, skip } from '../../verdict.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';

export const SELECTOR_RULE = 'wl/selector-mismatch';

/**
 * The selector of a controller, which may not be empty and must match the labels of the template. Its own form is judged by its type.
 * `mayBeEmpty`: an empty one matches everything (a Job's).
 */
export function checkWorkloadSelector(spec: JsonObject, at: Place, judgement: Judgement, mayBeEmpty = false): void {
  const selector = objectIn(spec, 'selector');
  if (selector === undefined) {
    if (!has(spec, 'selector')) missing(judgement, at.in('selector'), 'selector is missing');
    return;
  }
  if (isEmpty(selector)) {
    if (!mayBeEmpty) missing(judgement, at.in('selector'), 'the selector is empty: name labels of the template in matchLabels');
    return;
  }
  checkMatch(selector, spec, at, judgement);
}

function isEmpty(selector: JsonObject): boolean {
  const { matchLabels, matchExpressions } = selector;
  const hasLabels = isObject(matchLabels) ? Object.keys(matchLabels).length > 0 : matchLabels !== undefined && matchLabels !== null;
  const hasExpressions = Array.isArray(matchExpressions)
    ? matchExpressions.length > 0
    : matchExpressions !== undefined && matchExpressions !== null;
  return !hasLabels && !hasExpressions;
}

/** Whether a selector matches the labels of the template. */
export function checkMatch(selector: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  const template = objectIn(spec, 'template');
  const labels = objectIn(objectIn(template, 'metadata'), 'labels');
  if (matchesSelector(selector, labels)) return;
  if (judgement.mayGainFields) {
    skip(judgement.verdict, SELECTOR_RULE, 'a build that was not run may change the selector or the labels');
    return;
  }
  if (isLeftOpen(selector, labels, judgement)) {
    skip(judgement.verdict, SELECTOR_RULE, 'a label has a variable that is filled in later');
    return;
  }
  // A selector that is no good is refused for that, and labels of a wrong type for theirs.
  if (!isGoodSelector(selector) || (template === undefined && has(spec, 'template'))) return;
  const place = at.in('template').in('metadata').in('labels');
  const key = failingKey(selector, labels);
  const wanted =
    isObject(selector.matchLabels) && Object.hasOwn(selector.matchLabels, key) ? `${key}: ${textIn(selector.matchLabels, key)}` : key;
  if (labels !== undefined && Object.hasOwn(labels, key))
    invalid(
      judgement,
      place.in(key),
      labels[key],
      `label ${quote(key)} of the template is not what the selector wants: ${wanted}`,
      SELECTOR_RULE,
    );
  else missing(judgement, place.in(key), `the selector does not match the labels of the template, which lack ${wanted}`, SELECTOR_RULE);
}

/** The first label that the selector asks for in vain. */
function failingKey(selector: JsonObject, labels: JsonObject | undefined): string {
  const { matchLabels } = selector;
  if (isObject(matchLabels))
    for (const key of Object.keys(matchLabels))
      if (!matchesSelector({ matchLabels: { [key]: matchLabels[key] ?? '' } }, labels)) return key;
  for (const [expression] of objectsIn(selector, 'matchExpressions'))
    if (!matchesSelector({ matchExpressions: [expression] }, labels)) return textIn(expression, 'key');
  return '';
}

function isLeftOpen(selector: JsonObject, labels: JsonObject | undefined, { verdict }: Judgement): boolean {
  if (!verdict.isFilledIn) return false;
  const isOpen = (value: JsonValue | undefined): boolean =>
    typeof value === 'string'
      ? isLeftToLater(value, verdict)
      : Array.isArray(value)
        ? value.some(isOpen)
        : isObject(value) && Object.entries(value).some(([key, one]) => isLeftToLater(key, verdict) || isOpen(one));
  return isOpen(selector) || isOpen(labels);
}

/** The server warns of a name that is no label: it becomes part of the names of pods. */
export function warnOfName(object: JsonObject, judgement: Judgement): void {
  const name = textIn(objectIn(object, 'metadata'), 'name');
  if (name === '' || isLeftToLater(name, judgement.verdict)) return;
  const fault = nameFault(name, 'label');
  // A name that is no name at all is refused.
  if (fault === undefined || nameFault(name, 'subdomain') !== undefined) return;
  const message = `name ${quote(name)} becomes part of host names of pods, for which it ${fault}`;
  warn(judgement, ROOT.in('metadata').in('name'), message, 'schema/server-warning');
}

/** The name of the object; of one with a prefix only, one of the names that it may get: five characters are added to at most 58. */
export function nameToBe(object: JsonObject): string {
  const metadata = objectIn(object, 'metadata');
  const prefix = textIn(metadata, 'generateName');
  return textIn(metadata, 'name') || (prefix === '' ? '' : `${prefix.slice(0, 58)}xxxxx`);
}
