import { type CelType, type Environment, formatType, type Issue, type Program } from '@plumbline/cel';
import type { FieldPath } from '@plumbline/core';

/** An expression of a policy, compiled or not. */
export interface Expression {
  readonly text: string;
  /** Where it stands in the policy. */
  readonly path: FieldPath;
  readonly compiled: { readonly program: Program } | Uncompiled;
}

/** Why it does not compile: `message` as the server says it, `issues` with their places where there are any. */
export interface Uncompiled {
  readonly message: string;
  readonly issues: readonly Issue[];
}

/** Compiles, and holds the result against the types that it may have; none given means any. */
export function compileExpression(environment: Environment, text: string, path: FieldPath, allowed: readonly CelType[] = []): Expression {
  const compilation = environment.compile(text);
  if (!compilation.ok)
    return { text, path, compiled: { message: `compilation failed: ${compilation.message}`, issues: compilation.issues } };
  const { program } = compilation;
  const given = formatType(program.type);
  const names = allowed.map(formatType);
  if (names.length > 0 && !names.includes(given)) {
    const what = names.length === 1 ? names[0] : `one of [${names.join(' ')}]`;
    return { text, path, compiled: { message: `must evaluate to ${what} but got ${given}`, issues: [] } };
  }
  return { text, path, compiled: { program } };
}

export function isCompiled(expression: Expression): expression is Expression & { readonly compiled: { readonly program: Program } } {
  return 'program' in expression.compiled;
}
