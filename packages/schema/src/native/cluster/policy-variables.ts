import { type CelType, DYN, type Field, type ObjectType } from '@plumbline/cel';
import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { objectsIn, textIn } from '../values.ts';
import { checkExpression, type ExpressionScope, variablesWith } from './expression.ts';

const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Variables of a policy: each may speak of those before it. Gives them all. */
export function checkVariables(spec: JsonObject, scope: Omit<ExpressionScope, 'variables'>, judgement: Judgement): ObjectType {
  const fields = new Map<string, Field>();
  for (const [variable, index] of objectsIn(spec, 'variables')) {
    const at = ROOT.in('spec').in('variables').in(index);
    const name = textIn(variable, 'name');
    if (name.trim() === '') {
      if (lacks(variable, 'name') || name !== '') missing(judgement, at.in('name'), 'the variable has no name');
    } else if (!IDENTIFIER.test(name) || RESERVED.has(name))
      invalid(judgement, at.in('name'), name, `name ${quote(name)} is no identifier of CEL: letters, digits and "_", and no reserved word`);
    const type = checkExpression(variable, 'expression', at, judgement, { ...scope, variables: variablesWith(new Map(fields)) });
    fields.set(name, { name, type: type === undefined ? DYN : declared(type) });
  }
  return variablesWith(fields);
}

/** The type that a variable is declared with: scalars, lists and maps keep theirs, anything else is of any type. */
function declared(type: CelType): CelType {
  switch (type.kind) {
    case 'list':
      return { ...type, element: declared(type.element) };
    case 'map':
      return { ...type, key: declared(type.key), value: declared(type.value) };
    case 'object':
    case 'opaque':
    case 'type':
    case 'wrapper':
    case 'parameter':
      return DYN;
    default:
      return type;
  }
}
