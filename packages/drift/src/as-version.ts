import { apiVersionOf, isArray, isObject, type JsonObject, type JsonValue, member, type Resource } from '@plumbline/core';
import { type Type, TypeCode, typeOfItem, typeOfMember } from '@plumbline/schema';
import type { KindPorts } from './object-drift.ts';

/**
 * A live custom resource in the version that the source writes, where a server changes nothing but the apiVersion and neither version would have
 * dropped a field of the other side; undefined where that is not sure.
 */
export function asVersionOf(desired: Resource, actual: Resource, ports: KindPorts): JsonObject | undefined {
  if (ports.isRelabelled?.(desired.gvk, actual.gvk.version) !== true) return undefined;
  const live = { ...actual.object, apiVersion: apiVersionOf(desired.gvk) };
  const [wanted, there] = [ports.typeOf(live), ports.typeOf(actual.object)];
  if (wanted === undefined || there === undefined) return undefined;
  return holdsAll(wanted.type, live) && holdsAll(there.type, desired.object) ? live : undefined;
}

const OF_ALL = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function holdsAll(type: Type, object: JsonObject): boolean {
  return Object.keys(object).every((key) => OF_ALL.has(key) || holds(typeOfMember(type, key), member(object, key)));
}

function holds(type: Type | undefined, value: JsonValue | undefined): boolean {
  if (type === undefined) return false;
  if (type.code === TypeCode.ANY) return true;
  if (isArray(value)) return value.every((item) => holds(typeOfItem(type), item));
  // An open structure keeps what it does not know.
  const isKept = (key: string, own: JsonValue | undefined): boolean => {
    const inner = typeOfMember(type, key);
    return inner === undefined ? type.isOpen : holds(inner, own);
  };
  if (isObject(value)) return Object.keys(value).every((key) => isKept(key, value[key]));
  return true;
}
