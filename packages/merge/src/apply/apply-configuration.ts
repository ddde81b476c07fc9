import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { mergeTyped } from './merge-typed.ts';
import { own } from './shape.ts';
import { assertValid } from './validate.ts';

/**
 * An object with an apply configuration laid over it, as a MutatingAdmissionPolicy does: by the type's topology, owned by nobody.
 * Lists and maps that are merged as a whole may not be in the configuration. Throws `invalid-value`, with the server's words.
 */
export function applyConfiguration(object: JsonObject, configuration: JsonObject, type: Topology): JsonObject {
  assertStep('failed to convert patch object to typed object', () => assertValid(configuration, type));
  const atomics = atomicPlaces(configuration, type, '');
  if (atomics.length > 0) {
    const places = atomics.join(', ');
    throw new MergeError('invalid-value', `invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${places}`);
  }
  assertStep('failed to convert original object to typed object', () => assertValid(object, type, { allowsDuplicates: true }));
  const merged = assertStep('failed to merge patch', () => mergeTyped(object, configuration, type));
  return isObject(merged) ? merged : object;
}

function assertStep<T>(step: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof MergeError)) throw cause;
    throw new MergeError(cause.code, `${step}: ${cause.message}`, { cause });
  }
}

/** As the server prints them: `.spec.template.spec.containers[0].args`. Members that the type does not name are not looked into. */
function atomicPlaces(value: JsonValue, type: Topology, path: string): readonly string[] {
  if (isObject(value) && type.map !== undefined) {
    const { map } = type;
    const below = Object.keys(value).flatMap((key) => {
      const field = map.fields.get(key);
      return field === undefined ? [] : atomicPlaces(own(value, key) ?? null, field.type, `${path}.${key}`);
    });
    return map.isAtomic ? [path, ...below] : below;
  }
  if (isArray(value) && type.list !== undefined) {
    const { list } = type;
    const below = value.flatMap((item, index) => atomicPlaces(item, list.item, `${path}[${index}]`));
    return list.kind === 'atomic' ? [path, ...below] : below;
  }
  return [];
}
