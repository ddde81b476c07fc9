import type { Expr } from '../syntax/ast.ts';
import type { Builder, Extent } from '../syntax/builder.ts';

/** A call that may be a macro's. */
export interface MacroCall {
  readonly build: Builder;
  readonly extent: Extent;
  readonly target: Expr | undefined;
  readonly args: readonly Expr[];
}

/** What stands in the call's place; undefined where it is an ordinary call after all. */
export type Macro = (call: MacroCall) => Expr | MacroProblem | undefined;

export class MacroProblem {
  readonly offset: number;
  readonly message: string;

  constructor(offset: number, message: string) {
    this.offset = offset;
    this.message = message;
  }
}

export interface MacroEntry {
  readonly name: string;
  /** undefined for any number. */
  readonly argCount: number | undefined;
  readonly isReceiver: boolean;
  readonly macro: Macro;
}

export class MacroTable {
  private readonly entries = new Map<string, Macro>();

  constructor(entries: Iterable<MacroEntry>) {
    for (const { name, argCount, isReceiver, macro } of entries) this.entries.set(`${name}:${argCount ?? '*'}:${isReceiver}`, macro);
  }

  find(name: string, argCount: number, isReceiver: boolean): Macro | undefined {
    return this.entries.get(`${name}:${argCount}:${isReceiver}`) ?? this.entries.get(`${name}:*:${isReceiver}`);
  }
}

/** The variable that a fold gathers its result in; no expression can name it. */
export const ACCUMULATOR = '@result';

/** Whether a macro's variable would hide the fold's own. */
export function hidesAccumulator(name: string): boolean {
  return name === ACCUMULATOR || name === '__result__';
}
