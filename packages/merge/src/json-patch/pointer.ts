import { isArray, isObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';

/** The steps of a JSON pointer (RFC 6901), or what is wrong with it. */
export function readPointer(pointer: string): readonly string[] | { readonly problem: string } {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return { problem: `"${pointer}" is no JSON pointer: it must start with "/"` };
  if (/~(?![01])/.test(pointer)) return { problem: `"${pointer}" is no JSON pointer: "~" stands only in "~0" and "~1"` };
  return pointer.slice(1).split('/').map(unescaped);
}

export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function unescaped(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
}

/** The index that a step names in a list; undefined where it is none. Leading zeros, signs and exponents are not allowed. */
export function indexOf(step: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/.test(step) ? Number(step) : undefined;
}

/** What a step leads to; undefined where it leads nowhere. */
export function stepInto(value: JsonValue, step: string): JsonValue | undefined {
  if (isArray(value)) {
    const index = indexOf(step);
    return index === undefined ? undefined : value[index];
  }
  return isObject(value) ? own(value, step) : undefined;
}

export function lookUp(value: JsonValue, steps: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of steps) at = at === undefined ? undefined : stepInto(at, step);
  return at;
}

/** What becomes of the list or object that holds the last step of a path. Undefined says that the step has no place there. */
export type Edit = (holder: JsonValue, step: string) => JsonValue | undefined;

/** `value` with an edit made at the end of a path, which is not empty; copies only what leads there. Undefined where nothing does. */
export function editAt(value: JsonValue, steps: readonly string[], edit: Edit, depth = 0): JsonValue | undefined {
  const step = steps[depth] ?? '';
  if (depth === steps.length - 1) return edit(value, step);
  const below = stepInto(value, step);
  const edited = below === undefined ? undefined : editAt(below, steps, edit, depth + 1);
  return edited === undefined ? undefined : withChild(value, step, edited);
}

export function withChild(holder: JsonValue, step: string, child: JsonValue): JsonValue | undefined {
  if (isArray(holder)) {
    const index = indexOf(step);
    return index === undefined || index >= holder.length ? undefined : holder.with(index, child);
  }
  if (!isObject(holder)) return undefined;
  const copy: Record<string, JsonValue> = { ...holder };
  setMember(copy, step, child);
  return copy;
}
