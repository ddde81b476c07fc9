import { compare } from '../eval/arithmetic.ts';
import { type Macro, MacroProblem } from '../macros/macro.ts';
import type { Expr } from '../syntax/ast.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { itemsOf, List } from '../value/list.ts';
import { checkedInt, Double, isInt, MAX_UINT, toInt, UInt } from '../value/numbers.ts';
import type { Result, Value } from '../value/value.ts';
import { declare, type FunctionDeclaration, type Implementation, type Library, type OverloadText } from './function.ts';

/** `math.least`, `math.greatest`: of numbers, or of one list of them. */
function extremeMacro(name: string, called: string): Macro {
  return ({ build, extent, target, args }) => {
    if (target?.kind !== 'ident' || target.name !== 'math') return undefined;
    const [first] = args;
    if (first === undefined) return new MacroProblem(target.at, `math.${name}() requires at least one argument`);
    const wrong = args.find((arg) => !isNumberLike(arg, args.length === 1));
    if (wrong !== undefined) {
      const rule = args.length === 1 ? 'single argument value must be numeric or a list' : 'simple literal arguments must be numeric';
      return new MacroProblem(wrong.at, `math.${name}() ${rule}`);
    }
    const call = args.length > 2 ? [build.list(extent, args)] : args;
    return build.call(extent, called, call);
  };
}

function isNumberLike(arg: Expr, mayBeList: boolean): boolean {
  if (arg.kind === 'list') return mayBeList && arg.items.length > 0 && arg.items.every((item) => isNumberLike(item, false));
  if (arg.kind === 'map' || arg.kind === 'struct') return false;
  return arg.kind !== 'literal' || isInt(arg.value) || arg.value instanceof Double || arg.value instanceof UInt;
}

function extreme(name: string, wanted: number): FunctionDeclaration {
  const types = ['double', 'int', 'uint'];
  const call: Implementation = ([first = null, second]) => {
    const items = first instanceof List ? itemsOf(first) : second === undefined ? [first] : [first, second];
    if (isError(items)) return items;
    const [start, ...rest] = items;
    if (start === undefined) return new CelError(`math.@${name}(list) argument must not be empty`);
    return rest.reduce<Result>((best, item) => {
      if (isError(best)) return best;
      const order = compare(item, best, name);
      return isError(order) ? order : order === wanted ? item : best;
    }, start);
  };
  const overloads: OverloadText[] = types.map((type) => [`math_@${name}_${type}`, `(${type}): ${type}`, call]);
  for (const a of types) for (const b of types) overloads.push([`math_@${name}_${a}_${b}`, `(${a}, ${b}): ${a === b ? a : 'dyn'}`, call]);
  for (const type of types) overloads.push([`math_@${name}_list_${type}`, `(list(${type})): ${type}`, call]);
  return declare(`math.@${name}`, overloads);
}

function ofDouble(name: string, result: string, use: (number: number) => Value): FunctionDeclaration {
  const call: Implementation = ([value = null]) => (value instanceof Double ? use(value.value) : noSuchOverload());
  return declare(`math.${name}`, [[`math_${name}_double`, `(double): ${result}`, call]]);
}

/** Halves are rounded away from zero. */
function round(number: number): number {
  return Math.sign(number) * Math.round(Math.abs(number));
}

const abs: Implementation = ([value = null]) => {
  if (value instanceof Double) return new Double(Math.abs(value.value));
  if (value instanceof UInt) return value;
  return isInt(value) ? (value < 0 ? checkedInt(-BigInt(value)) : value) : noSuchOverload();
};

const sign: Implementation = ([value = null]) => {
  if (value instanceof Double) return new Double(Math.sign(value.value));
  if (value instanceof UInt) return new UInt(value.value === 0n ? 0n : 1n);
  return isInt(value) ? (value < 0 ? -1 : value > 0 ? 1 : 0) : noSuchOverload();
};

