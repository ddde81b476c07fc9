import type { Expr } from '../syntax/ast.ts';
import { type Fold, Folds } from './folds.ts';
import { ACCUMULATOR, hidesAccumulator, type Macro, type MacroCall, type MacroEntry, MacroProblem } from './macro.ts';

type FoldOf = (folds: Folds, args: readonly Expr[], variable: Expr) => Fold | undefined;

function overOne(notAName: string, foldOf: FoldOf): Macro {
  return ({ build, extent, target, args: [variable, ...args] }: MacroCall) => {
    if (variable === undefined || target === undefined) return undefined;
    if (variable.kind !== 'ident') return new MacroProblem(variable.at, notAName);
    if (hidesAccumulator(variable.name)) return new MacroProblem(variable.at, 'iteration variable overwrites accumulator variable');
    const fold = foldOf(new Folds(build, extent), args, variable);
    if (fold === undefined) return undefined;
    return build.comprehension(extent, { range: target, variable: variable.name, variable2: undefined, accumulator: ACCUMULATOR, ...fold });
  };
}

const quantifier = (foldOf: FoldOf): Macro => overOne('argument must be a simple name', foldOf);
const gatherer = (foldOf: FoldOf): Macro => overOne('argument is not an identifier', foldOf);

const all = quantifier((folds, [predicate]) => predicate && folds.all(predicate));
const exists = quantifier((folds, [predicate]) => predicate && folds.exists(predicate));
const existsOne = quantifier((folds, [predicate]) => predicate && folds.existsOne(predicate));
const map = gatherer(
  (folds, [first, second]) => first && (second === undefined ? folds.list(first, undefined) : folds.list(second, first)),
);
const filter = gatherer((folds, [predicate], variable) => predicate && folds.list(variable, predicate));

const has: Macro = ({ build, extent, args: [argument] }) => {
  if (argument === undefined) return undefined;
  if (argument.kind !== 'select') return new MacroProblem(argument.at, 'invalid argument to has() macro');
  return build.select(extent, argument.operand, argument.field, true);
};

export const STANDARD_MACROS: readonly MacroEntry[] = [
  { name: 'has', argCount: 1, isReceiver: false, macro: has },
  { name: 'all', argCount: 2, isReceiver: true, macro: all },
  { name: 'exists', argCount: 2, isReceiver: true, macro: exists },
  { name: 'exists_one', argCount: 2, isReceiver: true, macro: existsOne },
  { name: 'map', argCount: 2, isReceiver: true, macro: map },
  { name: 'map', argCount: 3, isReceiver: true, macro: map },
  { name: 'filter', argCount: 2, isReceiver: true, macro: filter },
];
