import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Report } from '@plumbline/core';
import { runCommand } from './judge.ts';

/** A kubeconform command line, read. */
export interface KubeconformCall {
  readonly files: readonly string[];
  readonly stdinFrom: string | undefined;
  readonly isStrict: boolean;
  readonly ignoresMissingSchemas: boolean;
  readonly version: string | undefined;
  readonly skippedKinds: readonly string[];
  readonly ignoredNames: readonly RegExp[];
  readonly unknownFlags: readonly string[];
  readonly schemaLocations: readonly string[];
}

export interface KubeconformRun {
  readonly code: number;
  /** Counts by kubeconform's words; undefined where there was no report. */
  readonly summary: Readonly<Record<string, number>> | undefined;
  /** Nothing in the files was a manifest. */
  readonly hasNoManifest: boolean;
  readonly detail: string;
}

const WITHOUT_MEANING = new Set(['summary', 'verbose', 'strict', 'ignore-missing-schemas', 'insecure-skip-tls-verify', 'debug', 'v', 'h']);
const WITH_VALUE = new Set(['n', 'output', 'cache', 'kubernetes-version', 'skip', 'reject', 'ignore-filename-pattern', 'schema-location']);

/** Reads a command line of the suite; a text says why it has no counterpart here. */
export function translate(line: string): KubeconformCall | string {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const pipe = words.indexOf('|');
  const stdinFrom = pipe >= 0 && words[0] === 'cat' ? words[1] : undefined;
  const files: string[] = [];
  const flags = new Map<string, string[]>();
  const unknownFlags: string[] = [];
  for (let at = pipe + 2; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-' || !word.startsWith('-')) {
      files.push(word);
      continue;
    }
    const [name = '', written] = word.replace(/^--?/, '').split(/=(.*)/s);
    if (WITH_VALUE.has(name)) {
      const value = written ?? words[++at] ?? '';
      flags.set(name, [...(flags.get(name) ?? []), value]);
    } else if (WITHOUT_MEANING.has(name)) flags.set(name, ['']);
    else unknownFlags.push(word);
  }
  if (flags.has('h') || flags.has('v')) return 'asks about kubeconform itself';
  if (flags.has('reject')) return 'there is no list of rejected kinds';
  if (flags.has('cache')) return 'there is no cache to fill';
  if ((flags.get('output') ?? ['json']).some((name) => name !== 'json' && name !== 'text' && name !== 'junit'))
    return 'an output format of kubeconform';
  const skippedKinds = (flags.get('skip') ?? []).flatMap((value) => value.split(','));
  if (skippedKinds.some((kind) => kind.includes('/'))) return 'a waiver names kinds, not versions of them';
  return {
    files,
    stdinFrom,
    isStrict: flags.has('strict'),
    ignoresMissingSchemas: flags.has('ignore-missing-schemas'),
    version: versionOf(flags.get('kubernetes-version')?.[0]),
    skippedKinds,
    ignoredNames: (flags.get('ignore-filename-pattern') ?? []).map((pattern) => new RegExp(pattern)),
    unknownFlags,
    schemaLocations: flags.get('schema-location') ?? [],
  };
}

// Versions before and after those that there are data for: the nearest. What is no version stays as it is, and is refused.
function versionOf(written: string | undefined): string | undefined {
  const minor = /^1\.(\d+)(?:\.\d+)?$/.exec(written ?? '')?.[1];
  if (minor === undefined) return written === 'master' ? undefined : written;
  return Number(minor) < OLDEST ? `1.${OLDEST}` : Number(minor) > NEWEST ? undefined : `1.${minor}`;
}

/** The folder of a location that the suite lacks, with which nothing can be judged. */
export function lackingFolder({ schemaLocations }: KubeconformCall, cwd: string): string | undefined {
  return schemaLocations
    .filter((location) => location !== 'default' && !/^https?:/.test(location))
    .map((location) => location.slice(0, location.lastIndexOf('/', (location.indexOf('{{') + 1 || location.length + 1) - 1)))
    .find((folder) => folder !== '' && statSync(join(cwd, folder), { throwIfNoEntry: false }) === undefined);
}

/** The minors of schemas/kubernetes. */
const OLDEST = 25;
const NEWEST = 37;

interface Place {
  readonly command: string;
  /** The folder that the files are relative to. */
  readonly cwd: string;
  /** A folder to write in. */
  readonly scratch: string;
}

// Without -strict kubeconform drops what a schema does not name, and repeated keys.
const STRICT_ONLY = new Set(['schema/unknown-field', 'schema/preserve-unknown', 'yaml/duplicate-key']);
const MISSING_SCHEMA = new Set(['schema/unknown-kind', 'api/removed', 'api/not-yet-available', 'api/alpha-beta-disabled']);

