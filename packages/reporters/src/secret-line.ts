import { isSecretText, type SecretMask } from '@plumbline/core';

const KEY_LINE = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s"'{[#&*!|>%@`-][^:{[]*?)\s*:(?=\s|$)(.*)$/;
const LONGEST = 2000;
const KNOWN_TOP = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable', 'data', 'stringData', 'items']);
const HIDDEN_IN_SECRET = new Set(['data', 'stringData', 'kubectl.kubernetes.io/last-applied-configuration']);

/**
 * One line of a file without secret values: the line itself where it holds none, `key: <secret N>` where it does, and
 * undefined where it cannot be told which part is secret. Works on text alone, as it must for files that do not parse.
 * Secret are the data of a Secret and the literals of a kustomization's secretGenerator.
 */
export function maskedLine(lines: readonly string[], line: number, isSecret: boolean, mask: SecretMask): string | undefined {
  const text = lines[line - 1];
  if (text === undefined) return undefined;
  const start = documentStart(lines, line - 1);
  const documentLines = lines.slice(start, documentEnd(lines, line - 1));
  const inSecret = isSecret || isSecretText(documentLines.join('\n'));
  const inGenerator = !inSecret && documentLines.some((other) => other.includes('secretGenerator'));
  if (!inSecret && !inGenerator) return text;
  // A line too long to be one that a person wrote is not taken apart.
  const keys = text.length > LONGEST ? undefined : keysAbove(lines, line - 1, start);
  if (keys === undefined) return undefined;
  const hidden = inSecret ? keys.some((key) => HIDDEN_IN_SECRET.has(key)) : keys.includes('secretGenerator') && keys.includes('literals');
  const match = KEY_LINE.exec(text);
  if (!hidden) return inSecret && keys.length <= 1 && !isKnownTopLine(text, match?.[2]) ? undefined : text;
  if (match === null) return undefined;
  const value = (match[3] ?? '').trim();
  if (value === '' || /^[|>][-+0-9]*$|^[{[]$/.test(value)) return text;
  if (inGenerator) return undefined;
  const head = text.slice(0, text.length - (match[3] ?? '').length);
  return `${head} ${mask.standIn(unquoted(value))}`;
}

/** At the margin of a Secret only what is known to be no value is shown: the text may be broken there. */
function isKnownTopLine(text: string, key: string | undefined): boolean {
  return key === undefined ? /^(---|\.\.\.|#|[[\]{}]?$)/.test(text.trim()) : KNOWN_TOP.has(unquoted(key)) || /^\s*- /.test(text);
}

/** The keys of the mappings that the line stands in, its own first; undefined in flow style, where indentation says nothing. */
function keysAbove(lines: readonly string[], at: number, start: number): string[] | undefined {
  const keys: string[] = [];
  let below = Number.POSITIVE_INFINITY;
  for (let index = at; index >= start && below > 0; index--) {
    const text = lines[index] ?? '';
    if (text.trim() === '' || /^\s*#/.test(text)) continue;
    if (text.length > LONGEST) return undefined;
    const match = KEY_LINE.exec(text);
    const indent = match === null ? text.length - text.trimStart().length : (match[1] ?? '').length;
    if (index === at && match === null) {
      // A list item, a block scalar's line or the end of a quoted one: its keys are the ones above with less indentation.
      if (/^\s*[{[]/.test(text)) return undefined;
      below = indent + (/^\s*- /.test(text) ? 1 : 0);
      continue;
    }
    if (indent >= below || match === null) continue;
    below = indent;
    keys.push(unquoted(match[2] ?? ''));
    const value = (match[3] ?? '').trim();
    // A brace that opens and does not close at once: what stands inside it is told by indentation only when it ends the line.
    if (/^[{[].+/.test(value) && value !== '{}' && value !== '[]') return undefined;
  }
  return keys;
}

function unquoted(text: string): string {
  const bare = text.replace(/,$/, '').trim();
  return /^(".*"|'.*')$/.test(bare) ? bare.slice(1, -1) : bare;
}

function documentStart(lines: readonly string[], at: number): number {
  for (let index = at; index > 0; index--) if (lines[index]?.startsWith('---')) return index;
  return 0;
}

function documentEnd(lines: readonly string[], at: number): number {
  for (let index = at + 1; index < lines.length; index++) if (lines[index]?.startsWith('---')) return index;
  return lines.length;
}
