import type { JsonValue } from '../values/json.ts';
import type { DuplicateKey } from './construct.ts';
import { Fault } from './fault.ts';
import { JsonText } from './json-text.ts';
import { isDeeper } from './read.ts';
import { MAX_DOCUMENT_DEPTH } from './read-document.ts';
import { trimStart } from './split.ts';

export interface JsonStream {
  readonly values: readonly {
    readonly value: JsonValue;
    readonly start: number;
    readonly end: number;
    readonly duplicates: readonly DuplicateKey[];
  }[];
  /** Where YAML goes on behind the JSON value, or begins behind the blanks where there is none. */
  readonly rest?: number;
  readonly fault?: Fault;
  readonly faultStart?: number;
}

/** The JSON values of a text that begins with `{`, as kubectl reads them: none where the text turns out to be YAML from its beginning. */
export function readJsonStream(text: string): JsonStream {
  const values: { value: JsonValue; start: number; end: number; duplicates: DuplicateKey[] }[] = [];
  const json = new JsonText(text);
  let end = 0;
  try {
    while (!json.isAtEnd()) {
      const start = json.index;
      const value = json.readValue();
      if (isDeeper(value, MAX_DOCUMENT_DEPTH)) throw new Fault('bound-depth', `nested deeper than ${MAX_DOCUMENT_DEPTH} levels`, start);
      values.push({ value, start, end: json.index, duplicates: json.duplicates.splice(0) });
      end = json.index;
    }
    return { values };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (values.length > 1 || error.code === 'bound-depth') return { values, fault: error, faultStart: end };
    return { values, rest: yamlStart(text, end) };
  }
}

/** Where YAML goes on: past the blanks, whatever Unicode has of them, up to the first line's end. */
function yamlStart(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && trimStart(text.charAt(at)) === '') at++;
  return text[at] === '\n' ? at + 1 : at;
}