const sqrt: Implementation = ([value = null]) => {
  if (value instanceof Double) return new Double(Math.sqrt(value.value));
  if (value instanceof UInt) return new Double(Math.sqrt(Number(value.value)));
  return isInt(value) ? new Double(Math.sqrt(Number(value))) : noSuchOverload();
};

function perNumber(name: string, call: Implementation, result: (type: string) => string): FunctionDeclaration {
  return declare(
    `math.${name}`,
    ['double', 'int', 'uint'].map((type) => [`math_${name}_${type}`, `(${type}): ${result(type)}`, call] as const),
  );
}

function bits(name: string, use: (a: bigint, b: bigint) => bigint): FunctionDeclaration {
  const call: Implementation = ([a = null, b = null]) => {
    if (a instanceof UInt) return b instanceof UInt ? new UInt(use(a.value, b.value)) : noSuchOverload();
    return isInt(a) && isInt(b) ? toInt(use(BigInt(a), BigInt(b))) : noSuchOverload();
  };
  return declare(`math.${name}`, [
    [`math_${name}_int_int`, '(int, int): int', call],
    [`math_${name}_uint_uint`, '(uint, uint): uint', call],
  ]);
}

function shift(name: string, use: (bits: bigint, by: bigint) => bigint): FunctionDeclaration {
  const call: Implementation = ([value = null, by = null]) => {
    if (!isInt(by)) return noSuchOverload();
    if (by < 0) return new CelError(`math.${name}() negative offset: ${by}`);
    const distance = by > 63 ? 64n : BigInt(by);
    if (value instanceof UInt) return new UInt(BigInt.asUintN(64, use(value.value, distance)));
    // The bits of an int shift as they are: no sign comes in from the left.
    return isInt(value) ? toInt(BigInt.asIntN(64, use(BigInt.asUintN(64, BigInt(value)), distance))) : noSuchOverload();
  };
  return declare(`math.${name}`, [
    [`math_${name}_int_int`, '(int, int): int', call],
    [`math_${name}_uint_int`, '(uint, int): uint', call],
  ]);
}

const not: Implementation = ([value = null]) => {
  if (value instanceof UInt) return new UInt(value.value ^ MAX_UINT);
  return isInt(value) ? toInt(~BigInt(value)) : noSuchOverload();
};

/** The math extension of cel-go. */
export function math(): Library {
  return {
    functions: [
      extreme('min', -1),
      extreme('max', 1),
      ofDouble('ceil', 'double', (number) => new Double(Math.ceil(number))),
      ofDouble('floor', 'double', (number) => new Double(Math.floor(number))),
      ofDouble('round', 'double', (number) => new Double(round(number))),
      ofDouble('trunc', 'double', (number) => new Double(Math.trunc(number))),
      ofDouble('isInf', 'bool', (number) => Math.abs(number) === Number.POSITIVE_INFINITY),
      ofDouble('isNaN', 'bool', (number) => Number.isNaN(number)),
      ofDouble('isFinite', 'bool', (number) => Number.isFinite(number)),
      perNumber('abs', abs, (type) => type),
      perNumber('sign', sign, (type) => type),
      perNumber('sqrt', sqrt, () => 'double'),
      bits('bitAnd', (a, b) => a & b),
      bits('bitOr', (a, b) => a | b),
      bits('bitXor', (a, b) => a ^ b),
      declare('math.bitNot', [
        ['math_bitNot_int_int', '(int): int', not],
        ['math_bitNot_uint_uint', '(uint): uint', not],
      ]),
      shift('bitShiftLeft', (value, by) => value << by),
      shift('bitShiftRight', (value, by) => value >> by),
    ],
    macros: [
      { name: 'least', argCount: undefined, isReceiver: true, macro: extremeMacro('least', 'math.@min') },
      { name: 'greatest', argCount: undefined, isReceiver: true, macro: extremeMacro('greatest', 'math.@max') },
    ],
  };
}
