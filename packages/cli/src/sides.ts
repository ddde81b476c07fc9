import { type Applied, type Config, ConfigError, type Engine, type Resource, type SourceFile } from '@plumbline/core';
import type { DriftPorts } from '@plumbline/drift';
import type { SchemaSource } from '@plumbline/schema';
import { findRepositoryRoot, isGitSource, type Live, revisionOf, servedAs } from '@plumbline/sources';
import { type LiveSide, openLive, readLive } from './live-side.ts';
import { readConfig } from './load-config.ts';
import { type ReadSources, readSources, reportRoot } from './read-sources.ts';
import { serverVersion } from './server-version.ts';
import { type Arguments, flagValues } from './verb.ts';
import { openSchemas, wire } from './wiring.ts';

/** Two sources, read to be compared. */
export interface Sides {
  readonly desired: readonly Resource[];
  readonly actual: readonly Resource[];
  readonly ports: DriftPorts;
  readonly config: Config;
  /** The files of the desired side's repository that are not compared. */
  around(): Promise<readonly SourceFile[]>;
  /** Whether all of the repository is compared, and there is nothing around. */
  readonly isWhole: boolean;
  /** Of the desired side: what a report is made by. */
  readonly applied: Applied;
  readonly textOf: ReadSources['textOf'];
  /** All that the desired side's repository would have applied, with other texts in place of some of its files. */
  again(texts: ReadonlyMap<string, string>): Promise<Applied>;
  /** The folder that paths are relative to. Absolute. */
  readonly root: string;
  /** A SOURCE that could not be read, each as a sentence. */
  readonly problems: readonly string[];
  /** What is worth a word and changes nothing. */
  readonly notes: readonly string[];
  /** Why it is not known whether the actual side has an object; undefined where it is known. */
  unreadOf(resource: Resource): string | undefined;
  /** Kinds that were not looked through for objects that the desired side does not have: `apps/v1/Deployment` and the reason. */
  readonly notLookedThrough: ReadonlyMap<string, string>;
}

/** Reads both sides of a comparison; the actual one may be a cluster or a snapshot, which are read only as far as the desired one goes. */
export async function readSides(given: Arguments, sides: { readonly desired: readonly string[]; readonly actual: string }): Promise<Sides> {
  const cwd = process.cwd();
  const root = reportRoot(sides.desired, cwd);
  const schemas = openSchemas();
  const live = await openLive(sides.actual);
  try {
    const config = readConfig(given, root, cwd, schemas.versions);
    const server = live === undefined ? undefined : serverVersion(live.version, schemas.versions, flagValues(given, 'kubernetes-version'));
    const engine = wire(schemas, server === undefined ? config : { ...config, kubernetesVersions: [server.minor] });
    const read = onceAround(await readSources(sides.desired, root, cwd, false));
    const around = async (): Promise<readonly SourceFile[]> => (await read.around?.()) ?? [];
    const common = { config, around, isWhole: read.around === undefined };
    const applied = await appliedOf(engine, read);
    if (live === undefined) {
      const other = await readSources([sides.actual], reportRoot([sides.actual], cwd), cwd, false, { isPrinted: true });
      // Everything would be missing.
      const [unread] = other.problems;
      if (unread !== undefined) throw new ConfigError('source-unreadable', unread);
      const actual = await appliedOf(engine, other);
      return {
        ...common,
        desired: applied.resources,
        actual: actual.resources,
        ports: portsOf(schemas, applied, applied.definitions, undefined),
        applied,
        textOf: read.textOf,
        again: againOf(engine, sides.desired, read, root),
        root,
        problems: read.problems,
        notes: [],
        unreadOf: () => undefined,
        notLookedThrough: new Map(),
      };
    }
    const side: LiveSide = await readLive(live, applied, flagValues(given, 'prune-scope'));
    return {
      ...side,
      ...common,
      // What the server reads objects by comes first.
      ports: portsOf(schemas, applied, [...side.definitions, ...applied.definitions], live),
      applied,
      textOf: read.textOf,
      again: againOf(engine, sides.desired, read, root),
      root,
      problems: read.problems,
      notes: server?.note === undefined ? [] : [server.note],
    };
  } finally {
    live?.close();
  }
}

/** Reads what is around once, however often it is asked for. */
function onceAround(read: ReadSources): ReadSources {
  const { around } = read;
  if (around === undefined) return read;
  let found: Promise<readonly SourceFile[]> | undefined;
  return { ...read, around: () => (found ??= around()) };
}

/** Whoever edits a file of one source may change what another one has applied: all of them are looked at. */
function againOf(engine: Engine, operands: readonly string[], read: ReadSources, root: string): Sides['again'] {
  let whole: ReadSources | undefined;
  return async (texts) => {
    if (whole === undefined) {
      const [first = ''] = operands;
      const everything = isGitSource(first) ? [`git:${revisionOf(first)}`] : [];
      const isAlone = operands.includes('-') || findRepositoryRoot(root) !== root;
      whole = isAlone ? read : await readSources(everything, root, root, false);
    }
    return appliedOf(engine, withTexts(whole, texts));
  };
}

/** The same sources, with other texts in place of some of their files. */
export function withTexts(read: ReadSources, texts: ReadonlyMap<string, string>): ReadSources {
  const made = new Map([...texts].map(([path, text]) => [path, { path, bytes: new TextEncoder().encode(text) }]));
  const { around } = read;
  return {
    ...read,
    files: read.files.map((file) => made.get(file.path) ?? file),
    around: around === undefined ? undefined : async () => (await around()).map((file) => made.get(file.path) ?? file),
    readInput: (path) => made.get(path) ?? read.readInput(path),
  };
}

/** What the sources would have applied. */
export async function appliedOf(engine: Engine, read: ReadSources): Promise<Applied> {
  const { around } = read;
  return engine.applied(read.files, {
    today: new Date().toISOString().slice(0, 10),
    readInput: read.readInput,
    listInputs: read.listInputs,
    ...(around === undefined ? {} : { around }),
    ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
  });
}

/** What drift asks of the schemas. */
export function portsOf(
  schemas: SchemaSource,
  { versions, kinds }: Applied,
  definitions: readonly Resource[],
  live: Live | undefined,
): DriftPorts {
  const version = versions[0] ?? schemas.versions[0];
  if (version === undefined) throw new ConfigError('unknown-version', 'no Kubernetes version is known');
  const defaults = schemas.defaults(definitions);
  return {
    typeOf: schemas.types(version, definitions),
    defaulted: (object) => defaults.asStored(object, version),
    isRelabelled: schemas.relabelled(definitions),
    changesRefused: schemas.changesRefused(version, definitions),
    isNamespaced(gvk) {
      const scope = kinds.scopeOf(gvk);
      return scope === undefined ? live && servedAs(live, gvk)?.isNamespaced : scope === 'Namespaced';
    },
  };
}
