import { isError } from './cel-error.ts';
import { List } from './list.ts';
import { CelMap } from './map.ts';
import { BuiltStruct } from './struct.ts';
import type { Value } from './value.ts';

/**
 * What is wrong with the names of constructed objects: the object in field `spec` of an `Object` is an `Object.spec`, and so on down;
 * lists and maps between them do not count. In the server's words, in order.
 */
export function typeNameFaults(value: Value): readonly string[] {
  return value instanceof BuiltStruct ? faultsOf(value, nameOf(value)) : [];
}

function faultsOf(value: Value, expected: string): readonly string[] {
  if (value instanceof BuiltStruct) {
    const name = nameOf(value);
    const own =
      name === expected
        ? []
        : [
            `unexpected type name ${JSON.stringify(name)}, expected ${JSON.stringify(expected)}, which matches field name path from root Object type`,
          ];
    return [...own, ...[...value.fields].flatMap(([key, field]) => faultsOf(field, `${expected}.${key}`))];
  }
  if (value instanceof List)
    return Array.from({ length: value.length }, (_, index) => value.at(index)).flatMap((item) =>
      isError(item) ? [] : faultsOf(item, expected),
    );
  if (value instanceof CelMap)
    return value.keys().flatMap((key) => {
      const item = value.find(key);
      return item === undefined || isError(item) ? [] : faultsOf(item, expected);
    });
  return [];
}

function nameOf({ type }: BuiltStruct): string {
  return type.kind === 'object' || type.kind === 'opaque' ? type.name : type.kind;
}
