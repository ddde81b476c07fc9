import * as T from './type.ts';

export type { Field, Type } from './type.ts';

/** The codes of `Type.code` that tell how values compare. */
export const TypeCode = {
  QUANTITY: T.QUANTITY,
  TIME: T.TIME,
  MICRO_TIME: T.MICRO_TIME,
  BYTES: T.BYTES,
  ANY: T.ANY,
  OBJECT: T.OBJECT,
  MAP: T.MAP,
  LIST: T.LIST,
} as const;

/** The type of a member of an object; undefined where nothing names it. */
export function typeOfMember(type: T.Type, key: string): T.Type | undefined {
  const field = type.fields?.get(key) ?? (type.code === T.LIST ? undefined : type.item);
  return field === undefined ? undefined : T.typeOf(field);
}

/** The type of a list's items. */
export function typeOfItem(type: T.Type): T.Type | undefined {
  return type.item === undefined ? undefined : T.typeOf(type.item);
}
