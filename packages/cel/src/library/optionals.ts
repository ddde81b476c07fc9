import { DYN, optionalOf } from '../types/type.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { ArrayList, itemsOf, List } from '../value/list.ts';
import { NONE, Optional } from '../value/optional.ts';
import type { Result, Value } from '../value/value.ts';
import { isZero } from '../value/zero.ts';
import { declare, type Implementation, type Library } from './function.ts';

const value: Implementation = ([optional = null]) => {
  if (!(optional instanceof Optional)) return noSuchOverload();
  return optional.value ?? (optional.value === null ? null : new CelError('optional.none() dereference'));
};

const unwrap: Implementation = ([list = null]) => {
  const items = list instanceof List ? itemsOf(list) : noSuchOverload();
  if (isError(items)) return items;
  const values: Value[] = [];
  for (const item of items) {
    if (!(item instanceof Optional)) return new CelError('value is not optional');
    if (item.value !== undefined) values.push(item.value);
  }
  return new ArrayList(values);
};

function atEnd(indexOf: (length: number) => number): Implementation {
  return ([list = null]) => {
    if (!(list instanceof List)) return noSuchOverload();
    if (list.length === 0) return NONE;
    const item: Result = list.at(indexOf(list.length));
    return isError(item) ? item : new Optional(item);
  };
}

/** Values that may be absent. `or` and `orValue` are the evaluator's, since they do not always look at their argument. */
export function optionals(): Library {
  return {
    functions: [
      declare('optional.of', [['optional_of', '(V): optional(V)', ([of = null]) => new Optional(of)]]),
      declare('optional.ofNonZeroValue', [
        ['optional_ofNonZeroValue', '(V): optional(V)', ([of = null]) => (isZero(of) ? NONE : new Optional(of))],
      ]),
      declare('optional.none', [['optional_none', '(): optional(V)', () => NONE]]),
      declare('value', [['optional_value', 'optional(V).(): V', value]]),
      declare('hasValue', [
        [
          'optional_hasValue',
          'optional(V).(): bool',
          ([optional = null]) => (optional instanceof Optional ? optional.value !== undefined : noSuchOverload()),
        ],
      ]),
      declare('or', [['optional_or_optional', 'optional(V).(optional(V)): optional(V)']]),
      declare('orValue', [['optional_orValue_value', 'optional(V).(V): V']]),
      declare('_?._', [['select_optional_field', '(dyn, string): optional(V)']]),
      declare('_[?_]', [
        ['list_optindex_optional_int', '(list(V), int): optional(V)'],
        ['optional_list_optindex_optional_int', '(optional(list(V)), int): optional(V)'],
        ['map_optindex_optional_value', '(map(K, V), K): optional(V)'],
        ['optional_map_optindex_optional_value', '(optional(map(K, V)), K): optional(V)'],
      ]),
      declare('_[_]', [
        ['optional_list_index_int', '(optional(list(V)), int): optional(V)'],
        ['optional_map_index_value', '(optional(map(K, V)), K): optional(V)'],
      ]),
      declare('last', [['list_last', 'list(V).(): optional(V)', atEnd((length) => length - 1)]]),
      declare('first', [['list_first', 'list(V).(): optional(V)', atEnd(() => 0)]]),
      declare('optional.unwrap', [['optional_unwrap', '(list(optional(V))): list(V)', unwrap]]),
      declare('unwrapOpt', [['optional_unwrapOpt', 'list(optional(V)).(): list(V)', unwrap]]),
    ],
    types: [optionalOf(DYN)],
  };
}
