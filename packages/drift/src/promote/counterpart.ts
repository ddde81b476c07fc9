import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import { type Type, typeOfItem, typeOfMember } from '@plumbline/schema';

/** The value of one object at the place of another: items of keyed lists and sets by what they are called, others by their index. Undefined where there is none. */
export function counterpartOf(object: JsonObject, path: FieldPath, other: JsonObject, type: Type | undefined): JsonValue | undefined {
  let [here, there]: [JsonValue | undefined, JsonValue | undefined] = [object, other];
  let at = type;
  for (const step of path) {
    if (isArray(here) && typeof step === 'number') {
      const item: JsonValue | undefined = here[step];
      there = isArray(there) ? itemLike(item, there, step, at) : undefined;
      here = item;
      at = at === undefined ? undefined : typeOfItem(at);
    } else {
      here = member(here, String(step));
      there = member(there, String(step));
      at = at === undefined ? undefined : typeOfMember(at, String(step));
    }
    if (there === undefined) return undefined;
  }
  return there;
}

function itemLike(item: JsonValue | undefined, list: readonly JsonValue[], index: number, type: Type | undefined): JsonValue | undefined {
  if (type?.list !== 'map' && type?.list !== 'set') return list[index];
  const keyOf = (one: JsonValue | undefined): string =>
    stringify(type.list === 'set' || !isObject(one) ? (one ?? null) : type.keys.map((key) => member(one, key) ?? null));
  return list.find((one) => keyOf(one) === keyOf(item));
}
