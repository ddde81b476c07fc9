import type { ReadProblem } from '../document.ts';
import type { JsonValue } from '../json.ts';
import { compose } from './compose.ts';
import { construct, type DuplicateKey } from './construct.ts';
import { CONTROL, controlFault } from './decode.ts';
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
  return value === undefined ? readFully(text) : { value, flaws: [] };
}

/** The value of one document's text and what is wrong with it, by the full reader. */
export function readFully(text: string): ReadDocument {
  try {
    const control = text.search(CONTROL);
    if (control >= 0) throw controlFault(text, control);
    const { root, redefined } = compose(text);
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
  return {
    code,
    level: 'fatal',
    message: advice(fault.message),
    start: Math.min(start, text.length),
    end: Math.min(fault.end, text.length),
  };
}

function advice(message: string): string {
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
