import { type CelType, type Environment, type Field, formatType, type ObjectType } from '@plumbline/cel';
import type { JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { skip } from '../../verdict.ts';
import { checkThere } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { textIn } from '../values.ts';
import { policyEnvironment } from './policy-environment.ts';

const RULE = 'api/cel-cost';

/** What an expression of an admission policy may speak of, beside object, oldObject, request and namespaceObject. */
export interface ExpressionScope {
  readonly hasParams: boolean;
  readonly hasAuthorizer: boolean;
  /** The policy's own variables that come before it; undefined where it does not know `variables`. */
  readonly variables: ObjectType | undefined;
  readonly canMutate: boolean;
}

/** Variables of a policy, to which more may be added. */
export function variablesWith(fields: ReadonlyMap<string, Field>): ObjectType {
  return { kind: 'object', name: 'kubernetes.variables', fields };
}

/** An expression that must be there and compile to one of the types, any by default. `at`: of the structure that has it. Gives its type. */
export function checkExpression(
  object: JsonObject,
  key: string,
  at: Place,
  judgement: Judgement,
  scope: ExpressionScope,
  types: readonly string[] = [],
): CelType | undefined {
  checkThere(object, key, at, judgement, `${key} is missing`);
  const text = textIn(object, key);
  if (text === '') return undefined;
  if (text.trim() !== '') return compileExpression(text, at.in(key), judgement, scope, types);
  missing(judgement, at.in(key), `${key} has nothing but white space`);
  return undefined;
}

/** Says why an expression does not compile; gives its type where it does. */
export function compileExpression(
  text: string,
  place: Place,
  judgement: Judgement,
  { variables, ...scope }: ExpressionScope,
  types: readonly string[] = [],
): CelType | undefined {
  const plain = policyEnvironment({ minor: judgement.minor, ...scope });
  const environment = variables === undefined ? plain : plain.extend([{ name: 'variables', type: variables }]);
  return compileIn(environment, text, place, judgement, types)?.type;
}

/** An expression that compiled, with the upper bound of what it costs. */
interface Compiled {
  readonly type: CelType;
  /** The variables that it looks at. */
  readonly references: ReadonlySet<string>;
  maxCost(): number;
}

export function compileIn(
  environment: Environment,
  text: string,
  place: Place,
  judgement: Judgement,
  types: readonly string[],
): Compiled | undefined {
  if (isLeftToLater(text, judgement.verdict)) {
    skip(judgement.verdict, RULE, 'the expression has a variable that is filled in later');
    return undefined;
  }
  const compilation = environment.compile(text);
  if (!compilation.ok) {
    const [first, ...more] = compilation.issues;
    const where = first === undefined || (first.line === 1 && !text.includes('\n')) ? '' : `line ${first.line}, `;
    const what = first === undefined ? compilation.message : `${first.message} (${where}column ${first.column})`;
    invalid(
      judgement,
      place,
      text,
      `the expression does not compile: ${what}${more.length === 0 ? '' : `, and ${more.length} more`}`,
      RULE,
    );
    return undefined;
  }
  const { program } = compilation;
  const given = formatType(program.type);
  if (types.length > 0 && !types.includes(given)) {
    invalid(judgement, place, text, `the expression gives ${given}, not ${types.join(' or ')}`, RULE);
    return undefined;
  }
  return { type: program.type, references: program.references, maxCost: () => program.estimateCost().max };
}
