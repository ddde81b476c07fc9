import { ConfigError, type Location, toDotted } from '@plumbline/core';
import type { FileChange, NotWritten } from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import { isGitSource } from '@plumbline/sources';
import type { Terminal } from '../terminal.ts';
import { patchText } from './print-patch.ts';
import { nameOf, type Tree } from './write-back.ts';
import { writeFiles } from './write-files.ts';

export interface Edits {
  readonly texts: ReadonlyMap<string, string>;
  readonly not: readonly (NotWritten & { readonly likely?: Location })[];
}

/** Prints edits of files as a patch, or writes them; says what was not edited and why. Gives 1 where something was not, 0 otherwise. */
export function finishEdits(
  { texts, not }: Edits,
  { applied, textOf, root }: Pick<Tree, 'applied' | 'textOf'> & { readonly root: string },
  { isWriting, sources }: { readonly isWriting: boolean; readonly sources: readonly string[] },
  terminal: Terminal,
): number {
  const changes = [...texts].map(([path, after]) => ({ path, before: textOf(path), after })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const hidden = isWriting ? write(root, changes, sources, terminal) : print(changes, applied, root, terminal);
  for (const { resource, path, why, likely } of not) {
    const where = likely === undefined ? '' : `; likely ${likely.file}:${likely.line}:${likely.column}`;
    const field = path.length === 0 ? '' : ` ${toDotted(path)}`;
    terminal.err(`plumbline: ${printable(`${nameOf(resource)}${field} is not written: ${why}${where}`)}\n`);
  }
  return not.length > 0 || hidden > 0 ? 1 : 0;
}

function print(changes: readonly FileChange[], { resources }: Tree['applied'], root: string, terminal: Terminal): number {
  const { text, hidden } = patchText(changes, resources, root);
  terminal.out(text);
  for (const path of hidden)
    terminal.err(`plumbline: ${printable(path)} is not in the patch: the value of a Secret would show; --write edits the file\n`);
  return hidden.length;
}

function write(root: string, changes: readonly FileChange[], sources: readonly string[], terminal: Terminal): number {
  if (sources.some((source) => source === '-' || isGitSource(source)))
    throw new ConfigError('usage', '--write edits files of the working tree, not standard input or a revision');
  writeFiles(root, changes);
  for (const { path, after } of changes) terminal.err(`plumbline: ${printable(path)} is ${after === undefined ? 'deleted' : 'written'}\n`);
  return 0;
}
