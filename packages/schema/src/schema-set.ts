import type { Type } from './type.ts';
import { createTypeTable, type TypeTable } from './type-table.ts';

/** Gives the text of a file of `schemas/kubernetes/data`; throws where there is none. */
export type ReadData = (name: string) => string;

/** A built-in kind: where its type stands in each version, and its life. Minors are numbers (37 is 1.37). */
export interface BuiltinKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope?: 'Cluster';
  /** An alpha or beta API that a server does not serve unless told to. */
  readonly off?: 1;
  /** From which minor on the type stands on which line; line −1: the kind is not there. */
  readonly types: readonly (readonly [minor: number, line: number])[];
  readonly introduced?: number;
  readonly deprecated?: number;
  readonly removed?: number;
  /** `group/version/Kind`. */
  readonly replacement?: string;
}

/** The built-in types of every version that is known. Opened lazily: a version costs what is used of it. */
export interface SchemaSet {
  /** Newest first, `1.37`. */
  readonly versions: readonly string[];
  kindOf(group: string, version: string, kind: string): BuiltinKind | undefined;
  /** All versions of all kinds of the group; empty for a group that is not built in. */
  kindsOf(group: string): readonly BuiltinKind[];
  kinds(): readonly BuiltinKind[];
  isBuiltinGroup(group: string): boolean;
  /** The line of the kind's type in a minor: equal lines, equal verdicts. −1 where the kind is not there. */
  lineOf(kind: BuiltinKind, minor: number): number;
  typeAt(line: number): Type;
}

/** Minor of a version as users write it: `1.37`, `v1.37`, `1.37.2`; NaN for anything else. */
export function minorOf(version: string): number {
  const known = minors.get(version);
  if (known !== undefined) return known;
  const match = /^v?1\.(\d+)(?:\.\d+.*)?$/.exec(version);
  const minor = match ? Number(match[1]) : Number.NaN;
  // The versions of a run are few, and asked for with every object.
  if (minors.size < 100) minors.set(version, minor);
  return minor;
}

const minors = new Map<string, number>();

export function createSchemaSet(readData: ReadData): SchemaSet {
  // The generator's own output.
  const { versions, kinds } = JSON.parse(readData('kinds.json')) as { versions: number[]; kinds: BuiltinKind[] };
  const byGroup = new Map<string, BuiltinKind[]>();
  // By the kind alone: a look-up then joins no strings.
  const byKind = new Map<string, BuiltinKind[]>();
  for (const kind of kinds) {
    const same = byKind.get(kind.kind);
    if (same) same.push(kind);
    else byKind.set(kind.kind, [kind]);
    const group = byGroup.get(kind.group);
    if (group) group.push(kind);
    else byGroup.set(kind.group, [kind]);
  }
  let table: TypeTable | undefined;
  return {
    versions: versions.map((minor) => `1.${minor}`).reverse(),
    kindOf: (group, version, kind) => byKind.get(kind)?.find((one) => one.group === group && one.version === version),
    kindsOf: (group) => byGroup.get(group) ?? [],
    kinds: () => kinds,
    isBuiltinGroup: (group) => byGroup.has(group),
    lineOf(kind, minor) {
      let line = -1;
      for (const [from, number] of kind.types) {
        if (from > minor) break;
        line = number;
      }
      return line;
    },
    typeAt(line) {
      table ??= createTypeTable(readData('types.txt'));
      return table.at(line);
    },
  };
}
