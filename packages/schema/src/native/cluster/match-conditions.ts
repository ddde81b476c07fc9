import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { listIn, objectsIn, textIn } from '../values.ts';
import { checkExpression, type ExpressionScope } from './expression.ts';

const MOST = 64;

/** validateMatchConditions; two of one name are found by the list's keys. `at`: of the webhook or the policy's spec. */
export function checkMatchConditions(owner: JsonObject, at: Place, judgement: Judgement, hasParams: boolean): void {
  const place = at.in('matchConditions');
  const count = listIn(owner, 'matchConditions').length;
  if (count === 0) return;
  if (count > MOST) invalid(judgement, place, owner.matchConditions, `${count} matchConditions are more than ${MOST}`);
  const scope: ExpressionScope = { hasParams, hasAuthorizer: true, variables: undefined, canMutate: false };
  for (const [condition, index] of objectsIn(owner, 'matchConditions')) {
    const here = place.in(index);
    checkExpression(condition, 'expression', here, judgement, scope, ['bool']);
    checkThere(condition, 'name', here, judgement, 'the condition has no name');
    const name = textIn(condition, 'name');
    if (name === '') continue;
    const fault = keyFault(name);
    if (fault !== undefined) invalid(judgement, here.in('name'), name, `name ${quote(name)} ${fault}`);
  }
}
