import { type CelType, createEnvironment, listOf } from '@plumbline/cel';
import { type FieldPath, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { nameOf } from './bindings.ts';
import { compiledOnce } from './compiled-once.ts';
import { declarations } from './declarations.ts';
import { compileExpression, type Expression, isCompiled } from './expression.ts';
import { compileMatchConditions } from './match-conditions.ts';
import { type CompileOptions, itemsIn, textIn } from './validating-policy.ts';
import { compileVariables, type Variables } from './variables.ts';

export interface Mutation {
  readonly kind: 'apply' | 'json-patch';
  readonly expression: Expression;
}

/** A MutatingAdmissionPolicy, compiled. */
export interface MutatingPolicy {
  readonly name: string;
  readonly object: JsonObject;
  readonly matchConstraints: JsonValue | undefined;
  readonly paramKind: JsonValue | undefined;
  /** `failurePolicy: Ignore`. */
  readonly ignoresErrors: boolean;
  /** `reinvocationPolicy: IfNeeded`. */
  readonly isReinvoked: boolean;
  readonly variables: Variables;
  readonly matchConditions: readonly Expression[];
  readonly mutations: readonly Mutation[];
}

const OBJECT: CelType = { kind: 'object', name: 'Object', fields: new Map() };
const PATCH: CelType = { kind: 'object', name: 'JSONPatch', fields: new Map() };

/** Compiles every expression of a policy; those that do not compile are in it all the same, with what is wrong. */
export const compileMutatingPolicy: (object: JsonObject, options: CompileOptions) => MutatingPolicy = compiledOnce(compile);

function compile(object: JsonObject, { minor, patterns }: CompileOptions): MutatingPolicy {
  const { spec } = object;
  const paramKind = member(spec, 'paramKind');
  const variablesOf = declarations(isObject(paramKind), true);
  const plain = createEnvironment({ minor, patterns, variables: variablesOf });
  const variables = compileVariables(plain, member(spec, 'variables'), ['spec', 'variables']);
  const mutating = createEnvironment({ minor, patterns, variables: variablesOf, canMutate: true }).extend([
    { name: 'variables', type: variables.type },
  ]);
  const mutationOf = (mutation: JsonValue, index: number): Mutation[] => {
    const path: FieldPath = ['spec', 'mutations', index];
    const apply = textIn(member(mutation, 'applyConfiguration'), 'expression');
    const patch = textIn(member(mutation, 'jsonPatch'), 'expression');
    if (textIn(mutation, 'patchType') === 'JSONPatch')
      return patch === undefined
        ? []
        : [{ kind: 'json-patch', expression: compileExpression(mutating, patch, [...path, 'jsonPatch', 'expression'], [listOf(PATCH)]) }];
    return apply === undefined
      ? []
      : [{ kind: 'apply', expression: compileExpression(mutating, apply, [...path, 'applyConfiguration', 'expression'], [OBJECT]) }];
  };
  return {
    name: nameOf(object),
    object,
    matchConstraints: member(spec, 'matchConstraints'),
    paramKind,
    ignoresErrors: member(spec, 'failurePolicy') === 'Ignore',
    isReinvoked: member(spec, 'reinvocationPolicy') === 'IfNeeded',
    variables,
    matchConditions: compileMatchConditions(variables.environment, member(spec, 'matchConditions'), ['spec', 'matchConditions']),
    mutations: itemsIn(spec, 'mutations').flatMap(([mutation, index]) => mutationOf(mutation, index)),
  };
}

/** The expressions of a policy that do not compile, in order. */
export function uncompiledMutations({ variables, matchConditions, mutations }: MutatingPolicy): readonly Expression[] {
  return [...variables.expressions.values(), ...matchConditions, ...mutations.map(({ expression }) => expression)].filter(
    (expression) => !isCompiled(expression),
  );
}
