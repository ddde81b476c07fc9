import type { FieldPath } from '../values/field-path.ts';
import type { JsonValue } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import { compose, type YamlNode } from '../yaml/compose.ts';
import { decodeFile } from '../yaml/decode-file.ts';
import { Fault } from '../yaml/fault.ts';
import { type JsonStream, readJsonStream } from '../yaml/json-stream.ts';
import { composeJson } from '../yaml/json-text.ts';
import { Lines } from '../yaml/lines.ts';
import { locate } from '../yaml/locate.ts';
import { duplicateFlaw, type Flaw, fatalFlaw, readDocument } from '../yaml/read-document.ts';
import { normalise, type Piece, split, trimStart } from '../yaml/split.ts';
import type { Document, ReadProblem } from './document.ts';
import type { SourceFile } from './source-file.ts';

/** Files beyond this are refused unread. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** And what a program printed beyond this. A text can hold twice as many characters. */
const MAX_PRINTED_BYTES = 256 * 1024 * 1024;
const BYTE_ORDER_MARK = 0xfeff;

/** Decodes a file's bytes: UTF-8, or UTF-16 with its byte order mark. `text` is '' where the bytes are not text. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly problem?: ReadProblem } {
  if (bytes.length > MAX_FILE_BYTES) return { text: '', problem: { ...tooLarge(bytes, MAX_FILE_BYTES), range: new Lines('').range(0, 0) } };
  const { text, fault, isUsable } = decodeFile(bytes);
  if (fault === undefined) return { text };
  const problem: ReadProblem = {
    code: 'encoding',
    level: isUsable ? 'strict' : 'fatal',
    message: fault.message,
    range: new Lines(text).range(fault.start, fault.end),
  };
  return { text: isUsable ? text : '', problem };
}

/** Reads a file as Kubernetes reads YAML and JSON. Never throws: what is wrong is in the documents' `problems`. */
export function parse(file: SourceFile): Document[] {
  const most = file.isPrinted === true ? MAX_PRINTED_BYTES : MAX_FILE_BYTES;
  if (file.bytes.length > most) return [refused(file, '', { ...tooLarge(file.bytes, most), start: 0, end: 0 })];
  const { text, fault, isUsable, hasInvalidBytes } = decodeFile(file.bytes);
  if (fault !== undefined && !isUsable) return [refused(file, text, fatalFlaw(fault, text))];
  const stream = new Stream(file, text, fault, hasInvalidBytes);
  if (trimStart(text.slice(0, 4096)).startsWith('{')) return stream.readJson(readJsonStream(text));
  return stream.readPieces(split(text), 0);
}

function tooLarge(bytes: Uint8Array, most: number): Omit<ReadProblem, 'range'> {
  const size = Math.ceil(bytes.length / 1024 / 1024);
  return {
    code: 'bound-size',
    level: 'fatal',
    message: `the file has ${size} MiB; files over ${most / 1024 / 1024} MiB are not read`,
  };
}

function refused(file: SourceFile, text: string, flaw: Flaw): Document {
  return new ReadDocument(new Stream(file, text), 0, { start: 0, end: text.length }, text, undefined, [flaw], undefined);
}

/** One file's text on its way to documents. */
class Stream {
  readonly file: SourceFile;
  readonly text: string;
  private readonly encodingFault: Fault | undefined;
  private readonly hasInvalidBytes: boolean;
  private lineIndex: Lines | undefined;

  constructor(file: SourceFile, text: string, encodingFault?: Fault, hasInvalidBytes = false) {
    this.hasInvalidBytes = hasInvalidBytes;
    this.file = file;
    this.text = text;
    this.encodingFault = encodingFault;
  }

  get lines(): Lines {
    this.lineIndex ??= new Lines(this.text);
    return this.lineIndex;
  }

  readPieces(pieces: readonly Piece[], first: number): Document[] {
    return pieces.map((piece, index) => this.readPiece(piece, first + index));
  }

  readJson(json: JsonStream): Document[] {
    const documents = json.values.map(({ value, start, end, duplicates }, index): Document => {
      const flaws = this.withFileFlaws(index, duplicates.map(duplicateFlaw));
      return new ReadDocument(this, index, { start: 0, end }, this.text, value, flaws, () => composeJson(this.text, start), start);
    });
    if (json.rest !== undefined) {
      const from = json.rest;
      const pieces = split(this.text.slice(from)).map((piece) => shift(piece, from));
      documents.push(...this.readPieces(pieces, documents.length));
    }
    if (json.fault !== undefined) {
      const flaws = [fatalFlaw(json.fault, this.text)];
      documents.push(
        new ReadDocument(
          this,
          documents.length,
          { start: 0, end: this.text.length },
          this.text,
          undefined,
          flaws,
          undefined,
          json.faultStart,
        ),
      );
    }
    return documents;
  }

