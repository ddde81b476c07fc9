import { addTo } from '@plumbline/core';
import { fitOf, linesOfTemplate, prints, type TemplateLine, WEAK } from './template-lines.ts';

/** Where a rendered line comes from: the template's line that it stands in, or one before it whose action printed it among others. */
export interface LineOrigin {
  readonly line: TemplateLine;
  readonly isOwn: boolean;
}

/** A template made ready for many documents. */
export interface TemplateIndex {
  readonly lines: readonly TemplateLine[];
  /** Lines without actions, by their text; indexes. */
  readonly literal: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
  /** What a line prints beside its text, where that is known, by index. */
  readonly expected: ReadonlyMap<number, string>;
}

export function indexTemplate(text: string, valueIn: (line: TemplateLine) => string | undefined = () => undefined): TemplateIndex {
  const lines = linesOfTemplate(text);
  const expected = new Map<number, string>();
  const literal = new Map<string, number[]>();
  const others: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.parts.some(({ action }) => action !== undefined)) {
      others.push(at);
      const value = valueIn(line);
      if (value !== undefined) expected.set(at, value);
      continue;
    }
    const key = line.text.trim();
    addTo(literal, key, at);
  }
  return { lines, literal, others, expected };
}

const MAX_STATES = 40;
const MAX_CANDIDATES = 80;
const LEFT_OUT = 2;
const BACK = 4;
const OTHER_DOCUMENT = 12;
/** For a line that prints a known value: the rendered line has it, or has not. */
const EXPECTED = 6;
const UNEXPECTED = -4;

interface State {
  readonly score: number;
  /** Index of the template's line that the last rendered line stood in; -1 before the first. */
  readonly at: number;
  readonly taken: boolean;
  readonly before: State | undefined;
}

/**
 * Finds for each rendered line the template's line that printed it. Lines mostly keep their order, except where a `range` goes round
 * again; what has no line of its own comes from an action before it (`include`, `toYaml`).
 */
export function align(rendered: readonly string[], index: TemplateIndex): readonly (LineOrigin | undefined)[] {
  const { lines: template } = index;
  const documentOf: number[] = [];
  let documents = 0;
  for (const { text } of template) documentOf.push(text.startsWith('---') ? ++documents : documents);
  let states: State[] = [{ score: 0, at: -1, taken: false, before: undefined }];
  for (const text of rendered) states = step(states, candidatesOf(text, index), documentOf);
  const best = states.reduce((a, b) => (b.score > a.score ? b : a));
  const found: number[] = new Array(rendered.length).fill(-1);
  let state: State | undefined = best;
  for (let row = rendered.length - 1; row >= 0 && state !== undefined; row--) {
    if (state.taken) found[row] = state.at;
    state = state.before;
  }
  return fillIn(found, template);
}

function candidatesOf(
  text: string,
  { lines, literal, others, expected }: TemplateIndex,
): readonly { readonly at: number; readonly fit: number }[] {
  const candidates: { at: number; fit: number }[] = [];
  for (const at of [...(literal.get(text.trim()) ?? []), ...others]) {
    const line = lines[at];
    const fit = line === undefined ? undefined : fitOf(text, line);
    if (fit === undefined) continue;
    const value = expected.get(at);
    candidates.push({ at, fit: fit + (value === undefined ? 0 : text.includes(value) ? EXPECTED : UNEXPECTED) });
  }
  return candidates.length <= MAX_CANDIDATES ? candidates : candidates.sort((a, b) => b.fit - a.fit).slice(0, MAX_CANDIDATES);
}

function step(
  states: readonly State[],
  candidates: readonly { readonly at: number; readonly fit: number }[],
  documentOf: readonly number[],
): State[] {
  const next = new Map<number, State>();
  const keep = (state: State): void => {
    const known = next.get(state.at);
    if (known === undefined || known.score < state.score) next.set(state.at, state);
  };
  const cost = candidates.every(({ fit }) => fit <= WEAK) ? 0 : LEFT_OUT;
  for (const state of states) {
    keep({ score: state.score - cost, at: state.at, taken: false, before: state });
    for (const { at, fit } of candidates) {
      const gap = at - state.at;
      const way = gap > 0 ? Math.min(gap - 1, 30) * 0.05 : BACK + Math.min(-gap, 30) * 0.05;
      const other = state.at >= 0 && documentOf[at] !== documentOf[state.at] ? OTHER_DOCUMENT : 0;
      keep({ score: state.score + fit - way - other, at, taken: true, before: state });
    }
  }
  return [...next.values()].sort((a, b) => b.score - a.score).slice(0, MAX_STATES);
}

/** Gives rendered lines without a line of their own to the next action after the line before them. */
function fillIn(found: readonly number[], template: readonly TemplateLine[]): readonly (LineOrigin | undefined)[] {
  let last = -1;
  return found.map((at) => {
    if (at >= 0) {
      last = at;
      const line = template[at];
      return line === undefined ? undefined : { line, isOwn: true };
    }
    const line = printerAfter(last, template);
    return line === undefined ? undefined : { line, isOwn: false };
  });
}

function printerAfter(last: number, template: readonly TemplateLine[]): TemplateLine | undefined {
  const own = template[last];
  // `key: {{ toYaml . | nindent 2 }}` prints below itself.
  if (own?.parts.some(({ action }) => action !== undefined && prints(action) && /\bnindent\b|\btoYaml\b/.test(action.text)) === true)
    return own;
  for (let at = last + 1; at < template.length; at++) {
    const line = template[at];
    if (line === undefined) break;
    if (line.parts.some(({ action }) => action !== undefined && prints(action))) return isAlone(line) ? line : own;
    if (line.parts.some(({ action, text }) => action === undefined && text.trim() !== '' && !text.trim().startsWith('#'))) break;
  }
  return own;
}

/** A line that says nothing beside what its actions print. */
function isAlone({ parts }: TemplateLine): boolean {
  return parts.every(({ action, text }) => action !== undefined || !/\w/.test(text));
}
