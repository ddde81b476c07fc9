import { type FieldPath, isArray, isObject, type JsonValue, stringify } from '@plumbline/core';

/** What to write behind the line of a field, without the sign of a comment; undefined for nothing. */
export type NoteOf = (path: FieldPath) => string | undefined;

/**
 * A value as a YAML document in the layout of `kustomize build`: keys in order, lists at the indentation of their key.
 * Ends in a line break. What it gives is read as the same value by YAML 1.1 and 1.2 alike.
 */
export function manifestText(value: JsonValue, noteOf: NoteOf = () => undefined): string {
  const lines: string[] = [];
  const put = (text: string, path: FieldPath): void => {
    const note = noteOf(path);
    lines.push(note === undefined ? text : `${text} # ${note}`);
  };
  if (isObject(value) && Object.keys(value).length > 0) members(value, '', [], put, lines);
  else if (isArray(value) && value.length > 0) items(value, '', [], put, lines);
  else lines.push(inline(value));
  return `${lines.join('\n')}\n`;
}

type Put = (text: string, path: FieldPath) => void;

function members(value: JsonValue, pad: string, path: FieldPath, put: Put, lines: string[], first?: string): void {
  if (!isObject(value)) return;
  let lead = first ?? pad;
  for (const key of Object.keys(value).sort()) {
    after(`${lead}${scalar(key)}:`, value[key] ?? null, pad, [...path, key], put, lines);
    lead = pad;
  }
}

function items(value: JsonValue, pad: string, path: FieldPath, put: Put, lines: string[]): void {
  if (!isArray(value)) return;
  for (const [index, item] of value.entries()) {
    const here = [...path, index];
    if (isObject(item) && Object.keys(item).length > 0) members(item, `${pad}  `, here, put, lines, `${pad}- `);
    else if (isArray(item) && item.length > 0) {
      put(`${pad}-`, here);
      items(item, `${pad}  `, here, put, lines);
    } else after(`${pad}-`, item, pad, here, put, lines);
  }
}

/** `lead` and what follows it: on the same line, or as a block below. */
function after(lead: string, value: JsonValue, pad: string, path: FieldPath, put: Put, lines: string[]): void {
  if (isObject(value) && Object.keys(value).length > 0) {
    put(lead, path);
    members(value, `${pad}  `, path, put, lines);
  } else if (isArray(value) && value.length > 0) {
    put(lead, path);
    items(value, pad, path, put, lines);
  } else if (typeof value === 'string' && isBlock(value)) {
    const end = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : '';
    put(`${lead} |${end}`, path);
    const text = value.endsWith('\n') ? value.slice(0, -1) : value;
    for (const line of text.split('\n')) lines.push(line === '' ? '' : `${pad}  ${line}`);
  } else put(`${lead} ${inline(value)}`, path);
}

function inline(value: JsonValue): string {
  if (isArray(value)) return '[]';
  if (isObject(value)) return '{}';
  return scalar(value);
}

/** Several lines that stand in a literal block as they are: nothing to escape, and a first line that shows the indentation. */
function isBlock(text: string): boolean {
  return text.includes('\n') && !/^[\s]/.test(text) && !/[^\S\n]$/m.test(text) && !UNPRINTABLE.test(text.replaceAll('\n', ''));
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what needs the escapes that only double quotes have.
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
// What some reader of YAML takes for another type than text.
const WORD = /^(?:~|null|true|false|y|n|yes|no|on|off|<<|=|[-+]?\.(?:inf|nan))$/i;
const NUMBER =
  /^[-+]?(?:\d[\d_]*|0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.[\d_]+)(?:e[-+]?\d+)?|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?)$/i;
const TIME = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/;
const NOT_PLAIN = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`]|---|\.\.\.)|:(?:\s|$)|\s#|^\s|\s$/;

function scalar(value: JsonValue): string {
  if (typeof value !== 'string') return stringify(value);
  if (value === '' || WORD.test(value) || NUMBER.test(value) || TIME.test(value)) return JSON.stringify(value);
  if (UNPRINTABLE.test(value)) {
    return JSON.stringify(value).replace(
      /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  return NOT_PLAIN.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}