  private readPiece(piece: Piece, index: number): Document {
    const own = this.text.slice(piece.start, piece.end);
    const text = normalise(own.charCodeAt(0) === BYTE_ORDER_MARK ? own.slice(1) : own);
    const nodes = (): YamlNode | undefined => compose(text).root;
    if (piece.badSeparator !== undefined) {
      const { start, end, rest } = piece.badSeparator;
      const message = `a document separator with text behind it ("${rest.slice(0, 40)}"), which Kubernetes refuses; put the text on the next line`;
      return new ReadDocument(
        this,
        index,
        piece,
        this.text,
        undefined,
        [{ code: 'syntax', level: 'fatal', message, start, end }],
        undefined,
      );
    }
    const invalid = this.hasInvalidBytes ? own.indexOf('\ufffd') : -1;
    if (invalid >= 0) {
      const at = piece.start + invalid;
      const message = this.encodingFault?.start === at ? this.encodingFault.message : 'a byte that is not UTF-8; save the file as UTF-8';
      return new ReadDocument(
        this,
        index,
        piece,
        this.text,
        undefined,
        [fatalFlaw(new Fault('encoding', message, at), this.text)],
        undefined,
      );
    }
    const { value, flaws } = readDocument(text);
    return new ReadDocument(this, index, piece, text, value, this.withFileFlaws(index, flaws), nodes);
  }

  /** With what is wrong with the file's encoding although it can be read; it stands on the first document. */
  private withFileFlaws(index: number, flaws: readonly Flaw[]): readonly Flaw[] {
    const fault = this.encodingFault;
    if (fault === undefined || this.hasInvalidBytes || index > 0) return flaws;
    return [{ ...fatalFlaw(fault, this.text), level: 'strict' }, ...flaws];
  }
}

function shift(piece: Piece, by: number): Piece {
  const { start, end, badSeparator } = piece;
  const moved = { start: start + by, end: end + by };
  if (badSeparator === undefined) return moved;
  return { ...moved, badSeparator: { ...badSeparator, start: badSeparator.start + by, end: badSeparator.end + by } };
}

const NO_PROBLEMS: readonly ReadProblem[] = [];

/** A document that knows its place: offsets are in `read`, the text that was read, which is the file's or the part's with LF line ends. */
class ReadDocument implements Document {
  readonly file: SourceFile;
  readonly index: number;
  readonly value: JsonValue | undefined;
  private readonly stream: Stream;
  private readonly piece: Piece;
  private readonly read: string;
  private readonly flaws: readonly Flaw[];
  private readonly compose: (() => YamlNode | undefined) | undefined;
  private readonly start: number;
  private tree: YamlNode | undefined | null = null;
  private lines: Lines | undefined;
  private found: readonly ReadProblem[] | undefined;

  constructor(
    stream: Stream,
    index: number,
    piece: Piece,
    read: string,
    value: JsonValue | undefined,
    flaws: readonly Flaw[],
    nodes: (() => YamlNode | undefined) | undefined,
    start: number = piece.start,
  ) {
    this.stream = stream;
    this.file = stream.file;
    this.index = index;
    this.piece = piece;
    this.read = read;
    this.value = value;
    this.flaws = flaws;
    this.compose = nodes;
    this.start = start;
  }

  get problems(): readonly ReadProblem[] {
    if (this.flaws.length === 0) return NO_PROBLEMS;
    this.found ??= this.flaws.map(({ code, level, message, start, end }) => ({ code, level, message, range: this.toRange(start, end) }));
    return this.found;
  }

  get text(): string {
    return this.stream.text.slice(this.start, this.piece.end);
  }

  get range(): Range {
    return this.stream.lines.range(this.start, this.piece.end);
  }

  rangeOf(path: FieldPath, part: 'key' | 'value' = 'value'): Range {
    if (this.value === undefined || this.compose === undefined) return this.range;
    if (this.tree === null) this.tree = this.compose();
    if (this.tree === undefined) return this.range;
    const { start, end } = locate(this.tree, path, part);
    return this.toRange(start, end);
  }

  private toRange(start: number, end: number): Range {
    if (this.read === this.stream.text) return this.stream.lines.range(start, end);
    this.lines ??= new Lines(this.read);
    // YAML may go on in the line where a JSON value ends.
    const { line, column } = this.stream.lines.at(this.piece.start);
    const mark = this.stream.text.charCodeAt(this.piece.start) === BYTE_ORDER_MARK ? 1 : 0;
    return this.lines.range(start, end, line, column + mark);
  }
}
