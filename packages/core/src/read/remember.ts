import type { KindCatalogue } from '../check/kinds.ts';
import type { RuleTable } from '../check/selection.ts';
import type { Finding } from '../report/finding.ts';
import type { Note } from '../report/outcome.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { SourceFile } from './source-file.ts';

/** What the rules of document scope had to say of one file. */
export interface Remembered {
  readonly findings: readonly Finding[];
  /** What could not be judged. */
  readonly notes: readonly Note[];
}

/** Remembers by the identity of the file: what it says holds while the file, its unit, the rules and the known kinds are the same. */
export interface Memory {
  recall(file: ParsedFile, table: RuleTable, kinds: KindCatalogue): Remembered | undefined;
  keep(file: ParsedFile, table: RuleTable, kinds: KindCatalogue, said: Remembered): void;
}

/** Of most files there is nothing to say. */
export const NOTHING: Remembered = { findings: [], notes: [] };

interface Entry {
  readonly said: Remembered;
  readonly table: RuleTable;
  readonly kinds: KindCatalogue;
  readonly role: string;
  readonly unit: ParsedFile['unit'];
}

export function createMemory(): Memory {
  const entries = new WeakMap<SourceFile, Entry>();
  return {
    recall(file, table, kinds) {
      const entry = entries.get(file.file);
      const isSame = entry !== undefined && entry.table === table && entry.kinds === kinds && entry.role === file.role;
      return isSame && isSameUnit(entry.unit, file.unit) ? entry.said : undefined;
    },
    keep(file, table, kinds, said) {
      entries.set(file.file, { said, table, kinds, role: file.role, unit: file.unit });
    },
  };
}

// Units are made anew by each classification; all that a rule can see of one counts. A text for each unit, not for each file.
const texts = new WeakMap<ParsedFile['unit'], string>();

function isSameUnit(a: ParsedFile['unit'], b: ParsedFile['unit']): boolean {
  return a === b || (a.id === b.id && textOf(a) === textOf(b));
}

function textOf(unit: ParsedFile['unit']): string {
  let text = texts.get(unit);
  if (text === undefined) {
    text = JSON.stringify(unit);
    texts.set(unit, text);
  }
  return text;
}