/** Runs `plumbline check` as the call asks: reading and schemas only, as configuration says. */
export async function runAsKubeconform(call: KubeconformCall, { command, cwd, scratch }: Place): Promise<KubeconformRun> {
  const listed = await runCommand(command, ['rules', '--format', 'json'], scratch);
  const { rules } = JSON.parse(listed.out) as { rules: readonly { id: string; class: string }[] }; // docs/json.md
  const ids = rules
    .filter(({ id, class: kind }) => STRICT_ONLY.has(id) || (/^(schema|yaml|api)\//.test(id) && (kind === 'refusal' || kind === 'broken')))
    .map(({ id }) => id)
    .filter((id) => call.isStrict || !STRICT_ONLY.has(id));
  const config = join(scratch, 'plumbline.yaml');
  const waivers = call.skippedKinds.map((kind) => ({ rule: '*', resource: { kind }, reason: '-skip' }));
  const settings = { preset: 'off', rules: Object.fromEntries(ids.map((id) => [id, {}])), ...(waivers.length === 0 ? {} : { waivers }) };
  writeFileSync(config, JSON.stringify(settings));
  // Ours are glob patterns, kubeconform's are regular expressions: the names are sifted here.
  const files =
    call.ignoredNames.length === 0
      ? call.files
      : call.files.flatMap((path) => filesAt(cwd, path)).filter((path) => !call.ignoredNames.some((name) => name.test(path)));
  const given = [
    'check',
    ...call.unknownFlags,
    ...call.schemaLocations.flatMap((location) => ['--schema-location', location]),
    ...(files.length === 0 ? ['-'] : files),
    ...['--config', config, '--format', 'json'],
    ...(call.version === undefined ? [] : ['--kubernetes-version', call.version]),
    ...(call.ignoresMissingSchemas ? [] : ['--fail-on-not-evaluated']),
    // Says which resources there are, also those without findings.
    ...(call.skippedKinds.length === 0 ? [] : ['--detail', 'outcomes']),
  ];
  const input = call.stdinFrom === undefined ? '' : readFileSync(join(cwd, call.stdinFrom), 'utf8');
  const { code, out, err } = await runCommand(command, given, cwd, input);
  if (!out.startsWith('{')) return { code, summary: undefined, hasNoManifest: false, detail: firstLine(err) };
  return { code, ...summarise(JSON.parse(out) as PrintedReport, call) }; // docs/json.md
}

type PrintedReport = Pick<Report, 'summary' | 'findings' | 'notEvaluated' | 'leftOut' | 'outcomes'>;

function summarise(report: PrintedReport, call: KubeconformCall): Omit<KubeconformRun, 'code'> {
  const { summary, findings } = report;
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const keyOf = ({ resource, location }: Finding): string =>
    JSON.stringify([location?.file, resource?.kind, resource?.namespace, resource?.name]);
  const invalid = new Set(open.filter(({ resource, rule }) => resource !== null && !MISSING_SCHEMA.has(rule)).map(keyOf));
  const missing = new Set(open.filter(({ resource, rule }) => resource !== null && MISSING_SCHEMA.has(rule)).map(keyOf));
  const unjudged = greatest(report.notEvaluated.map(({ rule = '', count }) => [rule, count]));
  const passedOver = new Set(
    (report.outcomes ?? [])
      .filter(({ resource }) => call.skippedKinds.includes(resource.kind))
      .map(({ resource }) => JSON.stringify(resource)),
  ).size;
  const broken = open.filter(({ resource }) => resource === null).length;
  const errors = broken + (call.ignoresMissingSchemas ? 0 : missing.size + unjudged);
  const skipped = passedOver + (call.ignoresMissingSchemas ? missing.size + unjudged : 0);
  const resources = summary.resources + broken;
  const emptyFiles = report.leftOut.flatMap(({ files }) => files).filter((path) => MANIFEST.test(path)).length;
  return {
    summary: {
      resources,
      files: summary.files.checked + emptyFiles,
      valid: resources - invalid.size - errors - skipped,
      invalid: invalid.size,
      errors,
      skipped,
    },
    hasNoManifest: summary.resources === 0 && findings.length === 0,
    detail: findings.map(({ rule, message }) => `${rule} ${message}`)[0] ?? '',
  };
}

const MANIFEST = /\.(ya?ml|json)$/;

/** The greatest sum among the rules: how many resources the rule that looks at most of them speaks of. */
function greatest(counts: readonly (readonly [rule: string, count: number])[]): number {
  const sums = new Map<string, number>();
  for (const [rule, count] of counts) sums.set(rule, (sums.get(rule) ?? 0) + count);
  return Math.max(0, ...sums.values());
}

function filesAt(cwd: string, path: string): readonly string[] {
  const stat = statSync(join(cwd, path), { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return [path];
  return readdirSync(join(cwd, path))
    .sort()
    .flatMap((name) => filesAt(cwd, `${path}/${name}`))
    .filter((name) => MANIFEST.test(name));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
