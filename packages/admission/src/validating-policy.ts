import { BOOL, createEnvironment, NULL, type PatternLibrary, STRING } from '@plumbline/cel';
import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { nameOf } from './bindings.ts';
import { compiledOnce } from './compiled-once.ts';
import { declarations } from './declarations.ts';
import { compileExpression, type Expression, isCompiled } from './expression.ts';
import { compileMatchConditions } from './match-conditions.ts';
import { compileVariables, type Variables } from './variables.ts';

export interface CompileOptions {
  /** The minor of Kubernetes 1.x whose libraries expressions have. */
  readonly minor: number;
  readonly patterns: () => PatternLibrary;
}

export interface Validation {
  readonly expression: Expression;
  readonly message: string;
  readonly messageExpression: Expression | undefined;
}

export interface AuditAnnotation {
  readonly key: string;
  readonly valueExpression: Expression;
}

/** A ValidatingAdmissionPolicy, compiled. */
export interface ValidatingPolicy {
  readonly name: string;
  readonly object: JsonObject;
  readonly matchConstraints: JsonValue | undefined;
  readonly paramKind: JsonValue | undefined;
  /** `failurePolicy: Ignore`. */
  readonly ignoresErrors: boolean;
  readonly variables: Variables;
  readonly matchConditions: readonly Expression[];
  readonly validations: readonly Validation[];
  /** Those of the validations, in order. */
  readonly expressions: readonly Expression[];
  readonly auditAnnotations: readonly AuditAnnotation[];
}

/** Compiles every expression of a policy; those that do not compile are in it all the same, with what is wrong. */
export const compileValidatingPolicy: (object: JsonObject, options: CompileOptions) => ValidatingPolicy = compiledOnce(compile);

function compile(object: JsonObject, { minor, patterns }: CompileOptions): ValidatingPolicy {
  const spec = object.spec;
  const paramKind = member(spec, 'paramKind');
  const hasParams = isObject(paramKind);
  const withAuthorizer = createEnvironment({ minor, patterns, variables: declarations(hasParams, true) });
  const variables = compileVariables(withAuthorizer, member(spec, 'variables'), ['spec', 'variables']);
  const { environment } = variables;
  // Messages know no authorizer.
  const ofMessages = createEnvironment({ minor, patterns, variables: declarations(hasParams, false) }).extend([
    { name: 'variables', type: variables.type },
  ]);
  const toBool = (text: string, path: FieldPath) => compileExpression(environment, text, path, [BOOL]);
  const validations = itemsIn(spec, 'validations').flatMap(([validation, index]): readonly Validation[] => {
    const text = textIn(validation, 'expression');
    const message = textIn(validation, 'messageExpression');
    const path: FieldPath = ['spec', 'validations', index];
    if (text === undefined) return [];
    return [
      {
        expression: toBool(text, [...path, 'expression']),
        message: textIn(validation, 'message') ?? '',
        messageExpression:
          message === undefined ? undefined : compileExpression(ofMessages, message, [...path, 'messageExpression'], [STRING]),
      },
    ];
  });
  return {
    name: nameOf(object),
    object,
    matchConstraints: member(spec, 'matchConstraints'),
    paramKind,
    ignoresErrors: member(spec, 'failurePolicy') === 'Ignore',
    variables,
    matchConditions: compileMatchConditions(environment, member(spec, 'matchConditions'), ['spec', 'matchConditions']),
    validations,
    expressions: validations.map(({ expression }) => expression),
    auditAnnotations: itemsIn(spec, 'auditAnnotations').flatMap(([annotation, index]) => {
      const text = textIn(annotation, 'valueExpression');
      if (text === undefined) return [];
      const path: FieldPath = ['spec', 'auditAnnotations', index, 'valueExpression'];
      return [{ key: textIn(annotation, 'key') ?? '', valueExpression: compileExpression(environment, text, path, [STRING, NULL]) }];
    }),
  };
}

/** The expressions of a policy that do not compile, in order. */
export function uncompiled(policy: ValidatingPolicy): readonly Expression[] {
  const { variables, matchConditions, validations, auditAnnotations } = policy;
  return [
    ...variables.expressions.values(),
    ...matchConditions,
    ...validations.flatMap(({ expression, messageExpression }) =>
      messageExpression === undefined ? [expression] : [expression, messageExpression],
    ),
    ...auditAnnotations.map(({ valueExpression }) => valueExpression),
  ].filter((expression) => !isCompiled(expression));
}

export function itemsIn(value: JsonValue | undefined, key: string): readonly (readonly [item: JsonValue, index: number])[] {
  const list = member(value, key);
  return isArray(list) ? list.map((item, index) => [item, index] as const) : [];
}

export function textIn(value: JsonValue | undefined, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
