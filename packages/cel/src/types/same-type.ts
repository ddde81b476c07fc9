import type { CelType } from './type.ts';

/** Whether two types are one to the checker: sizes and formats do not count, a wrapper is what it wraps, objects are told apart by name. */
export function isSameType(a: CelType, b: CelType): boolean {
  if (a === b) return true;
  if (a.kind === 'wrapper') return isSameType(a.of, b);
  if (b.kind === 'wrapper') return isSameType(a, b.of);
  switch (a.kind) {
    case 'list':
      return b.kind === 'list' && isSameType(a.element, b.element);
    case 'map':
      return b.kind === 'map' && isSameType(a.key, b.key) && isSameType(a.value, b.value);
    case 'object':
      return b.kind === 'object' && a.name === b.name;
    case 'opaque':
      return b.kind === 'opaque' && a.name === b.name && areSameTypes(a.parameters, b.parameters);
    case 'type':
      if (b.kind !== 'type') return false;
      return a.of === undefined || b.of === undefined ? a.of === b.of : isSameType(a.of, b.of);
    case 'parameter':
      return b.kind === 'parameter' && a.name === b.name;
    default:
      return a.kind === b.kind;
  }
}

function areSameTypes(a: readonly CelType[], b: readonly CelType[]): boolean {
  return a.length === b.length && a.every((type, index) => isSameType(type, b[index] ?? type));
}
