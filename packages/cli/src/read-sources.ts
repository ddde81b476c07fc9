import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { LeftOut, SourceFile } from '@plumbline/core';
import type { LoadedConfig } from './load-config.ts';
import type { Arguments } from './verb.ts';

// INTERIM, until @plumbline/sources is there.
export interface ReadSources {
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly string[];
  readonly around: (() => readonly SourceFile[]) | undefined;
  readonly textOf: (path: string) => string | undefined;
}

export async function readSources(given: Arguments, { root }: LoadedConfig): Promise<ReadSources> {
  const files: SourceFile[] = [];
  const problems: string[] = [];
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== '.git' && name !== 'node_modules') visit(join(path, name));
    } else if (/\.(ya?ml|json)$/.test(path)) files.push({ path: relative(root, path), bytes: readFileSync(path) });
  };
  for (const operand of given.operands.length === 0 ? [root] : given.operands) {
    try {
      if (operand === '-') files.push({ path: '-', bytes: readFileSync(0) });
      else visit(resolve(operand));
    } catch {
      problems.push(`SOURCE "${operand}" does not exist`);
    }
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    files,
    leftOut: [],
    problems,
    around: undefined,
    textOf: (path) => {
      const file = byPath.get(path);
      return file === undefined ? undefined : new TextDecoder().decode(file.bytes);
    },
  };
}
