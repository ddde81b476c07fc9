import { isArray, isObject, type JsonValue, stringify } from '../values/json.ts';

export type Quote = '"' | "'" | '';

// What a reader of YAML 1.1 may take for something other than text, whatever its case.
const KEYWORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
// Words, quantities whose suffix no reader takes for an exponent, and versions of three numbers or more.
const PLAIN =
  /^\d+(?:m|k|[KMGTP]i|[MGTP])$|^\d+(?:\.\d+){2,}(?:[+-][A-Za-z][\w.-]*)?$|^[A-Za-z_/](?:[\w./@%+=:-]*[\w./@%+=-])?(?: [\w./@%+=-]+)*$/;

/** A scalar as YAML text on one line, in the wished quotes where the value allows them. */
export function renderScalar(value: JsonValue, quote: Quote = ''): string {
  if (typeof value !== 'string') return stringify(value);
  if (quote === '' && PLAIN.test(value) && !KEYWORDS.test(value)) return value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters need the escapes that only double quotes have.
  if (quote === "'" && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Any value in flow style on one line; as JSON where `isJson`. */
export function renderFlow(value: JsonValue, isJson: boolean): string {
  if (isJson) return stringify(value);
  if (isArray(value)) return `[${value.map((item) => renderFlow(item, false)).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${renderFlowScalar(key)}: ${renderFlow(item, false)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return renderFlowScalar(value);
}

function renderFlowScalar(value: JsonValue): string {
  return renderScalar(value, typeof value === 'string' && /[:,]/.test(value) ? '"' : '');
}

/** How a document lays its lists out: at the key's own indentation, or deeper. */
export interface Layout {
  readonly newline: string;
  readonly listIndent: 0 | 2;
}

/** The text that follows `key:`, at `indent` of the key: ` value` on the line, or the block below it. */
export function renderAfterColon(value: JsonValue, indent: number, layout: Layout): string {
  if (isArray(value) && value.length > 0) return layout.newline + renderItems(value, indent + layout.listIndent, layout);
  if (isObject(value) && Object.keys(value).length > 0) return layout.newline + renderMembers(value, indent + 2, layout);
  return ` ${renderFlow(value, false)}`;
}

/** The lines of a mapping's members, without a final line break. */
export function renderMembers(value: JsonValue, indent: number, layout: Layout): string {
  if (!isObject(value)) return '';
  const pad = ' '.repeat(indent);
  return Object.entries(value)
    .map(([key, item]) => `${pad}${renderScalar(key)}:${renderAfterColon(item, indent, layout)}`)
    .join(layout.newline);
}

/** The lines of a list's items, without a final line break. */
export function renderItems(items: readonly JsonValue[], indent: number, layout: Layout): string {
  const pad = ' '.repeat(indent);
  return items
    .map((item) => {
      if (isObject(item) && Object.keys(item).length > 0) return `${pad}- ${renderMembers(item, indent + 2, layout).trimStart()}`;
      return `${pad}- ${renderFlow(item, false)}`;
    })
    .join(layout.newline);
}
