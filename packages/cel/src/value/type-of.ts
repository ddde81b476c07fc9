import { BOOL, type CelType, INT, NULL, STRING } from '../types/type.ts';
import type { Boxed, Value } from './value.ts';

/** The run-time type of a value. */
export function typeOfValue(value: Value): CelType {
  switch (typeof value) {
    case 'boolean':
      return BOOL;
    case 'number':
    case 'bigint':
      return INT;
    case 'string':
      return STRING;
    default:
      return value === null ? NULL : (value satisfies Boxed).typeOf();
  }
}
