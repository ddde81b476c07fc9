import type { Expr } from '../syntax/ast.ts';
import { type Fold, Folds } from './folds.ts';
import { ACCUMULATOR, hidesAccumulator, type Macro, type MacroEntry, MacroProblem } from './macro.ts';

/** Macros over index and item of a list, key and value of a map. */
function overTwo(foldOf: (folds: Folds, args: readonly Expr[], key: Expr) => Fold | undefined): Macro {
  return ({ build, extent, target, args: [first, second, ...args] }) => {
    if (first === undefined || second === undefined || target === undefined) return undefined;
    if (first.kind !== 'ident') return new MacroProblem(first.at, 'argument must be a simple name');
    if (second.kind !== 'ident') return new MacroProblem(second.at, 'argument must be a simple name');
    if (first.name === second.name) return new MacroProblem(second.at, `duplicate variable name: ${first.name}`);
    for (const variable of [first, second])
      if (hidesAccumulator(variable.name)) return new MacroProblem(variable.at, 'iteration variable overwrites accumulator variable');
    const fold = foldOf(new Folds(build, extent), args, build.ident(extent, first.name));
    if (fold === undefined) return undefined;
    return build.comprehension(extent, {
      range: target,
      variable: first.name,
      variable2: second.name,
      accumulator: ACCUMULATOR,
      ...fold,
    });
  };
}

/** The last argument is what is gathered, one before it the filter. */
function parted(args: readonly Expr[]): { readonly filter: Expr | undefined; readonly gathered: Expr | undefined } {
  return args.length > 1 ? { filter: args[0], gathered: args[1] } : { filter: undefined, gathered: args[0] };
}

const all = overTwo((folds, [predicate]) => predicate && folds.all(predicate));
const exists = overTwo((folds, [predicate]) => predicate && folds.exists(predicate));
const existsOne = overTwo((folds, [predicate]) => predicate && folds.existsOne(predicate));
const transformList = overTwo((folds, args) => {
  const { filter, gathered } = parted(args);
  return gathered && folds.list(gathered, filter);
});
const transformMap = overTwo((folds, args, key) => {
  const { filter, gathered } = parted(args);
  return gathered && folds.map([key, gathered], filter);
});
const transformMapEntry = overTwo((folds, args) => {
  const { filter, gathered } = parted(args);
  return gathered && folds.map([gathered], filter);
});

export const TWO_VARIABLE_MACROS: readonly MacroEntry[] = [
  { name: 'all', argCount: 3, isReceiver: true, macro: all },
  { name: 'exists', argCount: 3, isReceiver: true, macro: exists },
  { name: 'existsOne', argCount: 3, isReceiver: true, macro: existsOne },
  { name: 'exists_one', argCount: 3, isReceiver: true, macro: existsOne },
  { name: 'transformList', argCount: 3, isReceiver: true, macro: transformList },
  { name: 'transformList', argCount: 4, isReceiver: true, macro: transformList },
  { name: 'transformMap', argCount: 3, isReceiver: true, macro: transformMap },
  { name: 'transformMap', argCount: 4, isReceiver: true, macro: transformMap },
  { name: 'transformMapEntry', argCount: 3, isReceiver: true, macro: transformMapEntry },
  { name: 'transformMapEntry', argCount: 4, isReceiver: true, macro: transformMapEntry },
];
