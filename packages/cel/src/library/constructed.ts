import type { CelType } from '../types/type.ts';
import { BuiltStruct } from '../value/struct.ts';
import type { Result, Value } from '../value/value.ts';
import { messageNamed } from './protobuf.ts';

/** The value of `T{…}`. */
export function construct(type: CelType, name: string, fields: ReadonlyMap<string, Value>): Result {
  const message = messageNamed(name);
  if (message !== undefined) return message.create(fields);
  return new BuiltStruct(type, fields, (field) => defaultOf(name, field));
}

/** What a field gives that was not set. */
function defaultOf(name: string, field: string): Result {
  return name === 'JSONPatch' && field !== 'value' ? '' : null;
}
