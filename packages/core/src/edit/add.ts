import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '../values/json.ts';
import { renderAfterColon, renderFlow, renderItems, renderScalar } from './render-yaml.ts';
import { replaceEdit } from './replace.ts';
import type { OffsetEdit } from './text-map.ts';
import { columnOf, dashOf, lastLineOf, type Writing } from './writing.ts';

/** Writes a new member or item into the collection that holds `path`. */
export function addEdit(writing: Writing, path: FieldPath, after: JsonValue): OffsetEdit | undefined {
  const parent = path.slice(0, -1);
  const step = path[path.length - 1];
  if (step === undefined) return undefined;
  const at = writing.value(parent);
  if (isObject(at) && Object.hasOwn(at, String(step))) return replaceEdit(writing, path, after);
  if (at === null && typeof step === 'string') return replaceEdit(writing, parent, single(step, after));
  if (!isObject(at) && !isArray(at)) return undefined;
  const siblings = writing.children(parent);
  if (siblings.length === 0) return intoEmpty(writing, parent, step, after);
  if (writing.isFlow(parent)) return intoFlow(writing, parent, step, after);
  return isArray(at) ? intoList(writing, parent, at.length, step, after) : intoMapping(writing, parent, String(step), after);
}

function single(key: string, value: JsonValue): JsonObject {
  const object: Record<string, JsonValue> = {};
  setMember(object, key, value);
  return object;
}

function intoEmpty(writing: Writing, parent: FieldPath, step: string | number, after: JsonValue): OffsetEdit {
  const whole = isArray(writing.value(parent)) ? [after] : single(String(step), after);
  return { ...writing.span(parent), newText: renderFlow(whole, writing.isJson) };
}

function intoFlow(writing: Writing, parent: FieldPath, step: string | number, after: JsonValue): OffsetEdit | undefined {
  const { map, isJson } = writing;
  const children = writing.children(parent);
  const last = children[children.length - 1];
  if (last === undefined || (typeof step === 'number' && step !== children.length)) return undefined;
  const key = typeof step === 'number' || step === '-' ? '' : `${isJson ? JSON.stringify(step) : renderScalar(step)}: `;
  const end = writing.span(last.path).end;
  const lineStart = map.lineStart(map.lineOf(last.start));
  const before = map.text.slice(lineStart, last.start);
  // One member a line stays one member a line.
  const gap = before.trim() === '' && children.length > 0 ? `,${writing.layout.newline}${before}` : ', ';
  return { start: end, end, newText: `${gap}${key}${renderFlow(after, isJson)}` };
}

function intoMapping(writing: Writing, parent: FieldPath, key: string, after: JsonValue): OffsetEdit | undefined {
  const { map, layout } = writing;
  const children = writing.children(parent);
  // Beside the name is where people look for the namespace.
  const beside = key === 'namespace' ? children.find((child) => child.path[child.path.length - 1] === 'name') : undefined;
  const sibling = beside ?? children[children.length - 1];
  if (sibling === undefined) return undefined;
  const end = map.lineEnd(lastLineOf(writing, sibling.path, sibling.start));
  const indent = columnOf(map, sibling.start);
  return {
    start: end,
    end,
    newText: `${layout.newline}${' '.repeat(indent)}${renderScalar(key)}:${renderAfterColon(after, indent, layout)}`,
  };
}

function intoList(writing: Writing, parent: FieldPath, length: number, step: string | number, after: JsonValue): OffsetEdit | undefined {
  const { map, layout } = writing;
  const index = step === '-' ? length : step;
  if (typeof index !== 'number' || index > length) return undefined;
  const neighbour = [...parent, index === length ? index - 1 : index];
  const dash = dashOf(writing, neighbour);
  if (dash === undefined) return undefined;
  const item = renderItems([after], columnOf(map, dash), layout);
  if (index < length) {
    const start = map.lineStart(map.lineOf(dash));
    return map.text.slice(start, dash).trim() === '' ? { start, end: start, newText: item + layout.newline } : undefined;
  }
  const end = map.lineEnd(lastLineOf(writing, neighbour, dash));
  return { start: end, end, newText: layout.newline + item };
}
