import type { JsonObject } from '@plumbline/core';
import { isGoodLabel, labelValueFault, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkLabelKey, checkLabelValue, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing, unsupported, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { listIn, objectsIn, textIn } from '../values.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const;
const FIELD_OPERATORS = ['In', 'NotIn'] as const;

/** ValidateNodeSelector: of a pod's required node affinity, or of a PersistentVolume. */
export function checkNodeSelector(selector: JsonObject, at: Place, judgement: Judgement): void {
  if (lacks(selector, 'nodeSelectorTerms'))
    missing(judgement, at.in('nodeSelectorTerms'), 'nodeSelectorTerms is missing, at least one of them is needed');
  for (const [term, index] of objectsIn(selector, 'nodeSelectorTerms'))
    checkTerm(term, at.in('nodeSelectorTerms').in(index), judgement, false);
}

/** One term. `isPreferred`: values that are no label values match nothing, and bring a warning only. */
export function checkTerm(term: JsonObject, at: Place, judgement: Judgement, isPreferred: boolean): void {
  for (const [one, index] of objectsIn(term, 'matchExpressions'))
    checkExpression(one, at.in('matchExpressions').in(index), judgement, isPreferred);
  for (const [one, index] of objectsIn(term, 'matchFields')) checkField(one, at.in('matchFields').in(index), judgement);
}

function checkExpression(expression: JsonObject, at: Place, judgement: Judgement, isPreferred: boolean): void {
  const operator = textIn(expression, 'operator');
  const values = listIn(expression, 'values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (lacks(expression, 'values')) missing(judgement, at.in('values'), `operator ${operator} has no values`);
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) forbidden(judgement, at.in('values'), `operator ${operator} takes no values`);
      break;
    case 'Gt':
    case 'Lt':
      if (lacks(expression, 'values')) missing(judgement, at.in('values'), `operator ${operator} has no value`);
      else if (values.length > 1)
        invalid(judgement, at.in('values'), expression.values, `operator ${operator} takes one value, not ${values.length}`);
      break;
    default:
      if (operator !== '') unsupported(judgement, at.in('operator'), operator, OPERATORS, 'the operator');
  }
  const key = textIn(expression, 'key');
  if (key !== '' && !isGoodLabel(key, '')) checkLabelKey(key, at.in('key'), judgement);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const fault = typeof value === 'string' ? labelValueFault(value) : undefined;
    if (typeof value !== 'string' || fault === undefined) continue;
    const place = at.in('values').in(index);
    if (!isPreferred) checkLabelValue(value, place, judgement);
    else warn(judgement, place, `value ${quote(value)} ${fault}, so that it matches no node`, 'schema/server-warning');
  }
}

function checkField(requirement: JsonObject, at: Place, judgement: Judgement): void {
  const operator = textIn(requirement, 'operator');
  const values = listIn(requirement, 'values');
  if (operator === 'In' || operator === 'NotIn') {
    if (lacks(requirement, 'values')) missing(judgement, at.in('values'), `operator ${operator} has no value`);
    else if (values.length > 1)
      invalid(judgement, at.in('values'), requirement.values, `a field of a node takes one value, not ${values.length}`);
  } else if (operator !== '') unsupported(judgement, at.in('operator'), operator, FIELD_OPERATORS, 'the operator');
  const key = textIn(requirement, 'key');
  if (key === '') return;
  if (key !== 'metadata.name') {
    unsupported(judgement, at.in('key'), key, ['metadata.name'], 'the key');
    return;
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? '';
    const fault = typeof value === 'string' ? nameFault(value, 'subdomain') : undefined;
    if (fault !== undefined) invalid(judgement, at.in('values').in(index), value, `name of a node ${quote(value)} ${fault}`);
  }
}

/** The labels of a plain map that selects nodes. */
export function checkNodeLabels(labels: JsonObject, at: Place, judgement: Judgement): void {
  for (const key in labels) {
    const value = labels[key] ?? '';
    if (typeof value !== 'string') continue;
    if (!isGoodLabel(key, '')) checkLabelKey(key, at.in(key), judgement);
    if (labelValueFault(value) !== undefined) checkLabelValue(value, at.in(key), judgement);
  }
}
