import type { Overload } from '../library/function.ts';
import type { CelType, MapType } from '../types/type.ts';
import { Bytes } from '../value/bytes.ts';
import { isError } from '../value/cel-error.ts';
import { List } from '../value/list.ts';
import { CelMap } from '../value/map.ts';
import { Double, isInt, UInt } from '../value/numbers.ts';
import { Optional } from '../value/optional.ts';
import { Duration, Timestamp } from '../value/time.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName, TypeValue } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';

/** Whether an overload takes these arguments, by what shows at run time: of a list the first item counts. */
export function accepts(overload: Overload, args: readonly Value[]): boolean {
  for (let index = 0; index < args.length; index++) {
    const type = overload.args[index];
    if (type !== undefined && !isOf(args[index] ?? null, type)) return false;
  }
  return true;
}

function isOf(value: Value, type: CelType): boolean {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string';
    case 'int':
      return isInt(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'list':
      return value instanceof List && (value.length === 0 || isHeldOf(value.at(0), type.element));
    case 'map':
      return value instanceof CelMap && isMapOf(value, type);
    case 'double':
      return value instanceof Double;
    case 'uint':
      return value instanceof UInt;
    case 'bytes':
      return value instanceof Bytes;
    case 'timestamp':
      return value instanceof Timestamp;
    case 'duration':
      return value instanceof Duration;
    case 'null':
      return value === null;
    case 'type':
      return value instanceof TypeValue;
    case 'opaque':
      return type.name === 'optional_type' ? value instanceof Optional : runtimeName(typeOfValue(value)) === type.name;
    case 'object':
      return runtimeName(typeOfValue(value)) === type.name;
    default:
      return true;
  }
}

function isHeldOf(value: Result | undefined, type: CelType): boolean {
  return value !== undefined && !isError(value) && isOf(value, type);
}

function isMapOf(map: CelMap, type: MapType): boolean {
  // Most functions take maps of anything.
  if (type.key.kind === 'parameter' && type.value.kind === 'parameter') return true;
  const [key] = map.keys();
  return key === undefined || (isOf(key, type.key) && isHeldOf(map.find(key), type.value));
}
