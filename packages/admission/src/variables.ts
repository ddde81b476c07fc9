import { type CelType, DYN, type Environment, type Field, type ObjectType } from '@plumbline/cel';
import { type FieldPath, isArray, type JsonValue, member } from '@plumbline/core';
import { compileExpression, type Expression } from './expression.ts';

/** The variables of a policy, in order, and an environment in which `variables` has them. */
export interface Variables {
  readonly environment: Environment;
  readonly type: ObjectType;
  readonly expressions: ReadonlyMap<string, Expression>;
}

/** Each variable sees those before it, with the type that they turn out to have. */
export function compileVariables(base: Environment, variables: JsonValue | undefined, path: FieldPath): Variables {
  const fields = new Map<string, Field>();
  const type: ObjectType = { kind: 'object', name: 'kubernetes.variables', fields };
  const environment = base.extend([{ name: 'variables', type }]);
  const expressions = new Map<string, Expression>();
  for (const [index, variable] of (isArray(variables) ? variables : []).entries()) {
    const name = member(variable, 'name');
    const text = member(variable, 'expression');
    if (typeof name !== 'string' || typeof text !== 'string') continue;
    const expression = compileExpression(environment, text, [...path, index, 'expression']);
    fields.set(name, { name, type: 'program' in expression.compiled ? declared(expression.compiled.program.type) : DYN });
    expressions.set(name, expression);
  }
  return { environment, type, expressions };
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
