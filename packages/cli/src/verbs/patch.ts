import { ConfigError, createSecretMask, type JsonValue, stringify } from '@plumbline/core';
import { type Drift, driftOf, inApplyOrder, isMadeByCluster, type ObjectPatch, type PatchType, patchOf, reversed } from '@plumbline/drift';
import { printable } from '@plumbline/reporters';
import { finishEdits } from '../edits/finish-edits.ts';
import { nameOf, writeBack } from '../edits/write-back.ts';
import { ignoringFor } from '../ignoring.ts';
import { manifestText } from '../manifest-text.ts';
import { readSides, type Sides } from '../sides.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';

/** Prints the patches that make the actual side what is desired; with --reverse the edit of the source that makes it what is. */
export async function runPatch(given: Arguments, terminal: Terminal): Promise<number> {
  const actual = flagValue(given, 'actual');
  if (actual === undefined)
    throw new ConfigError(
      'usage',
      'say what to patch: --actual cluster:[CONTEXT], snapshot:FILE, a file or folder, or - for standard input',
    );
  const isReverse = has(given, 'reverse');
  const type = typeOf(given, isReverse);
  const sides = await readSides(given, { desired: given.operands, actual });
  for (const said of [...sides.problems, ...sides.notes]) terminal.err(`plumbline: ${printable(said)}\n`);
  const drifts = await driftsOf(sides, given);
  for (const { desired, reason } of drifts)
    if (desired !== undefined && reason !== undefined)
      terminal.err(`plumbline: ${printable(`${nameOf(desired)} is not compared: ${reason}`)}\n`);
  if (isReverse) return writeReverse(drifts, sides, given, terminal);
  const options = { managers: flagValues(given, 'manager'), mask: createSecretMask(), print: (object: JsonValue) => manifestText(object) };
  const patches = inApplyOrder(drifts).flatMap((drift) => patchOf(drift, type, sides.ports, options) ?? []);
  terminal.out(printed(patches, type, given));
  if (sides.problems.length > 0) return 2;
  return patches.some(({ refused, withheld }) => refused !== undefined || withheld !== undefined) ? 1 : 0;
}

function typeOf(given: Arguments, isReverse: boolean): PatchType {
  const type = flagValue(given, 'type') as PatchType | undefined; // one of the flag's choices
  if (isReverse && (type !== undefined || has(given, 'inverse') || has(given, 'output')))
    throw new ConfigError('usage', '--reverse is an edit of files: it has no --type, --inverse or --output');
  if (!isReverse && has(given, 'write')) throw new ConfigError('usage', '--write is for --reverse: a cluster is never written to');
  if (has(given, 'inverse') && type !== undefined && type !== 'json')
    throw new ConfigError('usage', `only JSON patches have an inverse, not --type ${type}`);
  return type ?? 'json';
}

async function driftsOf(sides: Sides, given: Arguments): Promise<readonly Drift[]> {
  const { ignoring } = await ignoringFor(sides);
  const scopes = new Set(flagValues(given, 'prune-scope'));
  return driftOf(sides.desired, sides.actual, sides.ports, {
    ignoring,
    managers: flagValues(given, 'manager'),
    prunes: (resource) => (scopes.has('*') || scopes.has(resource.namespace ?? '')) && !isMadeByCluster(resource),
    unreadOf: (resource) => sides.unreadOf(resource),
  });
}

async function writeReverse(drifts: readonly Drift[], sides: Sides, given: Arguments, terminal: Terminal): Promise<number> {
  const { edits, not } = reversed(drifts, sides.ports);
  const made = await writeBack(edits, sides);
  const code = finishEdits(
    { texts: made.texts, not: [...not, ...made.not] },
    sides,
    { isWriting: has(given, 'write'), sources: given.operands },
    terminal,
  );
  return sides.problems.length > 0 ? 2 : code;
}

function printed(patches: readonly ObjectPatch[], type: PatchType, given: Arguments): string {
  const isInverse = has(given, 'inverse');
  const shown = patches.map((one) => shape(one, type, isInverse));
  if (flagValue(given, 'output') === 'json') return `${stringify({ schemaVersion: 1, patches: shown }, 2)}\n`;
  return patches.map((one, index) => asYaml(one, shown[index] ?? null, type)).join('');
}

/** A patch with what it is of; `inverse` takes the place of `patch` where it was asked for. */
function shape(one: ObjectPatch, type: PatchType, isInverse: boolean): JsonValue {
  const { resource, status, patch, inverse, refused, withheld, conflicts, notes } = one;
  const wanted = isInverse ? inverse : patch;
  const why = refused ?? (isInverse && wanted === undefined ? 'there is no inverse of it' : undefined);
  return {
    resource: { ...resource },
    status,
    type,
    ...(wanted === undefined ? {} : { patch: wanted }),
    ...(why === undefined ? {} : { refused: why }),
    ...(withheld === undefined ? {} : { withheld: withheld.map((each) => ({ ...each })) }),
    ...(conflicts === undefined ? {} : { conflicts: conflicts.map((each) => ({ ...each })) }),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** A YAML document; of an apply configuration the object itself, so that it can be piped on, and of a unified diff its text. */
function asYaml(one: ObjectPatch, shown: JsonValue, type: PatchType): string {
  if (type !== 'apply' && type !== 'unified') return `---\n${manifestText(shown)}`;
  const { resource, patch, refused, conflicts = [], notes = [] } = one;
  const name = `${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}`;
  const said = [
    ...(refused === undefined ? [] : [`${name}: ${refused}`]),
    ...conflicts.map(({ manager, field }) => `conflict: ${manager} owns ${field}`),
    ...notes,
  ];
  const comments = said.map((line) => `# ${printable(line)}\n`).join('');
  if (patch === undefined) return comments;
  return typeof patch === 'string' ? `${comments}${patch}` : `---\n${comments}${manifestText(patch)}`;
}
