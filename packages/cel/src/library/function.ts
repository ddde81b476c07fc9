import type { Context } from '../eval/context.ts';
import type { MacroEntry } from '../macros/macro.ts';
import type { CelType } from '../types/type.ts';
import type { Result, Value } from '../value/value.ts';
import { parseSignature } from './signature.ts';

/** What a call does with its arguments, the target first; all of them values. */
export type Implementation = (args: readonly Value[], context: Context) => Result;

export interface Overload {
  /** As the server names it; costs hang on it. */
  readonly id: string;
  readonly isMember: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
  readonly hasParameters: boolean;
  readonly call: Implementation | undefined;
}

/** The run-time cost of a call, undefined where the standard one applies; of errors among the arguments nothing is known. */
export type CallCost = (args: readonly Result[], result: Result, overload: string) => number | undefined;

export interface FunctionDeclaration {
  readonly name: string;
  readonly overloads: readonly Overload[];
  readonly cost?: CallCost | undefined;
  /** Whether the implementations look at their arguments themselves, so that any number of them will do. */
  readonly isUnguarded?: boolean;
}

export interface Library {
  readonly functions: readonly FunctionDeclaration[];
  readonly macros?: readonly MacroEntry[];
  /** Types that expressions may name. */
  readonly types?: readonly CelType[];
}

/** The id of an overload, its signature (`string.(int): bool` for a member), and what it does; no implementation where the evaluator has its own. */
export type OverloadText = readonly [id: string, signature: string, call?: Implementation];

/** A function whose signatures are read when an expression first calls it: most are never called. */
export function declare(name: string, texts: readonly OverloadText[], cost?: CallCost, isUnguarded = false): FunctionDeclaration {
  let overloads: readonly Overload[] | undefined;
  return {
    name,
    get overloads() {
      overloads ??= texts.map(([id, signature, call]) => ({ id, ...parseSignature(signature), call }));
      return overloads;
    },
    cost,
    isUnguarded,
  };
}
