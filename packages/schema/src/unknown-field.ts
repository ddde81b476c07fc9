import type { FieldPath, Fix, JsonValue, Problem } from '@plumbline/core';
import { closest, toDotted } from '@plumbline/core';
import type { Walk } from './judge.ts';
import * as T from './type.ts';
import { advise, refuse } from './verdict.ts';

/** How far below a structure a misplaced field is looked for: `containers` in the spec of a Deployment is two below. */
const DEPTH = 3;

/** A field that the structure does not have: what it may have been meant to be, or where it belongs. */
export function judgeUnknown(key: string, value: Readonly<Record<string, JsonValue>>, type: T.Type, path: FieldPath, walk: Walk): void {
  const names = [...(type.fields?.keys() ?? [])].filter((name) => !Object.hasOwn(value, name));
  const near = closest(key, names);
  const isCase = near !== undefined && near.toLowerCase() === key.toLowerCase();
  const place = isCase ? undefined : placeOf(key, type, path, walk);
  const at: FieldPath = [...path, key];
  const end = place !== undefined ? `: it belongs in ${place}` : near !== undefined ? `, did you mean "${near}"?` : '';
  const message = `unknown field "${key}"${end}`;
  const fix: Fix | undefined =
    place !== undefined || near === undefined
      ? undefined
      : { title: `rename to ${near}`, safe: false, changes: [{ op: 'rename', path: at, key: near }] };
  const more: Partial<Problem> = { part: 'key', ...(fix ? { fix } : {}) };
  if (walk.dropsUnknown) advise(walk.verdict, 'schema/unknown-field', at, `${message}; the server drops it without a word`, more);
  else refuse(walk.verdict, 'schema/unknown-field', at, message, more);
}

/** Where a field of that name exists: in a structure above, else in one below. */
function placeOf(key: string, type: T.Type, path: FieldPath, walk: Walk): string | undefined {
  const name = (at: FieldPath): string => (at.length === 0 ? 'the root of the object' : toDotted(at));
  for (let index = walk.above.length - 1; index >= 0; index--) {
    const above = walk.above[index];
    if (above && above.type !== type && above.type.fields?.has(key)) return name(path.slice(0, above.depth));
  }
  let level: { type: T.Type; path: string[] }[] = [{ type, path: [] }];
  for (let depth = 0; depth < DEPTH; depth++) {
    const next: typeof level = [];
    for (const one of level) {
      for (const [field, source] of one.type.fields ?? []) {
        if (path.length === 0 && field === 'status') continue;
        const below = T.typeOf(source);
        const isList = below.code === T.LIST && below.item !== undefined;
        const inner = isList && below.item !== undefined ? T.typeOf(below.item) : below;
        const at = [...one.path, isList ? `${field}[]` : field];
        if (inner.fields?.has(key)) return `${path.length === 0 ? '' : `${toDotted(path)}.`}${at.join('.')}`;
        if (inner.code === T.OBJECT && !isList) next.push({ type: inner, path: at });
      }
    }
    level = next;
  }
  return undefined;
}
