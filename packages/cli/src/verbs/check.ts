import { type CheckOptions, type Config, ConfigError, onlyWorse, type Report, type Severity, type SourceFile } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import type { MoreSchemas } from '@plumbline/schema';
import {
  type Base,
  type Cache,
  historyOfGit,
  inputsOfGit,
  isGitSource,
  listOfGit,
  openCache,
  pathKindsOfGit,
  readBase,
  readRevision,
} from '@plumbline/sources';
import { buildName } from '../build-name.ts';
import { calmCompiler } from '../calm-compiler.ts';
import { chartsOf } from '../charts.ts';
import { exitCode } from '../exit-code.ts';
import { parseFormats, writeFormats } from '../formats.ts';
import { readConfig } from '../load-config.ts';
import { loadPlugins } from '../load-plugins.ts';
import { createProgress } from '../progress.ts';
import { readPolicies } from '../read-policies.ts';
import { type ReadSources, readSources, reportRoot } from '../read-sources.ts';
import { makeRoom } from '../roomy-heap.ts';
import { addedPaths, openMoreSchemas } from '../schemas/open-more-schemas.ts';
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
    let more: MoreSchemas | undefined;
    const schemas = openSchemas(undefined, () => more);
    const config = withoutAdded(readConfig(given, root, cwd, schemas.versions), root);
    more = openMoreSchemas({ root, config, typed: flagValues(given, 'schema-location'), cwd });
    const packs = await loadPlugins(config.plugins ?? [], root, has(given, 'allow-plugins'));
    const minor = Number((config.kubernetesVersions?.[0] ?? schemas.versions[0] ?? '').split('.')[1]);
    const paths = flagValues(given, 'policy');
    const policies = paths.length === 0 ? [] : await readPolicies(paths, cwd, minor);
    const cache = cacheOf(given, root);
    const engine = wire(schemas, config, packs, policies, cache?.expander, chartsOf(given));

    progress.say('reading files');
    const read = await timed(timing, 'read', () => readSources(given.operands, root, cwd, has(given, 'staged'), { seen: cache?.seen }));
    for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);

    makeRoom(read.files.length);
    calmCompiler(read.files.length);
    progress.say(`checking ${read.files.length} files`, read.files.length >= MANY_FILES);
    const { around } = read;
    // Only JSON says the revision, and asking Git takes longer than judging a file.
    const revision = formats.some(({ name }) => name === 'json') ? readRevision(root) : undefined;
    const base = baseOf(given, root);
    const past = base?.past ?? read.past;
    const options: CheckOptions = {
      today: new Date().toISOString().slice(0, 10),
      remembers: base !== undefined,
      revision,
      readInput: read.readInput,
      pathKind: read.pathKind,
      history: read.history,
      ...(cache === undefined ? {} : { known: cache.known }),
      ...(read.unseen === undefined ? {} : { unseen: read.unseen }),
      listInputs: read.listInputs,
      // With a signal the engine lets the line of progress run.
      ...(progress.isWanted ? { signal: new AbortController().signal } : {}),
      ...(around === undefined
        ? {}
        : {
            around: async () => {
              const files = await timed(timing, 'read around', around);
              makeRoom(files.length);
              calmCompiler(files.length);
              return files;
            },
          }),
      ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
      ...(timing === undefined ? {} : { timing }),
      ...(flagValue(given, 'detail') === 'outcomes' ? { detail: 'outcomes' as const } : {}),
    };
    const judged = await engine.check(read.files, {
      ...options,
      ...(past === undefined ? {} : { past }),
      ...(read.removed.length === 0 ? {} : { removed: read.removed }),
    });
    const report =
      base === undefined
        ? judged
        : await worseThan(base, judged, read, (files, more) =>
            engine.check(files, {
              ...options,
              pathKind: pathKindsOfGit(root, base.commit),
              ...inputsBefore(root, base, read),
              history: historyOfGit(root, base.commit),
              ...more,
            }),
          );
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
    await timed(timing, 'keep', () => cache?.save());
    if (timing !== undefined) terminal.err(timing.text());

    const failOnNotEvaluated =
      has(given, 'fail-on-not-evaluated') || (config.notEvaluated ?? (config.preset === 'strict' ? 'fail' : 'report')) === 'fail';
    return exitCode(report, { failOn, failOnNotEvaluated, sourceFailed: read.problems.length > 0 });
  } finally {
    progress.done();
  }
}

/** What earlier runs have read and built: for those that judge a part of the repository, and look up the rest of it each time. */
function cacheOf(given: Arguments, root: string): Cache | undefined {
  const maker = has(given, 'no-cache') || !has(given, 'staged') ? undefined : buildName();
  return maker === undefined ? undefined : openCache(root, maker);
}

/** What was added is looked up by its kinds, and judged no more than the schemas of the command. */
function withoutAdded(config: Config, root: string): Config {
  const added = addedPaths(root, config);
  return added.length === 0 ? config : { ...config, exclude: [...(config.exclude ?? []), ...added] };
}

interface SinceBase extends Base {
  readonly revision: string;
}

function baseOf(given: Arguments, root: string): SinceBase | undefined {
  const revision = flagValue(given, 'since');
  if (revision === undefined) return undefined;
  if (has(given, 'staged')) throw new ConfigError('usage', '--since and --staged are two ways to ask; give one');
  if (given.operands.some(isGitSource)) throw new ConfigError('usage', '--since judges the working tree, not a revision');
  return { ...readBase(root, revision), revision };
}

/** What of a report the base did not have. The base is judged only where there is something to compare. */
/** What builds read of the revision; charts that Git does not keep, in `charts/` of one that does, are those of the working tree. */
function inputsBefore(
  root: string,
  { commit }: SinceBase,
  { readInput, listInputs }: ReadSources,
): Pick<CheckOptions, 'readInput' | 'listInputs'> {
  const read = inputsOfGit(root, commit);
  const list = listOfGit(root, commit);
  const isArchive = (path: string): boolean => /(?:^|\/)charts\/[^/]+\.tgz$/.test(path);
  return {
    readInput: (path) => read(path) ?? (isArchive(path) ? readInput(path) : undefined),
    listInputs: (folder) => [...new Set([...list(folder), ...listInputs(folder).filter(isArchive)])].sort(),
  };
}

async function worseThan(
  base: SinceBase,
  now: Report,
  { files, around, selects }: ReadSources,
  check: (files: readonly SourceFile[], more: Pick<CheckOptions, 'around' | 'preLeftOut' | 'timing'>) => Promise<Report>,
): Promise<Report> {
  const { commit, revision } = base;
  const isClean = now.findings.every(({ suppressed }) => suppressed !== undefined);
  const before = isClean
    ? now
    : await check(base.before(files, selects), around === undefined ? {} : { around: async () => base.before(await around(), () => true) });
  return onlyWorse(now, before, { revision, commit });
}

async function timed<T>(timing: Timing | undefined, stage: string, work: () => T | Promise<T>): Promise<T> {
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
