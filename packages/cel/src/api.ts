import type { JsonValue } from '@plumbline/core';
import type { Authorizer } from './library/authorizer.ts';
import type { CelType } from './types/type.ts';
import type { ErrorClass } from './value/cel-error.ts';
import type { Value } from './value/value.ts';

/** A pattern that finds what Go's regexp finds, in linear time. RE2JS has this form. */
export interface Pattern {
  test(text: string): boolean;
  matcher(text: string): Matcher;
}

/** Goes from match to match. */
export interface Matcher {
  find(): boolean;
  group(): string | null;
  start(): number;
  end(): number;
}

/** RE2, or what does as it does: `compile` throws an Error with Go's message where the pattern is none. */
export interface PatternLibrary {
  compile(source: string): Pattern;
}

export interface Variable {
  readonly name: string;
  readonly type: CelType;
}

export interface EnvironmentOptions {
  /**
   * The minor of Kubernetes 1.x whose libraries there are; 37 where absent. A server lets new expressions use what its
   * predecessor has: for what a server of 1.37 admits, give 36.
   */
  readonly minor?: number;
  readonly variables: readonly Variable[];
  /**
   * Whether expressions may build `Object{…}`, `Object.spec{…}` and `JSONPatch{…}` and call `jsonpatch.escapeKey`, as those of
   * mutating policies may.
   */
  readonly canMutate?: boolean;
  /** Libraries of cel-go that the API server does not have, for other tools' dialects. */
  readonly extensions?: readonly Extension[];
  /** Where RE2 comes from: asked for when an expression needs it. */
  readonly patterns?: () => PatternLibrary;
  /** What answers `authorizer` checks; without it they are not evaluable. */
  readonly authorizer?: Authorizer;
}

export type Extension = 'bindings' | 'encoders' | 'math';

export interface Environment {
  /** Parses and checks. Never throws for what an expression says. */
  compile(text: string): Compilation;
  /** The same environment with further variables; a name that is there already changes its type. */
  extend(variables: readonly Variable[]): Environment;
}

export type Compilation = { readonly ok: true; readonly program: Program } | CompileFailure;

export interface CompileFailure {
  readonly ok: false;
  /** `program`: it checks, but a constant part of it fails (`int('x')`), which the server finds before it evaluates anything. */
  readonly stage: 'parse' | 'check' | 'program';
  /** In order of place. */
  readonly issues: readonly Issue[];
  /** All issues as the server prints them: `ERROR: <input>:1:8: undefined field 'x'`, the line, and a mark under it. */
  readonly message: string;
}

export interface Issue {
  readonly message: string;
  /** Into the expression's text, in UTF-16 units. */
  readonly offset: number;
  /** From 1; the column counts Unicode characters, as the server's does. */
  readonly line: number;
  readonly column: number;
}

export interface Program {
  readonly text: string;
  /** What the expression gives; `formatType` and `typeName` print it. */
  readonly type: CelType;
  /** The declared variables that the expression refers to. */
  readonly references: ReadonlySet<string>;
  evaluate(bindings: Bindings, options?: EvaluateOptions): Evaluation;
  /** What the server calls the estimated cost: bounds from the sizes that the variables' types declare. */
  estimateCost(): CostEstimate;
  /** The value of every sub-expression that was reached, innermost first; for macros, those of the last turn. */
  explain(bindings: Bindings, options?: EvaluateOptions): Explanation;
}

/**
 * Values by variable. JSON is read by the variable's declared type, lazily; a value of another evaluation or a LazyObject goes
 * in as it is. A variable without a binding is an error where it is used.
 */
export type Bindings = Readonly<Record<string, JsonValue | Value | undefined>>;

export interface EvaluateOptions {
  /** The server's cost beyond which evaluation ends; its own limit for one call (1,000,000) where absent. */
  readonly costLimit?: number;
  /** Asked now and then in loops: true ends the evaluation. */
  readonly isCancelled?: () => boolean;
}

export type Evaluation =
  | { readonly ok: true; readonly value: Value; readonly cost: number }
  | { readonly ok: false; readonly error: EvaluationError; readonly cost: number };

export interface EvaluationError {
  /**
   * `not-evaluable`: hangs on what is not known here (an authorizer). `cost-limit`, `cancelled`: the evaluation was ended.
   */
  readonly class: ErrorClass | 'cost-limit' | 'cancelled';
  /** As the server has it, `no such key: app`, without what it puts around. */
  readonly message: string;
  /** The part of the text that failed, in UTF-16 units; undefined where evaluation was ended. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
}

/** Bounds of a cost; 2^64 where nothing bounds it. */
export interface CostEstimate {
  readonly min: number;
  readonly max: number;
}

export interface Explanation {
  readonly evaluation: Evaluation;
  readonly steps: readonly ExplainedStep[];
}

export interface ExplainedStep {
  /** In UTF-16 units of the program's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly result: { readonly value: Value } | { readonly error: EvaluationError };
}
