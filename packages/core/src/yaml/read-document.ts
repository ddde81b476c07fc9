import type { ReadProblem } from '../read/document.ts';
import type { JsonValue } from '../values/json.ts';
import { isBlank, isBreak } from './characters.ts';
import { compose } from './compose.ts';
import { construct, type DuplicateKey } from './construct.ts';
import { CONTROL, type DecodedText, decodeYaml } from './decode.ts';
import { readFast } from './fast.ts';
import { Fault } from './fault.ts';
import { isDeeper } from './read.ts';

/** Nesting beyond which a document is refused, far more than any Kubernetes type has, so that whatever walks values may recurse. */
export const MAX_DOCUMENT_DEPTH = 500;

/** A problem with its place as offsets in the document's text. */
export interface Flaw {
  readonly code: ReadProblem['code'];
  readonly level: ReadProblem['level'];
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ReadDocument {
  readonly value: JsonValue | undefined;
  readonly flaws: readonly Flaw[];
}

/** The value of one document's text, which ends with a line break: by the fast reader where that covers it. */
export function readDocument(text: string): ReadDocument {
  const value = readFast(text);
  return value === undefined ? readFully(text) : { value, flaws: NO_FLAWS };
}

const NO_FLAWS: readonly Flaw[] = [];

/** The value of one document's text and what is wrong with it, by the full reader. */
export function readFully(text: string): ReadDocument {
  try {
    const readable: DecodedText = CONTROL.test(text) ? decodeYaml(new TextEncoder().encode(text)) : { text };
    const { fault } = readable;
    const { root, redefined, end } = compose(readable.text, fault, readable.limit);
    if (root === undefined) return { value: null, flaws: [] };
    const { value, duplicates } = construct(root);
    if (isDeeper(value, MAX_DOCUMENT_DEPTH)) {
      throw new Fault('bound-depth', `nested deeper than ${MAX_DOCUMENT_DEPTH} levels`, root.start);
    }
    const flaws: Flaw[] = duplicates.map(duplicateFlaw);
    for (const { name, node } of redefined) {
      flaws.push({
        code: 'duplicate-anchor',
        level: 'note',
        message: `anchor "${name}" is defined again`,
        start: node.start,
        end: node.end,
      });
    }
    // A character that is not allowed, but stands where the reader does not get to.
    if (fault !== undefined) flaws.push({ ...fatalFlaw(fault, text), level: 'note' });
    const isBehindEnd = text.startsWith('...', end);
    const unread = firstText(text, isBehindEnd ? end + 3 : end);
    if (unread >= 0) flaws.push(unreadFlaw(text, unread, isBehindEnd));
    return { value, flaws };
  } catch (error) {
    if (error instanceof Fault) return { value: undefined, flaws: [fatalFlaw(error, text)] };
    throw error;
  }
}

export function duplicateFlaw({ key, start, end, isMerge }: DuplicateKey): Flaw {
  const message = isMerge ? `key "${key}" is set in the mapping and merged into it` : `key "${key}" is set twice in the same mapping`;
  return { code: 'duplicate-key', level: 'strict', message, start, end };
}

const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?= |$)/m;

/** A refusal as a problem; conflict markers of Git explain whatever the reader made of them. */
export function fatalFlaw(fault: Fault, text: string): Flaw {
  const { code, start } = fault;
  if (code === 'syntax' || code === 'tab-indent') {
    const match = CONFLICT.exec(text);
    if (match !== null) {
      const message = `unresolved merge conflict marker "${match[0]}"`;
      return { code: 'merge-conflict', level: 'fatal', message, start: match.index, end: match.index + 7 };
    }
  }
  const isTemplate = code === 'invalid-key' && text.startsWith('{{', start - 1);
  const message = isTemplate
    ? '"{{" opens a mapping in YAML; quote the text if it is a template'
    : advice(fault.message, isBehindText(text, start));
  const from = Math.min(start, text.length);
  return { code, level: 'fatal', message, start: from, end: Math.min(Math.max(fault.end, from + 1), text.length) };
}

/** The index of the first character from `from` on that is no white space and in no comment, −1 if there is none. */
function firstText(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 35) at = text.indexOf('\n', at);
    else if (!isBlank(code) && !isBreak(code)) return at;
    if (at < 0) return -1;
    at++;
  }
  return -1;
}

/** Go's reader takes one document of each part of a stream and does not look at what follows it there. */
function unreadFlaw(text: string, start: number, isBehindEnd: boolean): Flaw {
  const lineEnd = text.indexOf('\n', start);
  const message = `Kubernetes does not read what follows ${isBehindEnd ? 'the "..."' : 'the first value'}; put "---" before the next document`;
  return { code: 'syntax', level: isBehindEnd ? 'note' : 'strict', message, start, end: lineEnd < 0 ? text.length : lineEnd };
}

/** Whether something other than dashes stands before `at` on its line. */
function isBehindText(text: string, at: number): boolean {
  return /[^\s-]/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

function advice(message: string, isBehind: boolean): string {
  if (isBehind && /^did not find expected (?:key|'-' indicator)$/.test(message)) {
    return 'text behind a value that has ended; quote the value as a whole';
  }
  switch (message) {
    case "could not find expected ':'":
      return "could not find expected ':' after this; a key needs one, and text over several lines needs indentation or quotes";
    case 'mapping values are not allowed in this context':
      return 'mapping values are not allowed here; quote the text if it holds ": ", or mend the indentation';
    case 'did not find expected key':
      return 'did not find expected key; the indentation matches none of the mappings above';
    case "did not find expected '-' indicator":
      return "did not find expected '-'; the indentation matches none of the collections above";
    case 'block sequence entries are not allowed in this context':
      return 'a list item is not allowed here; put it on its own line';
    default:
      return message;
  }
}
