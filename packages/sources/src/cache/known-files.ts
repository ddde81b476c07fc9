import {
  type Document,
  FIRST_LOOK,
  type FieldPath,
  type JsonValue,
  type Known,
  parse,
  type Range,
  type ReadProblem,
  type SourceFile,
} from '@plumbline/core';
import { contentId } from './content-id.ts';
import { openLedger } from './ledger.ts';
import { plainText } from './plain-text.ts';
import type { Store } from './store.ts';

/** Files whose values the store has are not read, until somebody asks where something stands. */
export function knownFiles(store: Store): Known {
  const ledger = openLedger(store, 'ledger');
  return {
    remember: (key, fileAt, make) => ledger.remember(key, fileAt, make),
    documents(file) {
      const key = `documents ${contentId(file)}`;
      const text = store.get(key);
      if (text !== undefined) return knownDocuments(file, text);
      const documents = parse(file);
      // Of what is wrong with a file its text is needed anyway.
      if (documents.every(({ value, problems }) => value !== undefined && problems.length === 0)) store.put(key, () => textOf(documents));
      return documents;
    },
    // What was read without a flaw does not begin with a NUL.
    isGitCrypt: (file) => !store.has(`documents ${contentId(file)}`) && FIRST_LOOK.isGitCrypt(file),
    mayBeManifest(file, isTool) {
      const key = `may be ${isTool ? 'tool ' : ''}${contentId(file)}`;
      const text = store.get(key);
      if (text !== undefined) return text === 'yes';
      const mayBe = FIRST_LOOK.mayBeManifest(file, isTool);
      store.put(key, () => (mayBe ? 'yes' : 'no'));
      return mayBe;
    },
  };
}

/** A line for each document; undefined where one has no such text. */
function textOf(documents: readonly Document[]): string | undefined {
  const lines: string[] = [];
  for (const { value } of documents) {
    const line = value === undefined ? undefined : plainText(value);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return lines.join('\n');
}

function knownDocuments(file: SourceFile, text: string): readonly Document[] {
  if (text === '') return [];
  let read: readonly Document[] | undefined;
  const reading = (index: number): Document => {
    read ??= parse(file);
    const document = read[index];
    if (document === undefined) throw new Error(`the cache has documents of ${file.path} that the file has not; run with --no-cache`);
    return document;
  };
  return text.split('\n').map((line, index) => new KnownDocument(file, index, line, reading));
}

const NO_PROBLEMS: readonly ReadProblem[] = [];

/** A document whose value is known; its file is parsed when somebody asks for anything else. */
class KnownDocument implements Document {
  readonly file: SourceFile;
  readonly index: number;
  readonly problems = NO_PROBLEMS;
  readonly #reading: (index: number) => Document;
  readonly isMapping: boolean;
  #line: string | undefined;
  #value: JsonValue = null;

  constructor(file: SourceFile, index: number, line: string, reading: (index: number) => Document) {
    this.file = file;
    this.index = index;
    this.#line = line;
    this.isMapping = line.startsWith('{');
    this.#reading = reading;
  }

  get value(): JsonValue {
    if (this.#line !== undefined) {
      this.#value = JSON.parse(this.#line) as JsonValue; // as plainText wrote it
      this.#line = undefined;
    }
    return this.#value;
  }

  get range(): Range {
    return this.#reading(this.index).range;
  }

  get text(): string {
    return this.#reading(this.index).text;
  }

  rangeOf(path: FieldPath, part?: 'key' | 'value'): Range {
    return this.#reading(this.index).rangeOf(path, part);
  }
}
