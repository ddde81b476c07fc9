import type { FunctionDeclaration, Library, OverloadText } from './function.ts';
import { declare } from './function.ts';

/** `<`, `<=`, `>`, `>=`: of one type each; numbers also across types, where the version has it. */
function comparison(name: string, id: string, isCrossType: boolean): FunctionDeclaration {
  const same = ['bool', 'int64', 'uint64', 'double', 'string', 'bytes', 'timestamp', 'duration'];
  const overloads: OverloadText[] = [];
  for (const kind of same) {
    const type = kind.replace('64', '');
    overloads.push([`${id}_${kind}`, `(${type}, ${type}): bool`]);
    if (!isCrossType) continue;
    for (const other of ['int64', 'uint64', 'double'])
      if (other !== kind && /int64|double/.test(kind))
        overloads.push([`${id}_${kind}_${other}`, `(${type}, ${other.replace('64', '')}): bool`]);
  }
  return declare(name, overloads);
}

/** What the evaluator computes itself; only the types are declared here. */
export function operators(isCrossType: boolean): Library {
  return {
    functions: [
      declare('_?_:_', [['conditional', '(bool, A, A): A']]),
      declare('_&&_', [['logical_and', '(bool, bool): bool']]),
      declare('_||_', [['logical_or', '(bool, bool): bool']]),
      declare('!_', [['logical_not', '(bool): bool']]),
      declare('@not_strictly_false', [['not_strictly_false', '(bool): bool']]),
      declare('_==_', [['equals', '(A, A): bool']]),
      declare('_!=_', [['not_equals', '(A, A): bool']]),
      comparison('_<_', 'less', isCrossType),
      comparison('_<=_', 'less_equals', isCrossType),
      comparison('_>_', 'greater', isCrossType),
      comparison('_>=_', 'greater_equals', isCrossType),
      declare('_+_', [
        ['add_bytes', '(bytes, bytes): bytes'],
        ['add_double', '(double, double): double'],
        ['add_duration_duration', '(duration, duration): duration'],
        ['add_duration_timestamp', '(duration, timestamp): timestamp'],
        ['add_timestamp_duration', '(timestamp, duration): timestamp'],
        ['add_int64', '(int, int): int'],
        ['add_list', '(list(A), list(A)): list(A)'],
        ['add_string', '(string, string): string'],
        ['add_uint64', '(uint, uint): uint'],
      ]),
      declare('_-_', [
        ['subtract_double', '(double, double): double'],
        ['subtract_duration_duration', '(duration, duration): duration'],
        ['subtract_int64', '(int, int): int'],
        ['subtract_timestamp_duration', '(timestamp, duration): timestamp'],
        ['subtract_timestamp_timestamp', '(timestamp, timestamp): duration'],
        ['subtract_uint64', '(uint, uint): uint'],
      ]),
      declare('_*_', [
        ['multiply_double', '(double, double): double'],
        ['multiply_int64', '(int, int): int'],
        ['multiply_uint64', '(uint, uint): uint'],
      ]),
      declare('_/_', [
        ['divide_double', '(double, double): double'],
        ['divide_int64', '(int, int): int'],
        ['divide_uint64', '(uint, uint): uint'],
      ]),
      declare('_%_', [
        ['modulo_int64', '(int, int): int'],
        ['modulo_uint64', '(uint, uint): uint'],
      ]),
      declare('-_', [
        ['negate_double', '(double): double'],
        ['negate_int64', '(int): int'],
      ]),
      declare('@in', [
        ['in_list', '(A, list(A)): bool'],
        ['in_map', '(A, map(A, B)): bool'],
      ]),
      declare('_[_]', [
        ['index_list', '(list(A), int): A'],
        ['index_map', '(map(A, B), A): B'],
      ]),
    ],
  };
}
