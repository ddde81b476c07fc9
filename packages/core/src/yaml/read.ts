import { type JsonValue, setMember } from '../values/json.ts';
import { CR } from './characters.ts';
import { compose } from './compose.ts';
import { type Construction, construct } from './construct.ts';
import { decodeYaml, encodingOf, firstInvalid } from './decode.ts';
import { Fault } from './fault.ts';
import { JsonText } from './json-text.ts';
import { normalise, split, trimStart } from './split.ts';
import { goByteLength, goText } from './tagged.ts';

/** A document's value, or why Kubernetes refuses it. */
export type ReadResult = { readonly value: JsonValue } | { readonly error: string };

/** How far kubectl looks for the `{` that makes a stream JSON, and how deep its JSON may nest. */
const JSON_LOOKAHEAD = 4096;
const MAX_JSON_DEPTH = 10000;

/** The first document as sigs.k8s.io/yaml's YAMLToJSON reads it: of equal keys the last wins. */
export function readLenient(input: Uint8Array | string): ReadResult {
  return guard(() => constructed(input).value);
}

/** The first document as YAMLToJSONStrict reads it: equal keys are refused. */
export function readStrict(input: Uint8Array | string): ReadResult {
  return guard(() => {
    const { value, duplicates } = constructed(input);
    const [duplicate] = duplicates;
    if (duplicate !== undefined)
      throw new Fault('duplicate-key', `key "${duplicate.key}" already set in map`, duplicate.start, duplicate.end);
    return value;
  });
}

/** All documents of a stream, split as apimachinery's YAMLReader splits and each read leniently. Ends at a refused separator. */
export function readStream(input: Uint8Array | string): ReadResult[] {
  return readPieces(input, readLenient);
}

/** What kubectl reads: JSON values one after another if the input begins like JSON, else the documents of a stream. Numbers are doubles; ends at the first refusal. */
export function readKubectl(input: Uint8Array | string): ReadResult[] {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const head = goText(bytes.subarray(0, JSON_LOOKAHEAD));
  const results: ReadResult[] = [];
  let documents = bytes;
  let jsonError: string | undefined;
  if (trimStart(head).startsWith('{')) {
    const text = goText(bytes);
    const json = new JsonText(text);
    let end = 0;
    while (jsonError === undefined && !json.isAtEnd()) {
      const result = guard(() => toDoubles(json.readValue()));
      if ('error' in result) jsonError = result.error;
      else {
        results.push(result);
        end = json.index;
      }
    }
    if (jsonError === undefined) return results;
    if (results.length > 1) return [...results, { error: jsonError }];
    const start = firstInvalid(bytes) < 0 ? byteLength(text.slice(0, end)) : goByteLength(bytes, end);
    const rest = afterJson(bytes, start);
    if (rest === undefined) return [...results, { error: jsonError }];
    documents = rest;
  }
  for (const result of readPieces(documents, (document) => asDoubles(readLenient(document)))) {
    results.push('error' in result && jsonError !== undefined ? { error: jsonError } : result);
    if ('error' in result) break;
  }
  return results;
}

/** What is left for the YAML reader behind the JSON values: blanks are passed up to the first line's end. It gives up within the last three bytes. */
function afterJson(bytes: Uint8Array, start: number): Uint8Array | undefined {
  let at = start;
  while (at + 4 <= bytes.length) {
    const first = String.fromCodePoint(goText(bytes.subarray(at, at + 4)).codePointAt(0) ?? 0xfffd);
    if (first === '\ufffd') return undefined;
    if (trimStart(first) !== '') return bytes.subarray(at);
    at += byteLength(first);
    if (first === '\n') return bytes.subarray(at);
  }
  return undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function asDoubles(result: ReadResult): ReadResult {
  if ('error' in result) return result;
  if (isDeeper(result.value, MAX_JSON_DEPTH)) return { error: `exceeded max depth of ${MAX_JSON_DEPTH}` };
  return guard(() => toDoubles(result.value));
}

/** Whether a value nests deeper than `limit` levels; walks level by level, so depth costs no calls. */
export function isDeeper(value: JsonValue, limit: number): boolean {
  let level: JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: JsonValue[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (depth + 1 > limit) return true;
      for (const child of Object.values(item)) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}

/** Turns the exact integers of a value just read into doubles, in place and without calls for depth. */
function toDoubles(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  const rest: JsonValue[] = [value];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    for (const [key, item] of Object.entries(at)) {
      // The reader has just made this object or array and hands it out to nobody else.
      if (typeof item === 'bigint') setMember(at as Record<string, JsonValue>, key, Number(item));
      else rest.push(item);
    }
  }
  return value;
}

function readPieces(input: Uint8Array | string, read: (document: Uint8Array | string) => ReadResult): ReadResult[] {
  const isText = typeof input === 'string';
  const isWhole = isText || (encodingOf(input) === 'utf-8' && firstInvalid(input) < 0);
  // Bytes that are no UTF-8 are split as they are, one byte a unit, so that every document meets only its own faults.
  const text = withoutLostLine(isText ? input : isWhole ? goText(input) : latin1(input), isWhole);
  const results: ReadResult[] = [];
  for (const piece of isWhole ? split(text) : split(text, (bytes) => goText(bytesOf(bytes)))) {
    if (piece.badSeparator !== undefined) {
      results.push({ error: `invalid YAML document separator: ${piece.badSeparator.rest}` });
      break;
    }
    const document = normalise(text.slice(piece.start, piece.end));
    results.push(read(isWhole ? document : bytesOf(document)));
  }
  return results;
}

/** What Go's bufio.Reader holds at a time. */
const LINE_BUFFER = 4096;

/**
 * apimachinery's LineReader takes a line in buffers; where the last line has no line break and its last buffer is full, the end of
 * the stream comes with it, and YAMLReader drops the line. (A CR at a buffer's end goes to the next one.)
 */
function withoutLostLine(text: string, isWhole: boolean): string {
  const start = text.lastIndexOf('\n') + 1;
  if ((text.length - start) * 3 < LINE_BUFFER) return text;
  const line = text.slice(start);
  const bytes = isWhole ? new TextEncoder().encode(line) : bytesOf(line);
  let at = 0;
  while (bytes.length - at >= LINE_BUFFER) {
    at += LINE_BUFFER;
    if (bytes[at - 1] === CR) at--;
  }
  return at === bytes.length && !line.startsWith('---') ? text.slice(0, start) : text;
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return parts.join('');
}

/** The bytes of a text of one byte a unit. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function constructed(input: Uint8Array | string): Construction {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const { text, fault, limit } = decodeYaml(bytes);
  const { root } = compose(text, fault, limit);
  return root === undefined ? { value: null, duplicates: [] } : construct(root);
}

function guard(read: () => JsonValue): ReadResult {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Fault) return { error: error.message };
    throw error;
  }
}
