import type { FieldPath, Fix, JsonValue } from '@plumbline/core';
import { closest } from '@plumbline/core';
import type { Walk } from './judge.ts';
import { judgeLimits } from './judge-limits.ts';
import { isLeftToLater } from './placeholder.ts';
import { isInteger } from './scalar.ts';
import { isChoiceEnforced } from './server-facts.ts';
import * as T from './type.ts';
import { quote, refuse, skip } from './verdict.ts';
import type { Written } from './written.ts';

export const PLACEHOLDER_REASON = 'the value has a variable that is filled in later';

/** A value that its scalar type does not take, or a value of the wrong shape altogether. */
export function judgeScalar(value: JsonValue, type: T.Type, path: FieldPath, walk: Walk): void {
  if (typeof value === 'string' && isLeftToLater(value, walk.verdict)) {
    skip(walk.verdict, 'schema/wrong-type', PLACEHOLDER_REASON);
    return;
  }
  const format = brokenFormat(value, type, shown(value, path, walk));
  if (format !== undefined) {
    refuse(walk.verdict, 'schema/format', path, format);
    return;
  }
  if (isOfType(value, type)) {
    if (type.facts?.values !== undefined && isCompared(path, walk)) judgeChoice(value, type.facts.values, path, walk);
    if (type.limits !== undefined) judgeLimits(value, type.limits, path, walk);
    return;
  }
  if (isHidden(path, walk)) {
    refuse(walk.verdict, 'schema/wrong-type', path, `${shown(value, path, walk)} is not ${T.nameOf(type)}`);
    return;
  }
  const written = type.code === T.STRING && typeof value !== 'object' && typeof value !== 'string' ? walk.writtenAt?.(path) : undefined;
  const fix = written === undefined ? fixOf(value, type, path) : quotes(written);
  const text =
    written === undefined || written.text === String(value)
      ? shown(value, path, walk)
      : `${written.text}, which YAML reads as ${shown(value, path, walk)},`;
  refuse(walk.verdict, 'schema/wrong-type', path, `${text} is not ${T.nameOf(type)}`, fix === undefined ? {} : { fix });
}

function isOfType(value: JsonValue, type: T.Type): boolean {
  switch (type.code) {
    case T.STRING:
      return typeof value === 'string';
    case T.TIME:
    case T.MICRO_TIME:
      return typeof value === 'string';
    case T.BYTES:
      // Go takes a list of numbers for bytes as well.
      return typeof value === 'string' || Array.isArray(value);
    case T.INT32:
    case T.INT64:
      return isInteger(value);
    case T.NUMBER:
      return typeof value === 'number' || typeof value === 'bigint';
    case T.BOOLEAN:
      return typeof value === 'boolean';
    case T.INT_OR_STRING:
    case T.INT64_OR_STRING:
      return typeof value === 'string' || isInteger(value);
    case T.QUANTITY:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
    default:
      return false;
  }
}

/** What is wrong with a value of the right type but the wrong form; only asked of values that `isPlain` refused. */
function brokenFormat(value: JsonValue, type: T.Type, text: string): string | undefined {
  if (!isOfType(value, type)) return undefined;
  switch (type.code) {
    case T.TIME:
      return `${text} is no date and time such as "2026-01-31T12:00:00Z"`;
    case T.MICRO_TIME:
      return `${text} is no date and time with microseconds such as "2026-01-31T12:00:00.000000Z"`;
    case T.BYTES:
      return typeof value === 'string' ? `${text} is not base64` : undefined;
    case T.QUANTITY:
      return `${text} is no quantity`;
    case T.INT32:
    case T.INT_OR_STRING:
      return typeof value === 'string' || (typeof value === 'number' && (value | 0) === value)
        ? undefined
        : `${text} does not fit in 32 bits`;
    case T.INT64_OR_STRING:
      return typeof value === 'string' ? undefined : `${text} does not fit in 64 bits`;
    case T.INT64:
      return type.limits === undefined ? `${text} does not fit in 64 bits` : undefined;
    default:
      return undefined;
  }
}

function isCompared(path: FieldPath, walk: Walk): boolean {
  const owner = walk.above.at(-1);
  const field = path[owner?.depth ?? 0];
  return owner === undefined || typeof field !== 'string' || isChoiceEnforced(owner.type.name, field);
}

function judgeChoice(value: JsonValue, values: readonly string[], path: FieldPath, walk: Walk): void {
  // The empty string stands for the default; a name with a slash may be somebody's own.
  if (typeof value !== 'string' || value === '' || value.includes('/') || walk.formOnly || values.includes(value)) return;
  const near = closest(value, values);
  const list = values.filter((one) => one !== '').join(', ');
  if (near === undefined) {
    refuse(walk.verdict, 'schema/invalid', path, `${shown(value, path, walk)} is none of ${list}`);
    return;
  }
  const fix: Fix = {
    title: `write ${near}`,
    safe: near.toLowerCase() === value.toLowerCase(),
    changes: [{ op: 'replace', path, before: value, after: near }],
  };
  refuse(walk.verdict, 'schema/enum-case', path, `${shown(value, path, walk)} is none of ${list}, did you mean "${near}"?`, { fix });
}

/** The contents of a Secret appear in no message and in no fix. */
function isHidden(path: FieldPath, walk: Walk): boolean {
  return walk.hidesValues === true && (path[0] === 'data' || path[0] === 'stringData');
}

function shown(value: JsonValue, path: FieldPath, walk: Walk): string {
  return isHidden(path, walk) ? 'the value' : quote(value);
}

/** Quotes around what is written: the only reading of it as text. */
function quotes({ text, range }: Written): Fix {
  return { title: 'put quotes around it', safe: true, edits: [{ ...range, newText: `"${text}"` }] };
}

/** A change of quotes, where nothing but the quotes can be what is wrong. */
function fixOf(value: JsonValue, type: T.Type, path: FieldPath): Fix | undefined {
  const replace = (title: string, after: JsonValue, safe: boolean): Fix => ({
    title,
    safe,
    changes: [{ op: 'replace', path, before: value, after }],
  });
  if (type.code === T.STRING && (typeof value === 'number' || typeof value === 'bigint')) {
    // A fraction or an exponent may be written otherwise than it is read (1.10), so that quoting needs a look.
    return replace('quote the number', String(value), isInteger(value));
  }
  if (type.code === T.STRING && typeof value === 'boolean') return replace('quote the word', String(value), false);
  if (typeof value !== 'string') return undefined;
  if ((type.code === T.INT32 || type.code === T.INT64 || type.code === T.NUMBER) && /^(?:0|-?[1-9]\d{0,14})$/.test(value))
    return replace('remove the quotes', Number(value), true);
  if (type.code === T.BOOLEAN && (value === 'true' || value === 'false')) return replace('remove the quotes', value === 'true', true);
  return undefined;
}
