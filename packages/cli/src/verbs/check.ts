import { ConfigError, type Severity } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { readRevision } from '@plumbline/sources';
import { exitCode } from '../exit-code.ts';
import { parseFormats, writeFormats } from '../formats.ts';
import { readConfig } from '../load-config.ts';
import { loadPlugins } from '../load-plugins.ts';
import { createProgress } from '../progress.ts';
import { readSources, reportRoot } from '../read-sources.ts';
import { makeRoom } from '../roomy-heap.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { createTiming, type Timing } from '../timing.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** So many take longer than half a second. */
const MANY_FILES = 2000;

/** The gate: reads, judges, prints, and gives the exit code. */
export async function runCheck(given: Arguments, terminal: Terminal): Promise<number> {
  const formats = parseFormats(flagValues(given, 'format'));
  const limit = limitOf(given);
  const timing = has(given, 'timing') ? createTiming() : undefined;
  const progress = createProgress(terminal, terminal.isErrTerminal && (process.env.CI ?? '') === '');
  try {
    const cwd = process.cwd();
    const root = reportRoot(given.operands, cwd);
    const schemas = openSchemas();
    const config = readConfig(given, root, cwd, schemas.versions);
    const packs = await loadPlugins(config.plugins ?? [], root, has(given, 'allow-plugins'));
    const engine = wire(schemas, config, packs);

    progress.say('reading files');
    const read = await timed(timing, 'read', () => readSources(given.operands, root, cwd, has(given, 'staged')));
    for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);

    makeRoom(read.files.length);
    progress.say(`checking ${read.files.length} files`, read.files.length >= MANY_FILES);
    const { around } = read;
    // Only JSON says the revision, and asking Git takes longer than judging a file.
    const revision = formats.some(({ name }) => name === 'json') ? readRevision(root) : undefined;
    const report = await engine.check(read.files, {
      today: new Date().toISOString().slice(0, 10),
      remembers: false,
      revision,
      // With a signal the engine lets the line of progress run.
      ...(progress.isWanted ? { signal: new AbortController().signal } : {}),
      ...(around === undefined ? {} : { around: () => timed(timing, 'read around', around) }),
      ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
      ...(timing === undefined ? {} : { timing }),
      ...(flagValue(given, 'detail') === 'outcomes' ? { detail: 'outcomes' as const } : {}),
    });
    progress.done();

    const renderingSince = timing?.now() ?? 0;
    const failOn = (flagValue(given, 'fail-on') as Severity | undefined) ?? config.failOn ?? 'error'; // one of the flag's choices
    writeFormats(
      formats,
      report,
      {
        color: wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal),
        width: terminal.width,
        sources: read.textOf,
        limit,
        failOn,
        quiet: has(given, 'quiet'),
      },
      terminal,
    );
    timing?.addStage('render', timing.now() - renderingSince);
    if (timing !== undefined) terminal.err(timing.text());

    const failOnNotEvaluated =
      has(given, 'fail-on-not-evaluated') || (config.notEvaluated ?? (config.preset === 'strict' ? 'fail' : 'report')) === 'fail';
    return exitCode(report, { failOn, failOnNotEvaluated, sourceFailed: read.problems.length > 0 });
  } finally {
    progress.done();
  }
}

async function timed<T>(timing: Timing | undefined, stage: string, work: () => Promise<T>): Promise<T> {
  const since = timing?.now() ?? 0;
  const result = await work();
  timing?.addStage(stage, timing.now() - since);
  return result;
}

function limitOf(given: Arguments): number {
  if (has(given, 'all')) return Number.POSITIVE_INFINITY;
  const text = flagValue(given, 'max');
  if (text === undefined) return 50;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError('usage', `--max takes a number, not ${JSON.stringify(text)}`);
  return Number(text);
}
