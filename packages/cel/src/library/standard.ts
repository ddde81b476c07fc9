import { size } from '../eval/arithmetic.ts';
import { BOOL, BYTES, DOUBLE, DURATION, DYN, INT, listOf, mapOf, NULL, STRING, TIMESTAMP, TYPE, UINT } from '../types/type.ts';
import { noSuchOverload } from '../value/cel-error.ts';
import type { Value } from '../value/value.ts';
import { declare, type FunctionDeclaration, type Implementation, type Library, type OverloadText } from './function.ts';
import { matches } from './patterns.ts';

function onTexts(test: (text: string, part: string) => boolean): Implementation {
  return ([text = null, part = null]) => (typeof text === 'string' && typeof part === 'string' ? test(text, part) : noSuchOverload());
}

const sizeOf: Implementation = ([value = null]: readonly Value[]) => size(value);

function unguarded(name: string, overloads: readonly OverloadText[]): FunctionDeclaration {
  return declare(name, overloads, undefined, true);
}

/** The functions of the language itself, but for conversions and times. */
export function standard(): Library {
  return {
    functions: [
      unguarded('size', [
        ['size_bytes', '(bytes): int', sizeOf],
        ['bytes_size', 'bytes.(): int', sizeOf],
        ['size_list', '(list(A)): int', sizeOf],
        ['list_size', 'list(A).(): int', sizeOf],
        ['size_map', '(map(A, B)): int', sizeOf],
        ['map_size', 'map(A, B).(): int', sizeOf],
        ['size_string', '(string): int', sizeOf],
        ['string_size', 'string.(): int', sizeOf],
      ]),
      unguarded('contains', [['contains_string', 'string.(string): bool', onTexts((text, part) => text.includes(part))]]),
      unguarded('endsWith', [['ends_with_string', 'string.(string): bool', onTexts((text, part) => text.endsWith(part))]]),
      unguarded('startsWith', [['starts_with_string', 'string.(string): bool', onTexts((text, part) => text.startsWith(part))]]),
      unguarded('matches', [
        ['matches', '(string, string): bool', matches],
        ['matches_string', 'string.(string): bool', matches],
      ]),
    ],
    types: [BOOL, BYTES, DOUBLE, DURATION, INT, listOf(DYN), mapOf(DYN, DYN), NULL, STRING, TIMESTAMP, TYPE, UINT],
  };
}
