import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { objectsIn, textIn } from '../values.ts';
import { checkExpression, type ExpressionScope } from './expression.ts';

const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Variables of a policy: each may speak of those before it. Gives them all. */
export function checkVariables(
  spec: JsonObject,
  scope: ExpressionScope,
  judgement: Judgement,
): readonly (readonly [name: string, expression: string])[] {
  const variables: (readonly [string, string])[] = [];
  for (const [variable, index] of objectsIn(spec, 'variables')) {
    const at = ROOT.in('spec').in('variables').in(index);
    const name = textIn(variable, 'name');
    if (name.trim() === '') {
      if (typeof variable.name === 'string' || !('name' in variable) || variable.name === null)
        missing(judgement, at.in('name'), 'the variable has no name');
    } else if (!IDENTIFIER.test(name) || RESERVED.has(name))
      invalid(judgement, at.in('name'), name, `name ${quote(name)} is no identifier of CEL: letters, digits and "_", and no reserved word`);
    checkExpression(variable, 'expression', at, judgement, { ...scope, variables: [...variables] });
    variables.push([name, textIn(variable, 'expression')]);
  }
  return variables;
}
