import { insert } from '../eval/fold.ts';
import { TWO_VARIABLE_MACROS } from '../macros/two-variables.ts';
import { isError, noSuchOverload } from '../value/cel-error.ts';
import { CelMap } from '../value/map.ts';
import type { Result, Value } from '../value/value.ts';
import { declare, type Library } from './function.ts';

/** Macros over two variables, and what those that build maps build them with. */
export function comprehensions(): Library {
  return {
    functions: [
      declare('cel.@mapInsert', [
        [
          '@mapInsert_map_key_value',
          '(map(K, V), K, V): map(K, V)',
          ([map = null, key = null, value = null]) => insert(map, [[key, value]]),
        ],
        ['@mapInsert_map_map', '(map(K, V), map(K, V)): map(K, V)', ([map = null, more = null]) => insertAll(map, more)],
      ]),
    ],
    macros: TWO_VARIABLE_MACROS,
  };
}

function insertAll(map: Value, more: Value): Result {
  if (!(more instanceof CelMap)) return noSuchOverload();
  const entries: (readonly [Value, Value])[] = [];
  for (const key of more.keys()) {
    const value = more.find(key) ?? null;
    if (isError(value)) return value;
    entries.push([key, value]);
  }
  return insert(map, entries);
}
