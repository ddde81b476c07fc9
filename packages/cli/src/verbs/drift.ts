import { type Applied, ConfigError, type Engine, hashParts, type Report, setSecretMask } from '@plumbline/core';
import { DRIFT_RULES, type Drift, type DriftPorts, driftOf, entriesOf, findingsOf } from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import type { SchemaSource } from '@plumbline/schema';
import { exitCode } from '../exit-code.ts';
import { parseFormats, writeFormats } from '../formats.ts';
import { readConfig } from '../load-config.ts';
import { type ReadSources, readSources, reportRoot } from '../read-sources.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** What is desired against what is: compares, prints, and gives the exit code. */
export async function runDrift(given: Arguments, terminal: Terminal): Promise<number> {
  const actual = flagValue(given, 'actual');
  if (actual === undefined)
    throw new ConfigError('usage', 'say what to compare with: --actual FILE, folder, git:REV, or - for standard input');
  return compareSides(given, terminal, { desired: given.operands, actual });
}

/** Two sources against each other: the first is actual, the second desired. */
export async function runDiff(given: Arguments, terminal: Terminal): Promise<number> {
  const [actual, desired, ...rest] = given.operands;
  if (actual === undefined || desired === undefined || rest.length > 0)
    throw new ConfigError('usage', 'plumbline diff takes two sources: plumbline diff git:main .');
  return compareSides(given, terminal, { desired: [desired], actual });
}

async function compareSides(
  given: Arguments,
  terminal: Terminal,
  sides: { readonly desired: readonly string[]; readonly actual: string },
): Promise<number> {
  const formats = parseFormats(flagValues(given, 'format'));
  const cwd = process.cwd();
  const root = reportRoot(sides.desired, cwd);
  const schemas = openSchemas();
  const config = readConfig(given, root, cwd, schemas.versions);
  const engine = wire(schemas, config);
  const desired = await readSide(engine, sides.desired, root, cwd);
  const actual = await readSide(engine, [sides.actual], reportRoot([sides.actual], cwd), cwd);
  const problems = [...desired.read.problems, ...actual.read.problems];
  for (const problem of problems) terminal.err(`plumbline: ${printable(problem)}\n`);

  const ports = portsOf(schemas, desired.applied);
  const scopes = new Set(flagValues(given, 'prune-scope'));
  const drifts = driftOf(desired.applied.resources, actual.applied.resources, ports, {
    managers: flagValues(given, 'manager'),
    prunes: ({ namespace }) => scopes.has('*') || scopes.has(namespace ?? ''),
  });
  const report = reportOf(desired.applied, drifts, { desired: sides.desired.join(' ') || '.', actual: sides.actual });
  writeFormats(
    formats,
    report,
    {
      color: wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal),
      width: terminal.width,
      sources: desired.read.textOf,
      limit: has(given, 'all') ? Number.POSITIVE_INFINITY : 50,
      quiet: has(given, 'quiet'),
    },
    terminal,
  );
  return exitCode(report, { failOn: 'error', failOnNotEvaluated: has(given, 'fail-on-not-evaluated'), sourceFailed: problems.length > 0 });
}

interface Side {
  readonly read: ReadSources;
  readonly applied: Applied;
}

async function readSide(engine: Engine, operands: readonly string[], root: string, cwd: string): Promise<Side> {
  const read = await readSources(operands, root, cwd, false);
  const { around } = read;
  const applied = await engine.applied(read.files, {
    today: new Date().toISOString().slice(0, 10),
    readInput: read.readInput,
    ...(around === undefined ? {} : { around }),
    ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
  });
  return { read, applied };
}

function portsOf(schemas: SchemaSource, { versions, definitions, kinds }: Applied): DriftPorts {
  const version = versions[0] ?? schemas.versions[0] ?? '';
  const defaults = schemas.defaults(definitions);
  return {
    typeOf: schemas.types(version, definitions),
    defaulted: (object) => defaults.asStored(object, version),
    isNamespaced(gvk) {
      const scope = kinds.scopeOf(gvk);
      return scope === undefined ? undefined : scope === 'Namespaced';
    },
  };
}

function reportOf(applied: Applied, drifts: readonly Drift[], sides: { readonly desired: string; readonly actual: string }): Report {
  const drift = entriesOf(drifts, applied.mask);
  const plain = applied.report(findingsOf(drifts, drift, hashParts));
  const count = (status: Drift['status']): number => drifts.filter((one) => one.status === status).length;
  const counts = {
    inSync: count('in-sync'),
    missing: count('missing'),
    changed: count('changed'),
    extra: count('extra'),
    notEvaluated: count('not-evaluated'),
  };
  const report: Report = {
    ...plain,
    run: { ...plain.run, drift: sides },
    summary: { ...plain.summary, drift: counts },
    rules: { ...plain.rules, ...DRIFT_RULES },
    drift,
  };
  setSecretMask(report, applied.mask);
  return report;
}
