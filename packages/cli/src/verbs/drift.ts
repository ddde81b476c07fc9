import { apiVersionOf, ConfigError, hashParts, type Report, type ResourceRef, setSecretMask } from '@plumbline/core';
import { DRIFT_RULES, type Drift, driftOf, entriesOf, findingsOf, inApplyOrder, isMadeByCluster, predictedOf } from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import { exitCode } from '../exit-code.ts';
import { parseFormats, writeFormats } from '../formats.ts';
import { ignoringFor, type RunIgnoring } from '../ignoring.ts';
import { readSides, type Sides } from '../sides.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';

/** What is desired against what is: compares, prints, and gives the exit code. */
export async function runDrift(given: Arguments, terminal: Terminal): Promise<number> {
  const actual = flagValue(given, 'actual');
  if (actual === undefined)
    throw new ConfigError(
      'usage',
      'say what to compare with: --actual cluster:[CONTEXT], snapshot:FILE, a file or folder, git:REV, or - for standard input',
    );
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
  names: { readonly desired: readonly string[]; readonly actual: string },
): Promise<number> {
  const formats = parseFormats(flagValues(given, 'format'));
  const sides = await readSides(given, names);
  for (const said of [...sides.problems, ...sides.notes]) terminal.err(`plumbline: ${printable(said)}\n`);

  const scopes = new Set(flagValues(given, 'prune-scope'));
  const ignored = await ignoringFor(sides);
  const drifts = driftOf(sides.desired, sides.actual, sides.ports, {
    ignoring: ignored.ignoring,
    managers: flagValues(given, 'manager'),
    prunes: (resource) => (scopes.has('*') || scopes.has(resource.namespace ?? '')) && !isMadeByCluster(resource),
    unreadOf: (resource) => sides.unreadOf(resource),
  });
  const isDetailed = flagValue(given, 'detail') === 'outcomes';
  const report = reportOf(sides, drifts, ignored, isDetailed, { desired: names.desired.join(' ') || '.', actual: names.actual });
  writeFormats(
    formats,
    report,
    {
      color: wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal),
      width: terminal.width,
      sources: sides.textOf,
      limit: has(given, 'all') ? Number.POSITIVE_INFINITY : 50,
      quiet: has(given, 'quiet'),
    },
    terminal,
  );
  return exitCode(report, {
    failOn: 'error',
    failOnNotEvaluated: has(given, 'fail-on-not-evaluated'),
    sourceFailed: sides.problems.length > 0,
  });
}

function reportOf(
  { applied, notLookedThrough, ports }: Sides,
  drifts: readonly Drift[],
  ignored: RunIgnoring,
  isDetailed: boolean,
  sides: { readonly desired: string; readonly actual: string },
): Report {
  const drift = entriesOf(inApplyOrder(drifts), applied.mask, isDetailed ? (one) => predictedOf(one, ports) : undefined);
  const plain = applied.report([...findingsOf(drifts, drift, hashParts), ...ignored.findings(drifts)]);
  const count = (status: Drift['status']): number => drifts.filter((one) => one.status === status).length;
  const counts = {
    inSync: count('in-sync'),
    missing: count('missing'),
    changed: count('changed'),
    extra: count('extra'),
    notEvaluated: count('not-evaluated'),
  };
  const notEvaluated = [...notEvaluatedOf(drifts, notLookedThrough), ...ignored.notEvaluated];
  const report: Report = {
    ...plain,
    notEvaluated: [...plain.notEvaluated, ...notEvaluated],
    run: { ...plain.run, drift: sides },
    summary: {
      ...plain.summary,
      notEvaluated: notEvaluated.reduce((sum, { count: each }) => sum + each, plain.summary.notEvaluated),
      drift: counts,
    },
    rules: { ...plain.rules, ...DRIFT_RULES },
    drift,
  };
  setSecretMask(report, applied.mask);
  return report;
}

const EXAMPLES = 3;

/** What could not be compared, by reason; and kinds of which it is not known whether they hold what Git does not have any more. */
function notEvaluatedOf(drifts: readonly Drift[], notLookedThrough: ReadonlyMap<string, string>): Report['notEvaluated'] {
  const byReason = new Map<string, ResourceRef[]>();
  for (const { desired, reason } of drifts) {
    if (desired === undefined || reason === undefined) continue;
    const { gvk, namespace, name } = desired;
    const ref = { apiVersion: apiVersionOf(gvk), kind: gvk.kind, ...(namespace === undefined ? {} : { namespace }), name };
    byReason.set(reason, [...(byReason.get(reason) ?? []), ref]);
  }
  return [
    ...[...byReason].map(([reason, refs]) => ({ rule: 'drift/changed', reason, count: refs.length, examples: refs.slice(0, EXAMPLES) })),
    ...[...notLookedThrough].map(([kind, reason]) => ({ rule: 'drift/extra', reason: `${kind}: ${reason}`, count: 1, examples: [] })),
  ];
}
