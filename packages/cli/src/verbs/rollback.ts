import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigError, toDotted } from '@plumbline/core';
import {
  type Drift,
  driftOf,
  type FileChange,
  isMadeByCluster,
  NOTHING_IGNORED,
  rollbackOf,
  type Wanted,
  whatIsLost,
  whyKept,
} from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import { isConfigurationPath, isGitSource } from '@plumbline/sources';
import { finishEdits } from '../edits/finish-edits.ts';
import { patchText } from '../edits/print-patch.ts';
import { nameOf, writeBack } from '../edits/write-back.ts';
import { writeFiles } from '../edits/write-files.ts';
import { changedSince, commitOf, textAt } from '../git-history.ts';
import { ignoringFor } from '../ignoring.ts';
import { reportRoot } from '../read-sources.ts';
import { readSides, type Sides } from '../sides.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';

/** Prints, or writes, what brings the files of a revision back, and says what an apply of them does to what is there. */
export async function runRollback(given: Arguments, terminal: Terminal): Promise<number> {
  const revision = flagValue(given, 'to');
  if (revision === undefined) throw new ConfigError('usage', 'say what to go back to: plumbline rollback --to REV');
  const [operand, ...rest] = given.operands;
  if (rest.length > 0 || (operand !== undefined && (operand === '-' || isGitSource(operand))))
    throw new ConfigError('usage', 'plumbline rollback takes one file or folder of the working tree');
  const cwd = process.cwd();
  const root = reportRoot(given.operands, cwd);
  if (!existsSync(join(root, '.git'))) throw new ConfigError('usage', 'there is no Git repository here to go back in');
  const commit = commitOf(root, revision);
  const path = operand === undefined ? '' : relative(root, resolve(cwd, operand)).split(sep).join('/');
  const all = fileChanges(root, commit, path);
  const changes = all.filter((change) => !isBinary(change));
  for (const change of all) if (isBinary(change)) terminal.err(`plumbline: ${printable(change.path)} is no text: it is not rolled back\n`);
  if (changes.length === 0) {
    terminal.err(`plumbline: nothing differs from ${printable(revision)}\n`);
    return 0;
  }
  const then = await readSides(given, { desired: [path === '' ? `git:${commit}` : `git:${commit}:${path}`], actual: operand ?? root });
  const actual = flagValue(given, 'actual');
  const live = actual === undefined ? undefined : await readSides(given, { desired: given.operands, actual });
  for (const said of [...then.problems, ...(live?.problems ?? []), ...(live?.notes ?? [])]) terminal.err(`plumbline: ${printable(said)}\n`);
  const wanted = wantedOf(given);
  const isMeant = ({ desired, actual }: Drift): boolean => {
    const resource = desired ?? actual;
    return wanted === undefined || (resource !== undefined && wanted.object(resource));
  };
  const isCareful = sayOutcome(outcomeOf(then, live, given).filter(isMeant), wanted?.field ?? (() => true), terminal);
  if (live !== undefined) await sayPastGit(live, given, terminal, isMeant);
  if (wanted !== undefined) {
    const code = await rollBackObjects(given, commit, path, wanted, terminal);
    return then.problems.length > 0 || (live?.problems.length ?? 0) > 0 ? 2 : Math.max(code, Number(isCareful));
  }
  const hidden = finish(root, changes, then, has(given, 'write'), terminal);
  if (then.problems.length > 0 || (live?.problems.length ?? 0) > 0) return 2;
  return isCareful || hidden || all.length > changes.length ? 1 : 0;
}

/** The objects and fields that are named; undefined where all of the source goes back. */
function wantedOf(given: Arguments): Wanted | undefined {
  const [objects, fields] = [flagValues(given, 'only'), flagValues(given, 'field')];
  if (objects.length === 0) {
    if (fields.length > 0)
      throw new ConfigError('usage', '--field is of the objects that --only names: --only Deployment/web --field spec.replicas');
    return undefined;
  }
  const named = objects.map((text) => {
    const steps = text.split('/');
    const [kind = '', ...rest] = steps;
    const name = rest.pop() ?? '';
    if (kind === '' || name === '' || rest.length > 1)
      throw new ConfigError('usage', `--only takes KIND/NAME or KIND/NAMESPACE/NAME, not ${JSON.stringify(text)}`);
    return { kind, namespace: rest[0], name };
  });
  return {
    object: ({ gvk, namespace, name }) =>
      named.some((one) => one.kind === gvk.kind && one.name === name && (one.namespace === undefined || one.namespace === namespace)),
    field(path) {
      const place = toDotted(path);
      return (
        fields.length === 0 || fields.some((field) => place === field || place.startsWith(`${field}.`) || place.startsWith(`${field}[`))
      );
    },
  };
}

