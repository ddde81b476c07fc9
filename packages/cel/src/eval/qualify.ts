import { Bytes } from '../value/bytes.ts';
import { CelError, isError } from '../value/cel-error.ts';
import { formatValue } from '../value/format-value.ts';
import { JsonMap, JsonStruct, ownMember } from '../value/json.ts';
import { List } from '../value/list.ts';
import { CelMap } from '../value/map.ts';
import { Double, isInt, isNumeric, UInt } from '../value/numbers.ts';
import { Struct } from '../value/struct.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';
import type { Context } from './context.ts';
import type { Qualifier, Step } from './plan.ts';

/** `.name` */
export class FieldQualifier implements Qualifier {
  readonly node: number;
  readonly isOptional: boolean;
  readonly name: string;

  constructor(node: number, name: string, isOptional: boolean) {
    this.node = node;
    this.name = name;
    this.isOptional = isOptional;
  }

  apply(context: Context, from: Value): Result {
    context.charge(1);
    const found = from instanceof JsonMap || from instanceof JsonStruct ? from.member(this.name) : findIn(from, this.name);
    if (found === undefined) return missing(this.node, from, this.name);
    return isError(found) ? at(this.node, found) : found;
  }

  find(context: Context, from: Value): Result | undefined {
    return charged(context, findIn(from, this.name), this.node);
  }

  isIn(from: Value): boolean | CelError {
    if (from instanceof JsonMap && from.isDynamic) return ownMember(from.json, this.name) !== undefined;
    const found = findIn(from, this.name);
    return isError(found) ? at(this.node, found) : found !== undefined;
  }
}

/** `[i]`, of an index that is known or computed. */
export class IndexQualifier implements Qualifier {
  readonly node: number;
  readonly isOptional: boolean;
  private readonly index: Step;

  constructor(node: number, index: Step, isOptional: boolean) {
    this.node = node;
    this.index = index;
    this.isOptional = isOptional;
  }

  apply(context: Context, from: Value): Result {
    const key = keyOf(this.index(context));
    context.charge(1);
    if (isError(key)) return at(this.node, key);
    const found = findIn(from, key);
    if (found === undefined) return missing(this.node, from, key);
    return isError(found) ? at(this.node, found) : found;
  }

  find(context: Context, from: Value): Result | undefined {
    const key = keyOf(this.index(context));
    return charged(context, isError(key) ? key : findIn(from, key), this.node);
  }
}

/** What is not there costs nothing where that is no error. */
function charged(context: Context, found: Result | undefined, node: number): Result | undefined {
  if (found === undefined) return undefined;
  if (isError(found)) return at(node, found);
  context.charge(1);
  return found;
}

function at(node: number, error: CelError): CelError {
  error.node ??= node;
  return error;
}

/** Keys and indexes are texts, numbers and booleans. */
export function keyOf(key: Result): Result {
  if (typeof key === 'string' || typeof key === 'boolean' || isNumeric(key) || isError(key)) return key;
  return new CelError(`invalid qualifier type: ${key === null ? 'types.Null' : key instanceof Bytes ? 'types.Bytes' : goName(key)}`);
}

function goName(value: Value): string {
  return value instanceof List ? 'types.List' : value instanceof CelMap ? 'types.Map' : runtimeName(typeOfValue(value));
}

/** The value under a key or index; undefined where there is none. */
export function findIn(from: Value, key: Value): Result | undefined {
  if (from instanceof CelMap) return from.find(key);
  if (from instanceof List) {
    const index = indexOf(key);
    if (isError(index)) return index;
    return index >= 0 && index < from.length ? from.at(index) : undefined;
  }
  if (from instanceof Struct && typeof key === 'string') return from.field(key);
  return undefined;
}

function missing(node: number, from: Value, key: Value): Result {
  if (from instanceof List) return at(node, new CelError(`index out of bounds: ${formatValue(key)}`));
  if (!(from instanceof Struct && typeof key === 'string')) return at(node, new CelError(`no such key: ${formatValue(key)}`));
  const absent = from.absent(key);
  return isError(absent) ? at(node, absent) : absent;
}

/** A whole number of any type. */
export function indexOf(key: Value): number | CelError {
  if (isInt(key)) return Number(key);
  if (key instanceof UInt) return Number(key.value);
  if (key instanceof Double) return Number.isInteger(key.value) ? key.value : new CelError(`unsupported index value ${key.value} in list`);
  return new CelError(`unsupported index type '${runtimeName(typeOfValue(key))}' in list`);
}
