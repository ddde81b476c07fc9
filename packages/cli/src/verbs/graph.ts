import { type Config, ConfigError, type GraphNode, parse, repositoryGraph, type SourceFile } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { isGitSource } from '@plumbline/sources';
import { graphDot, graphJson, graphText } from '../graph-text.ts';
import { readConfig } from '../load-config.ts';
import { type OwnedTwice, ownedTwice } from '../owned-twice.ts';
import { type ReadSources, readSources, reportRoot } from '../read-sources.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** Prints what includes and what applies what; gives 2 where a SOURCE cannot be read, else 0. */
export async function runGraph(given: Arguments, terminal: Terminal): Promise<number> {
  const { operands } = given;
  const cwd = process.cwd();
  const root = reportRoot(operands, cwd);
  const config = readConfig(given, root, cwd, openSchemas().versions);
  const read = await readSources(operands, root, cwd, false);
  for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);
  if (read.files.length === 0 && read.problems.length > 0) return 2;
  const ofGit = operands.some(isGitSource);
  if (ofGit && operands.length > 1) throw new ConfigError('usage', 'plumbline graph takes one revision of Git at a time');
  const around = (await read.around?.()) ?? [];
  const chosen = new Set(read.files.map(({ path }) => path));
  const files = [...read.files, ...around.filter(({ path }) => !chosen.has(path))].sort((a, b) => (a.path < b.path ? -1 : 1));
  const graph = repositoryGraph(files, {
    parseFile: parse,
    config,
    exists: (path) => read.pathKind(path) !== undefined,
  });
  const isAsked = ({ id }: GraphNode): boolean =>
    operands.length === 0 || [...chosen].some((path) => id === '.' || path.startsWith(`${id.replace(/\/\*$/, '')}/`));
  const format = flagValue(given, 'format');
  const print = format === 'dot' ? graphDot : format === 'json' ? graphJson : graphText;
  const owned = graph.hasDeployers ? await ownedIn(files, read, config) : [];
  const isNamed = ({ owners, owned: objects }: OwnedTwice): boolean =>
    operands.length === 0 || [...owners, ...objects].some(({ file }) => chosen.has(file));
  terminal.out(print(graph, isAsked, owned.filter(isNamed)));
  return read.problems.length > 0 ? 2 : 0;
}

/** Where two apply the same: only as they are applied themselves can it be told. */
async function ownedIn(files: readonly SourceFile[], read: ReadSources, config: Config | undefined): Promise<readonly OwnedTwice[]> {
  const applied = await wire(openSchemas(), config).applied(files, {
    remembers: false,
    readInput: read.readInput,
    listInputs: read.listInputs,
    pathKind: read.pathKind,
    ...(read.unseen === undefined ? {} : { unseen: read.unseen }),
    ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
  });
  return ownedTwice(applied);
}
