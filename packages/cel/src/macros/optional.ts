import type { Expr } from '../syntax/ast.ts';
import { bindTo } from './folds.ts';
import { type Macro, type MacroEntry, MacroProblem } from './macro.ts';

/** `x.optMap(v, f(v))`: f of the value where there is one. */
function mapping(name: string, isFlat: boolean): Macro {
  return ({ build, extent, target, args: [variable, body] }) => {
    if (target === undefined || variable === undefined || body === undefined) return undefined;
    if (variable.kind !== 'ident') return new MacroProblem(variable.at, `${name}() variable name must be a simple identifier`);
    const value = build.call(extent, 'value', [], build.copy(target));
    const bound = bindTo(build, extent, variable.name, value, body);
    const call = (called: string, ...args: readonly Expr[]): Expr => build.call(extent, called, args);
    return call('_?_:_', build.call(extent, 'hasValue', [], target), isFlat ? bound : call('optional.of', bound), call('optional.none'));
  };
}

export const OPTIONAL_MACROS: readonly MacroEntry[] = [
  { name: 'optMap', argCount: 2, isReceiver: true, macro: mapping('optMap', false) },
  { name: 'optFlatMap', argCount: 2, isReceiver: true, macro: mapping('optFlatMap', true) },
];
