import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { ConfigError } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { isClusterSource, KEY_VARIABLE, openCluster, takeSnapshot } from '@plumbline/sources';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue, flagValues } from '../verb.ts';
import { openSchemas } from '../wiring.ts';

/** Writes what a cluster holds to a file or standard output; gives 0, or 1 where kinds could not be read. */
export async function runSnapshot(given: Arguments, terminal: Terminal): Promise<number> {
  const [source = 'cluster:', ...rest] = given.operands;
  if (rest.length > 0 || !isClusterSource(source))
    throw new ConfigError('usage', 'plumbline snapshot takes one cluster: plumbline snapshot cluster:CONTEXT -o FILE');
  const catalogue = openSchemas().catalogue([]);
  const live = await openCluster(source);
  try {
    const snapshot = await takeSnapshot(live, {
      kinds: flagValues(given, 'kind'),
      namespaces: flagValues(given, 'namespace'),
      key: process.env[KEY_VARIABLE],
      isBuiltinGroup: (group) => catalogue.isBuiltinGroup(group),
    });
    const file = flagValue(given, 'output');
    if (file === undefined || file === '-') for (const text of batches(snapshot.lines)) terminal.out(text);
    else {
      write(file, snapshot.lines);
      terminal.err(`plumbline: ${snapshot.objects} objects of ${live.source}, ${live.version}, are in ${printable(file)}\n`);
    }
    for (const { kind, namespace, reason } of snapshot.unread) {
      const where = namespace === undefined ? '' : ` in ${namespace}`;
      terminal.err(`plumbline: ${printable(`without ${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}${where}: ${reason}`)}\n`);
    }
    return snapshot.unread.length === 0 ? 0 : 1;
  } finally {
    live.close();
  }
}

const BATCH = 1_000_000;

function* batches(lines: Iterable<string>): Generator<string> {
  let batch = '';
  for (const line of lines) {
    batch += line;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

/** Whole or not at all, and for its owner only: it tells how a cluster is made. */
function write(file: string, lines: Iterable<string>): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(unfinished, 'w', 0o600);
    try {
      for (const text of batches(lines)) {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new ConfigError('usage', `cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`, { cause: error }); // node:fs throws nothing else
  }
}
