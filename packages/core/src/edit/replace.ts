import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonValue } from '../values/json.ts';
import { type Quote, renderAfterColon, renderFlow, renderItems, renderScalar } from './render-yaml.ts';
import type { OffsetEdit } from './text-map.ts';
import { colonOf, columnOf, dashOf, lastLineOf, type Writing } from './writing.ts';

/** Writes another value in place of the one at `path`. */
export function replaceEdit(writing: Writing, path: FieldPath, after: JsonValue): OffsetEdit | undefined {
  const { map } = writing;
  if (path.length === 0) return undefined;
  const span = writing.span(path);
  const old = map.text.slice(span.start, span.end);
  const parent = path.slice(0, -1);
  if (writing.isFlow(parent)) return old === '' ? undefined : { ...span, newText: renderFlow(after, writing.isJson) };
  const isShort = !isObject(after) && !isArray(after) ? true : Object.keys(after).length === 0;
  const isOldScalar = !isObject(writing.value(path)) && !isArray(writing.value(path));
  const isOneLine = old !== '' && !/[\r\n]/.test(old) && !/^[|>&!*]/.test(old);
  if (isShort && isOneLine && (isOldScalar || /^[[{]/.test(old))) {
    return { ...span, newText: isObject(after) || isArray(after) ? renderFlow(after, false) : renderScalar(after, quoteOf(old)) };
  }
  return replaceBlock(writing, path, after);
}

/** Everything behind the colon, or the dash, to the end of the block. */
function replaceBlock(writing: Writing, path: FieldPath, after: JsonValue): OffsetEdit | undefined {
  const { map, layout } = writing;
  if (typeof path[path.length - 1] === 'number') {
    const dash = dashOf(writing, path);
    if (dash === undefined) return undefined;
    const end = map.lineEnd(lastLineOf(writing, path, dash));
    return { start: dash, end, newText: renderItems([after], columnOf(map, dash), layout).trimStart() };
  }
  const colon = colonOf(writing, path);
  if (colon === undefined) return undefined;
  const start = writing.key(path).start;
  const end = map.lineEnd(lastLineOf(writing, path, start));
  const rest = map.text.slice(colon, map.lineEnd(map.lineOf(colon)));
  // An empty value keeps the comment that stands behind its colon.
  if (writing.value(path) === null && /^[ \t]*(?:#.*)?$/.test(rest) && map.lineOf(end) === map.lineOf(colon)) {
    const text = renderAfterColon(after, columnOf(map, start), layout);
    return text.startsWith(layout.newline) ? { start: end, end, newText: text } : { start: colon, end: colon, newText: text };
  }
  return { start: colon, end, newText: renderAfterColon(after, columnOf(map, start), layout) };
}

export function quoteOf(text: string): Quote {
  return text.startsWith('"') ? '"' : text.startsWith("'") ? "'" : '';
}
