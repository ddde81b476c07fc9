import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Applied, type Config, ConfigError, type Engine, type Resource, STAGES, stageOfName, toDotted } from '@plumbline/core';
import { type Promotion, pairEnvironments, promotion } from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import { finishEdits } from '../edits/finish-edits.ts';
import { nameOf, writeBack } from '../edits/write-back.ts';
import { commitOf, lastChange } from '../git-history.ts';
import { readConfig } from '../load-config.ts';
import { readSources, reportRoot } from '../read-sources.ts';
import { appliedOf, portsOf, withTexts } from '../sides.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue, has } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** An environment: which objects are its own, and which paths hold it. */
interface Environment {
  readonly name: string;
  readonly paths: readonly string[];
  holds(resource: Resource): boolean;
}

/** Prints, or writes, what of one environment has to be carried to another. */
export async function runPromote(given: Arguments, terminal: Terminal): Promise<number> {
  const [from, to] = [flagValue(given, 'from'), flagValue(given, 'to')];
  if (from === undefined || to === undefined || given.operands.length > 0)
    throw new ConfigError('usage', 'plumbline promote takes two environments: plumbline promote --from qa --to live');
  const cwd = process.cwd();
  const root = reportRoot([], cwd);
  const schemas = openSchemas();
  const config = readConfig(given, root, cwd, schemas.versions);
  const engine = wire(schemas, config);
  const read = await readSources([], root, cwd, false);
  for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);
  const applied = await appliedOf(engine, read);
  const known = (name: string): Environment => environment(name, config, applied.resources, root, cwd);
  const [source, target] = [known(from), known(to)];
  sayOrder(source.name, target.name, orderOf(config, applied.resources), terminal);
  if (source.name === target.name) throw new ConfigError('usage', `--from and --to are both ${source.name}`);
  const base = baseOf(given, root, target);
  const ports = portsOf(schemas, applied, applied.definitions, undefined);
  const before = base === undefined ? [] : (await atRevision(engine, base, root, cwd)).resources;
  const { trios, onlyFrom, onlyTo, added, gone } = pairEnvironments(
    own(applied.resources, source, from),
    own(applied.resources, target, to),
    before.filter((resource) => source.holds(resource)),
    { from: source.name, to: target.name },
  );
  const promotions = trios.map((trio) => promotion(trio, ports, source.name));
  const tree = {
    applied,
    ports,
    root,
    textOf: read.textOf,
    again: (texts: ReadonlyMap<string, string>) => appliedOf(engine, withTexts(read, texts)),
  };
  const made = await writeBack(
    promotions.flatMap(({ edits }) => edits),
    tree,
  );
  sayKept(promotions, terminal);
  const say = (resource: Resource, where: string): unknown => terminal.err(`plumbline: ${printable(`${nameOf(resource)} is ${where}`)}\n`);
  for (const resource of onlyFrom)
    say(
      resource,
      added.has(resource) ? `new in ${from} (${resource.document.file.path}), and not created` : `only in ${from}, and not created`,
    );
  for (const resource of onlyTo)
    say(
      resource,
      gone.has(resource)
        ? `gone from ${from} (here ${resource.document.file.path}), and stays until it is removed`
        : `only in ${to}, and stays`,
    );
  const not = [...promotions.flatMap((one) => one.not), ...made.not];
  const code = finishEdits({ texts: made.texts, not }, tree, { isWriting: has(given, 'write'), sources: [] }, terminal);
  return read.problems.length > 0 ? 2 : code;
}

/** As plumbline.yaml has it, or as folders tell; or a folder. */
function environment(name: string, config: Config, resources: readonly Resource[], root: string, cwd: string): Environment {
  const named = resources.filter(({ unit }) => unit.environment === name);
  const paths = config.environments?.find((each) => each.name === name)?.paths ?? [...new Set(named.map(({ unit }) => unit.root))];
  if (named.length > 0) return { name, paths, holds: ({ unit }) => unit.environment === name };
  const folder = relative(root, resolve(cwd, name)).split(sep).join('/');
  if (folder.startsWith('..') || !existsSync(join(root, folder))) {
    const names = new Set([
      ...(config.environments ?? []).map((each) => each.name),
      ...resources.flatMap(({ unit }) => unit.environment ?? []),
    ]);
    const hint = names.size === 0 ? 'there is no environment here' : `there are ${[...names].sort().join(', ')}`;
    throw new ConfigError('usage', `${JSON.stringify(name)} is no environment and no folder; ${hint}`);
  }
  const isIn = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
  return {
    name: folder,
    paths: [folder],
    holds: ({ unit, document, locate }) => isIn(unit.root) || (locate === undefined && isIn(document.file.path)),
  };
}

/** Environments in order of promotion: as plumbline.yaml lists them, else by the stages that their names tell. */
function orderOf({ environments = [] }: Config, resources: readonly Resource[]): readonly (readonly string[])[] {
  if (environments.length > 0) return environments.map(({ name }) => [name]);
  const names = [...new Set(resources.flatMap(({ unit }) => unit.environment ?? []))].sort();
  return STAGES.map((stage) => names.filter((name) => stageOfName(name) === stage)).filter((same) => same.length > 0);
}

/** Whoever promotes out of order is told so; it may be meant. */
function sayOrder(from: string, to: string, order: readonly (readonly string[])[], terminal: Terminal): void {
  const [first, last] = [from, to].map((name) => order.findIndex((same) => same.includes(name)));
  if (first === undefined || last === undefined || first < 0 || last < 0) return;
  const between = order.slice(first + 1, last).map((same) => same.join(' or '));
  if (last < first) terminal.err(`plumbline: ${printable(`${to} comes before ${from}: this goes against the order of promotion`)}\n`);
  else if (between.length > 0)
    terminal.err(`plumbline: ${printable(`this leaves out ${between.join(', ')}, between ${from} and ${to}`)}\n`);
}

function own(resources: readonly Resource[], { holds }: Environment, name: string): readonly Resource[] {
  const found = resources.filter((resource) => holds(resource));
  if (found.length === 0) throw new ConfigError('usage', `${JSON.stringify(name)} holds no object`);
  return found;
}

/** When both were in line: the revision that was given, or the last that changed the target. Undefined where there is no history. */
function baseOf(given: Arguments, root: string, { paths }: Environment): string | undefined {
  const since = flagValue(given, 'since');
  if (since !== undefined) return commitOf(root, since);
  return existsSync(join(root, '.git')) ? lastChange(root, paths) : undefined;
}

async function atRevision(engine: Engine, commit: string, root: string, cwd: string): Promise<Applied> {
  return appliedOf(engine, await readSources([`git:${commit}`], root, cwd, false));
}

function sayKept(promotions: readonly Promotion[], terminal: Terminal): void {
  for (const { kept } of promotions)
    for (const { resource, path, why } of kept)
      terminal.err(`plumbline: ${printable(`${nameOf(resource)} ${toDotted(path)} stays: ${why}`)}\n`);
}
