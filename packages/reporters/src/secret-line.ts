import { isSecretKind, isSecretText, type SecretMask } from '@plumbline/core';

const KEY_LINE = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s"'{[#&*!|>%@`-][^:{[]*?)\s*:(?=\s|$)(.*)$/;
const LONGEST = 2000;
const KNOWN_TOP = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable', 'data', 'stringData', 'items']);
const SHOWN = new Set(['apiVersion', 'kind', 'type', 'name', 'namespace']);
const HIDDEN_IN_SECRET = new Set(['data', 'stringData', 'kubectl.kubernetes.io/last-applied-configuration']);
const SHOWN_OF_GENERATOR = new Set(['name', 'namespace', 'behavior', 'type', 'disableNameSuffixHash']);

/** What a line is shown for. */
export interface LineSubject {
  /** Of the resource; undefined where a finding is about text. */
  readonly kind?: string | undefined;
  /** The text could not be read: where its documents and its mappings end is not certain. */
  readonly isBroken?: boolean;
}

/**
 * One line of a file without secret values: the line itself where it holds none, `key: <secret N>` where it does, and
 * undefined where it cannot be told which part is secret. Works on text alone, as it must for files that do not parse.
 * Secret is all but the identity and the metadata of a Secret, and what a kustomization's secretGenerator is made of.
 */
export function maskedLine(lines: readonly string[], line: number, subject: LineSubject, mask: SecretMask): string | undefined {
  const text = lines[line - 1];
  if (text === undefined) return undefined;
  const { kind } = subject;
  const isSecret = kind !== undefined && isSecretKind(kind);
  // What is said of another object stands in that object. A pseudo kind's document may hold a Secret as a patch.
  if (kind !== undefined && !isSecret && !kind.includes('/')) return text;
  const { start, isSecretFile, ...document } = partOf(lines, line - 1);
  const isWhole = kind === undefined && (subject.isBroken === true || !document.hasKind);
  const inSecret = isSecret || (isWhole ? isSecretFile : document.isSecret);
  if (!inSecret && !document.isGenerator) return text;
  // A line too long to be one that a person wrote is not taken apart.
  const keys = text.length > LONGEST ? undefined : keysAbove(lines, line - 1, start);
  if (keys === undefined) return undefined;
  const match = KEY_LINE.exec(text);
  if (!inSecret) return generatorLine(text, keys, match);
  const hidden = keys.some((key) => HIDDEN_IN_SECRET.has(key));
  const inMetadata = !hidden && keys.includes('metadata');
  if (match === null) return inMetadata || isMark(text) ? text : undefined;
  const own = unquoted(match[2] ?? '');
  if (!hidden && keys.length <= 1 && !KNOWN_TOP.has(own) && !/^\s*- /.test(text)) return undefined;
  const value = (match[3] ?? '').trim();
  if (isOpening(value)) return text;
  if (!hidden && (inMetadata || SHOWN.has(own) || /^(true|false)$/.test(value))) return text;
  const head = text.slice(0, text.length - (match[3] ?? '').length);
  return `${head} ${mask.standIn(unquoted(value))}`;
}

/** Below `secretGenerator` names are shown, and the files that it reads. */
function generatorLine(text: string, keys: readonly string[], match: RegExpExecArray | null): string | undefined {
  if (!keys.includes('secretGenerator')) return text;
  if (match === null) return isMark(text) || keys[0] === 'files' || keys[0] === 'envs' ? text : undefined;
  const isName = SHOWN_OF_GENERATOR.has(unquoted(match[2] ?? '')) && !keys.includes('literals');
  return isName || isOpening((match[3] ?? '').trim()) ? text : undefined;
}

function isOpening(value: string): boolean {
  return value === '' || /^[|>][-+0-9]*$|^[{[]$/.test(value);
}

/** Whether a line is punctuation alone, or a comment of ours. */
function isMark(text: string): boolean {
  return /^\s*(?:---|\.\.\.|[[\]{}]?,?|#\s*plumbline-ignore.*)\s*$/.test(text);
}

/** One document among the lines. */
interface Part {
  readonly start: number;
  readonly hasKind: boolean;
  readonly isSecret: boolean;
  readonly declares: boolean;
  readonly isGenerator: boolean;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly isSecretFile: boolean;
}

// Found once a file, however many of its lines are shown.
const known = new WeakMap<readonly string[], Parts>();

function partOf(lines: readonly string[], at: number): Part & { readonly isSecretFile: boolean } {
  let found = known.get(lines);
  if (found === undefined) {
    const starts = [0, ...lines.flatMap((line, index) => (index > 0 && /^---(?:\s|$)/.test(line) ? [index] : []))];
    const parts = starts.map((start, index): Part => {
      const text = lines.slice(start, starts[index + 1]).join('\n');
      const declares = isSecretText(text);
      return {
        start,
        hasKind: /^\s*(?:- +)*["']?kind["']?\s*:/m.test(text),
        // What only names the kind, as a configuration does, is no object.
        isSecret: declares && /\b(?:apiVersion|data|stringData)\b/.test(text),
        declares,
        isGenerator: text.includes('secretGenerator'),
      };
    });
    found = { parts, isSecretFile: parts.some(({ declares }) => declares) };
    known.set(lines, found);
  }
  const { parts, isSecretFile } = found;
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { ...(parts[low] ?? { start: 0, hasKind: false, isSecret: false, declares: false, isGenerator: false }), isSecretFile };
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
