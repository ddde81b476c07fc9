import { limitsHold } from './limits.ts';
import { isBase64, isDateTime, isInt64, isQuantity } from './scalar.ts';
import * as T from './type.ts';

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether there is nothing at all to say of a value: the hot path. False means "look closer" (`judge`), not "wrong":
 * any null, for one, is left to the slower walk.
 */
export function isPlain(value: unknown, type: T.Type): boolean {
  if (value === null) return type.isNullable || type.code === T.ANY || type.code === T.UNTYPED;
  if (type.limits !== undefined && !limitsHold(value, type, isPlain)) return false;
  switch (type.code) {
    case T.OBJECT:
      return isMap(value) && isPlainObject(value, type);
    case T.STRING: {
      if (typeof value !== 'string') return false;
      const values = type.facts?.values;
      return values === undefined || values.includes(value);
    }
    case T.LIST: {
      if (!Array.isArray(value)) return false;
      if (type.item !== undefined) {
        const item = type.item.type ?? T.typeOf(type.item);
        for (let index = 0; index < value.length; index++) if (!isPlain(value[index], item)) return false;
      }
      return value.length < 2 || type.list === undefined || type.list === 'atomic' || duplicates(value, type).length === 0;
    }
    case T.MAP: {
      if (!isMap(value)) return false;
      if (type.item === undefined) return true;
      const item = type.item.type ?? T.typeOf(type.item);
      for (const key in value) if (!isPlain(value[key], item)) return false;
      return true;
    }
    case T.INT32:
      return typeof value === 'number' && (value | 0) === value;
    case T.INT64:
      return isInt64(value);
    case T.BOOLEAN:
      return typeof value === 'boolean';
    case T.INT_OR_STRING:
      return typeof value === 'string' || (typeof value === 'number' && (value | 0) === value);
    case T.INT64_OR_STRING:
      return typeof value === 'string' || isInt64(value);
    case T.QUANTITY:
      return typeof value === 'string' ? isQuantity(value) : typeof value === 'number' || typeof value === 'bigint';
    case T.NUMBER:
      return typeof value === 'number' || typeof value === 'bigint';
    case T.TIME:
      return typeof value === 'string' && isDateTime(value);
    case T.MICRO_TIME:
      return typeof value === 'string' && isDateTime(value, true);
    case T.BYTES:
      return typeof value === 'string' && isBase64(value);
    case T.RAW:
      return isMap(value);
    case T.SCHEMA_OR_BOOLEAN:
      return typeof value === 'boolean' || (isMap(value) && isPlain(value, itemOf(type)));
    case T.SCHEMA_OR_LIST:
      return isMap(value) ? isPlain(value, itemOf(type)) : Array.isArray(value) && value.every((one) => isPlain(one, itemOf(type)));
    case T.SCHEMA_OR_STRINGS:
      return isMap(value) ? isPlain(value, itemOf(type)) : Array.isArray(value) && value.every((one) => typeof one === 'string');
    case T.UNTYPED:
      return isPlainUntyped(value, type);
    default:
      return true;
  }
}

function isPlainObject(value: Record<string, unknown>, type: T.Type): boolean {
  const { fields, required } = type;
  for (const key in value) {
    const field = fields?.get(key) ?? type.item;
    if (field === undefined) {
      if (type.isOpen) continue;
      return false;
    }
    if (!isPlain(value[key], field.type ?? T.typeOf(field))) return false;
  }
  for (let index = 0; index < required.length; index++) {
    const one = value[required[index] ?? ''];
    // A function is a member of every object's prototype.
    if (one === undefined || typeof one === 'function') return false;
    // Empty counts as missing, for built-in types.
    if (type.name !== '' && (one === '' || one === 0 || (Array.isArray(one) && one.length === 0))) return false;
  }
  return true;
}

function isPlainUntyped(value: unknown, type: T.Type): boolean {
  if (isMap(value)) return isPlainObject(value, type);
  if (Array.isArray(value) && type.item !== undefined) return value.every((one) => isPlain(one, itemOf(type)));
  return true;
}

export function itemOf(type: T.Type): T.Type {
  return type.item === undefined ? T.createType(T.ANY) : T.typeOf(type.item);
}

/** Indexes of items of a `set` or `map` list that an earlier item equals, with the earlier one's. */
export function duplicates(
  items: readonly unknown[],
  type: T.Type,
): { readonly index: number; readonly first: number; readonly name: string }[] {
  const found: { index: number; first: number; name: string }[] = [];
  const seen = new Map<unknown, number>();
  const item = type.list === 'map' ? itemOf(type) : undefined;
  for (let index = 0; index < items.length; index++) {
    const name = item === undefined ? scalarName(items[index]) : keyName(items[index], type.keys, item);
    if (name === undefined) continue;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else found.push({ index, first, name: String(name) });
  }
  return found;
}

function scalarName(value: unknown): unknown {
  return typeof value === 'object'
    ? value === null
      ? undefined
      : JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one))
    : value;
}

/** One string that names the item by its keys; undefined where a key is missing and has no default. */
function keyName(value: unknown, keys: readonly string[], item: T.Type): unknown {
  if (!isMap(value)) return undefined;
  if (keys.length === 1) return scalarName(keyValue(value, keys[0] ?? '', item));
  let name = '';
  for (const key of keys) {
    const part = keyValue(value, key, item);
    if (part === undefined || part === null) return undefined;
    name += name === '' ? String(part) : `, ${String(part)}`;
  }
  return name;
}

function keyValue(value: Record<string, unknown>, key: string, item: T.Type): unknown {
  if (Object.hasOwn(value, key)) return value[key];
  const field = item.fields?.get(key);
  const preset = field === undefined ? undefined : T.typeOf(field).facts?.default;
  return preset === undefined ? undefined : JSON.parse(preset);
}
