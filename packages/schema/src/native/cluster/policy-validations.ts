import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkExpression, compileExpression, type ExpressionScope } from './expression.ts';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'] as const;
const MOST_ANNOTATIONS = 20;
const LONGEST_ANNOTATION = 5 * 1024;

/** What a ValidatingAdmissionPolicy demands and notes: validateValidation, validateAuditAnnotation. */
export function checkValidations(policy: JsonObject, spec: JsonObject, scope: ExpressionScope, judgement: Judgement): void {
  const at = ROOT.in('spec');
  if (lacks(spec, 'validations') && lacks(spec, 'auditAnnotations')) {
    missing(judgement, at.in('validations'), 'the policy has neither validations nor auditAnnotations, so it says nothing');
    return;
  }
  for (const [validation, index] of objectsIn(spec, 'validations'))
    checkValidation(validation, at.in('validations').in(index), scope, judgement);
  const count = listIn(spec, 'auditAnnotations').length;
  if (count > MOST_ANNOTATIONS)
    invalid(judgement, at.in('auditAnnotations'), spec.auditAnnotations, `${count} auditAnnotations are more than ${MOST_ANNOTATIONS}`);
  const keys = new Set<string>();
  for (const [annotation, index] of objectsIn(spec, 'auditAnnotations')) {
    const place = at.in('auditAnnotations').in(index);
    checkAnnotation(policy, annotation, place, scope, judgement);
    const key = textIn(annotation, 'key');
    if (keys.has(key)) duplicate(judgement, place.in('key'), key, `the key ${quote(key)} is there twice`);
    keys.add(key);
  }
}

function checkValidation(validation: JsonObject, at: Place, scope: ExpressionScope, judgement: Judgement): void {
  checkExpression(validation, 'expression', at, judgement, scope, ['bool']);
  const messageExpression = textIn(validation, 'messageExpression');
  if (messageExpression !== '') {
    if (messageExpression.trim() === '')
      invalid(judgement, at.in('messageExpression'), messageExpression, 'messageExpression has nothing but white space');
    else compileExpression(messageExpression, at.in('messageExpression'), judgement, { ...scope, hasAuthorizer: false }, ['string']);
  }
  const message = textIn(validation, 'message');
  if (message !== '' && message.trim() === '') invalid(judgement, at.in('message'), message, 'message has nothing but white space');
  else if (/[\n\r]/.test(message.trim())) invalid(judgement, at.in('message'), message, 'message has more than one line');
  checkChoice(validation, 'reason', REASONS, at, judgement);
}

function checkAnnotation(policy: JsonObject, annotation: JsonObject, at: Place, scope: ExpressionScope, judgement: Judgement): void {
  const key = textIn(annotation, 'key');
  const name = textIn(objectIn(policy, 'metadata'), 'name');
  if (lacks(annotation, 'key')) missing(judgement, at.in('key'), 'the annotation has no key');
  else if (name !== '') {
    const fault = keyFault(`${name}/${key}`);
    if (fault !== undefined) invalid(judgement, at.in('key'), key, `key ${quote(key)} after the name of the policy ${fault}`);
  }
  const expression = textIn(annotation, 'valueExpression');
  if (byteLength(expression.trim()) > LONGEST_ANNOTATION)
    invalid(judgement, at.in('valueExpression'), expression, `valueExpression is longer than ${LONGEST_ANNOTATION} bytes`);
  else checkExpression(annotation, 'valueExpression', at, judgement, scope, ['string', 'null']);
}