/** Edits the files so that the objects are as they were; what else the files hold stays. */
async function rollBackObjects(given: Arguments, commit: string, path: string, wanted: Wanted, terminal: Terminal): Promise<number> {
  const now = await readSides(given, { desired: given.operands, actual: path === '' ? `git:${commit}` : `git:${commit}:${path}` });
  if (![...now.desired, ...now.actual].some((resource) => wanted.object(resource)))
    throw new ConfigError('usage', `there is no ${flagValues(given, 'only').join(', ')} here, now or then`);
  const { edits, not } = rollbackOf(now.desired, now.actual, now.ports, wanted);
  const made = await writeBack(edits, now);
  return finishEdits(
    { texts: made.texts, not: [...not, ...made.not] },
    now,
    { isWriting: has(given, 'write'), sources: given.operands },
    terminal,
  );
}

function isBinary({ before, after }: FileChange): boolean {
  return [before, after].some((text) => text !== undefined && /[\0\uFFFD]/.test(text));
}

/** The tracked files that say what is applied, as they are and as they were: configuration, and what stands in the folder of a kustomization. */
function fileChanges(root: string, commit: string, path: string): readonly FileChange[] {
  return changedSince(root, commit, path === '' ? [] : [path])
    .filter((change) => isConfigurationPath(change.path) || isInKustomization(root, change.path))
    .map(({ path: file, status }) => ({
      path: file,
      // What Git does not know may be there all the same.
      before: !isFile(join(root, file)) ? undefined : readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, ''),
      after: status === 'A' ? undefined : textAt(root, commit, file).replace(/^\uFEFF/, ''),
    }))
    .filter(({ before, after }) => before !== after);
}

function isFile(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() === true;
}

function isInKustomization(root: string, path: string): boolean {
  const folder = dirname(path);
  const isHere = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) => existsSync(join(root, folder, name)));
  return isHere || (folder !== '.' && isInKustomization(root, folder));
}

/** How what is there differs from what the revision says: what is live where that is known, else what the working tree says. */
function outcomeOf(then: Sides, live: Sides | undefined, given: Arguments): readonly Drift[] {
  const scopes = new Set(flagValues(given, 'prune-scope'));
  // Whoever leaves an object alone in the cluster, Git has it or not.
  return driftOf(then.desired, live?.actual ?? then.actual, live?.ports ?? then.ports, {
    ignoring: NOTHING_IGNORED,
    prunes: (resource) => live === undefined || ((scopes.has('*') || scopes.has(resource.namespace ?? '')) && !isMadeByCluster(resource)),
    ...(live === undefined ? {} : { unreadOf: (resource) => live.unreadOf(resource) }),
  });
}

/** Whether something is lost, or has to be replaced. */
function sayOutcome(drifts: readonly Drift[], isField: Wanted['field'], terminal: Terminal): boolean {
  let isCareful = false;
  for (const { desired, actual, status, changes } of drifts) {
    const resource = desired ?? actual;
    if (resource === undefined) continue;
    const say = (what: string): unknown => terminal.err(`plumbline: ${printable(`${nameOf(resource)} ${what}`)}\n`);
    if (status === 'missing') say('comes back');
    if (status === 'extra') {
      const kept = whyKept(resource.object);
      const lost = kept === undefined ? whatIsLost(resource.object) : undefined;
      say(`goes${kept === undefined ? '' : `; ${kept}`}${lost === undefined ? '' : `; ${lost}`}`);
      isCareful ||= lost !== undefined;
    }
    for (const { immutable, live } of changes) {
      if (immutable === undefined || !isField(live)) continue;
      const lost = whatIsLost(resource.object);
      say(`has to be replaced: ${immutable}${lost === undefined ? '' : `; ${lost}`}`);
      isCareful = true;
    }
  }
  return isCareful;
}

/** What is live and not as the working tree says: the rollback is not of that, and an apply may undo it. */
async function sayPastGit(live: Sides, given: Arguments, terminal: Terminal, isMeant: (drift: Drift) => boolean): Promise<void> {
  const { ignoring } = await ignoringFor(live);
  const drifts = driftOf(live.desired, live.actual, live.ports, {
    ignoring,
    managers: flagValues(given, 'manager'),
    unreadOf: (resource) => live.unreadOf(resource),
  });
  for (const { desired, status, changes } of drifts.filter(isMeant)) {
    if (desired === undefined || status !== 'changed') continue;
    for (const change of changes) {
      if (change.class !== 'drift') continue;
      const who = change.owner === undefined ? '' : ` by ${change.owner.manager}`;
      terminal.err(
        `plumbline: ${printable(`${nameOf(desired)} ${toDotted(change.path)} was changed past Git${who}: an apply undoes that`)}\n`,
      );
    }
  }
}

/** Whether a file is not in the patch. */
function finish(root: string, changes: readonly FileChange[], { desired, actual }: Sides, isWriting: boolean, terminal: Terminal): boolean {
  if (isWriting) {
    writeFiles(root, changes);
    for (const { path, after } of changes)
      terminal.err(`plumbline: ${printable(path)} is ${after === undefined ? 'deleted' : 'written'}\n`);
    return false;
  }
  const { text, hidden } = patchText(changes, [...desired, ...actual], root);
  terminal.out(text);
  for (const path of hidden)
    terminal.err(`plumbline: ${printable(path)} is not in the patch: the value of a Secret would show; --write edits the file\n`);
  return hidden.length > 0;
}
