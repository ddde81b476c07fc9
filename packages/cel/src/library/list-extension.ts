import { actualSize, LIST_CREATION, TRAVERSAL } from '../cost/runtime-cost.ts';
import { compare } from '../eval/arithmetic.ts';
import { bindTo, Folds } from '../macros/folds.ts';
import { ACCUMULATOR, hidesAccumulator, type Macro, MacroProblem } from '../macros/macro.ts';
import { Bytes } from '../value/bytes.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { equal } from '../value/equal.ts';
import { ArrayList, itemsOf, List } from '../value/list.ts';
import { isInt } from '../value/numbers.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';

const COMPARABLE: readonly (readonly [type: string, id: string])[] = [
  ['int', 'int'],
  ['uint', 'uint'],
  ['double', 'double'],
  ['bool', 'bool'],
  ['duration', 'google.protobuf.Duration'],
  ['timestamp', 'google.protobuf.Timestamp'],
  ['string', 'string'],
  ['bytes', 'bytes'],
];

function onItems(use: (items: readonly Value[], ...args: readonly Value[]) => Result): Implementation {
  return ([list = null, ...args]) => {
    const items = list instanceof List ? itemsOf(list) : noSuchOverload();
    return isError(items) ? items : use(items, ...args);
  };
}

const slice = onItems((items, start, end) => {
  if (!isInt(start) || !isInt(end)) return noSuchOverload();
  const [from, to] = [Number(start), Number(end)];
  const call = `cannot slice(${from}, ${to})`;
  if (from < 0 || to < 0) return new CelError(`${call}, negative indexes not supported`);
  if (from > to) return new CelError(`${call}, start index must be less than or equal to end index`);
  if (items.length < to) return new CelError(`${call}, list is length ${items.length}`);
  return new ArrayList(items.slice(from, to));
});

const flatten = onItems((items, depth = 1) => {
  if (!isInt(depth)) return noSuchOverload();
  if (depth < 0) return new CelError('level must be non-negative');
  const flat: Value[] = [];
  const error = gather(items, Number(depth), flat);
  return error ?? new ArrayList(flat);
});

function gather(items: readonly Value[], depth: number, into: Value[]): CelError | undefined {
  for (const item of items) {
    if (!(item instanceof List) || depth === 0) {
      into.push(item);
      continue;
    }
    const nested = itemsOf(item);
    const error = isError(nested) ? nested : gather(nested, depth - 1, into);
    if (error !== undefined) return error;
  }
  return undefined;
}

function sorted(items: readonly Value[], keys: readonly Value[]): Result {
  if (items.length !== keys.length) {
    const sizes = `${items.length} and ${keys.length} elements respectively`;
    return new CelError(`@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got ${sizes}`);
  }
  const [first] = keys;
  if (first === undefined) return new ArrayList(items);
  const name = runtimeName(typeOfValue(first));
  if (keys.some((key) => runtimeName(typeOfValue(key)) !== name)) return new CelError('list elements must have the same type');
  const order = keys.map((key, index) => ({ key, index }));
  order.sort((a, b) => {
    const result = compare(a.key, b.key, 'sort');
    return isError(result) ? 0 : result;
  });
  return new ArrayList(order.map(({ index }) => items[index] ?? null));
}

const sort = onItems((items) => sorted(items, items));
const sortByKeys = onItems((items, keys = null) => {
  const values = keys instanceof List ? itemsOf(keys) : noSuchOverload();
  return isError(values) ? values : sorted(items, values);
});

const range: Implementation = ([size], context) => {
  if (!isInt(size)) return noSuchOverload();
  if (size < 0) return new CelError(`lists.range: size must be non-negative, got ${size}`);
  // A list that the evaluation cannot pay for is not built first.
  if (context.cost + Number(size) > context.limit) context.charge(Number(size));
  return new ArrayList(Array.from({ length: Number(size) }, (_, index) => index));
};

const reverse = onItems((items) => new ArrayList(items.toReversed()));

const distinct = onItems((items) => {
  const unique: Value[] = [];
  for (const item of items) if (!unique.some((other) => equal(item, other) === true)) unique.push(item);
  return new ArrayList(unique);
});

function allocated(size: number, factor = 1): number {
  return Math.floor(size * (factor < 0 ? 1 : factor)) + 1 + LIST_CREATION;
}

// Costs go by overload: where the types leave it open there is none but the call's.
const byResult: CallCost = (_, result, overload) => (overload === '' ? undefined : allocated(actualSize(result)));
const byDepth: CallCost = ([list, depth], _, overload) =>
  overload === '' ? undefined : allocated(actualSize(list), isInt(depth) ? Number(depth) : 1);

/** Comparing each item with each. */
function bySquare(list: Result | undefined, overload: string): number | undefined {
  if (overload === '') return undefined;
  const size = actualSize(list);
  const first = list instanceof List && list.length > 0 ? list.at(0) : undefined;
  const factor = typeof first === 'string' || first instanceof Bytes ? 2 + TRAVERSAL : 2;
  return allocated(size * size, factor);
}

/** `xs.sortBy(x, key(x))` */
const sortBy: Macro = ({ build, extent, target, args: [variable, key] }) => {
  if (target === undefined || variable === undefined || key === undefined) return undefined;
  if (!['list', 'select', 'ident', 'comprehension', 'call'].includes(target.kind))
    return new MacroProblem(target.at, 'sortBy can only be applied to a list, identifier, comprehension, call or select expression');
  if (variable.kind !== 'ident') return new MacroProblem(variable.at, 'argument is not an identifier');
  if (hidesAccumulator(variable.name)) return new MacroProblem(variable.at, 'iteration variable overwrites accumulator variable');
  const input = '@__sortBy_input__';
  const keys = build.comprehension(extent, {
    range: build.ident(extent, input),
    variable: variable.name,
    variable2: undefined,
    accumulator: ACCUMULATOR,
    ...new Folds(build, extent).list(key, undefined),
  });
  return bindTo(build, extent, input, target, build.call(extent, '@sortByAssociatedKeys', [keys], build.ident(extent, input)));
};

/** The lists extension of cel-go, version 3. */
export function listExtension(): Library {
  return {
    functions: [
      declare('slice', [['list_slice', 'list(T).(int, int): list(T)', slice]], byResult),
      declare(
        'flatten',
        [
          ['list_flatten', 'list(list(T)).(): list(T)', flatten],
          ['list_flatten_int', 'list(dyn).(int): list(dyn)', flatten],
        ],
        byDepth,
        true,
      ),
      declare(
        'sort',
        COMPARABLE.map(([type, id]) => [`list_${id}_sort`, `list(${type}).(): list(${type})`, sort] as const),
        ([list], _, overload) => bySquare(list, overload),
      ),
      declare(
        '@sortByAssociatedKeys',
        COMPARABLE.map(([type, id]) => [`list_${id}_sortByAssociatedKeys`, `list(T).(list(${type})): list(T)`, sortByKeys] as const),
        ([, keys], _, overload) => bySquare(keys, overload),
      ),
      declare('lists.range', [['lists_range', '(int): list(int)', range]], byResult),
      declare('reverse', [['list_reverse', 'list(T).(): list(T)', reverse]], byResult),
      declare('distinct', [['list_distinct', 'list(T).(): list(T)', distinct]], ([list], _, overload) => bySquare(list, overload)),
    ],
    macros: [{ name: 'sortBy', argCount: 2, isReceiver: true, macro: sortBy }],
  };
}
