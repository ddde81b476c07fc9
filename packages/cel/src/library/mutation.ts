import { traversal } from '../cost/runtime-cost.ts';
import { type CelType, DYN, type Field, STRING } from '../types/type.ts';
import { noSuchOverload } from '../value/cel-error.ts';
import { declare, type Library } from './function.ts';

// What mutating policies build: objects of any shape, and operations of a JSON patch.

const ANY_FIELD = { get: (name: string): Field => ({ name, type: DYN }) };
const PATCH_FIELDS: ReadonlyMap<string, Field> = new Map([
  ['op', { name: 'op', type: STRING }],
  ['path', { name: 'path', type: STRING }],
  ['from', { name: 'from', type: STRING }],
  ['value', { name: 'value', type: DYN }],
]);

/** `JSONPatch`, `Object`, `Object.spec`, …; objects have whatever fields they are given. */
export function mutationType(name: string): CelType | undefined {
  if (name === 'JSONPatch') return { kind: 'object', name, fields: PATCH_FIELDS };
  return name === 'Object' || name.startsWith('Object.') ? { kind: 'object', name, fields: ANY_FIELD } : undefined;
}

/** Keys of JSON pointers. */
export function jsonPatch(): Library {
  return {
    functions: [
      declare(
        'jsonpatch.escapeKey',
        [
          [
            'string_jsonpatch_escapeKey_string',
            '(string): string',
            ([key = null]) => (typeof key === 'string' ? key.replaceAll('~', '~0').replaceAll('/', '~1') : noSuchOverload()),
          ],
        ],
        ([key]) => traversal(key),
      ),
    ],
  };
}
