import { ConfigError, type Pack } from '@plumbline/core';

const TEXTS = ['title', 'why', 'remedy'] as const;
const CHOICES = {
  severity: ['error', 'warning', 'info'],
  // What a server refuses, and what it warns of, only the server decides.
  class: ['policy', 'quality'],
  set: ['core', 'recommended', 'strict', 'optional'],
} as const;

/**
 * Holds rules in code that come from outside to what the engine relies on, since nobody may have typechecked them.
 * `taken` are the ids that exist; those of the pack are added. Throws `config-invalid` with the first thing that is wrong.
 */
export function checkPack(pack: Pack, taken: Set<string>): void {
  for (const [index, rule] of pack.rules.entries()) {
    const what = faultOfRule(rule, taken);
    if (what === undefined) continue;
    const id = isRecord(rule) && typeof rule.id === 'string' ? `"${rule.id}"` : index + 1;
    throw new ConfigError('config-invalid', `pack "${pack.name}": rule ${id} ${what}`);
  }
}

function faultOfRule(rule: unknown, taken: Set<string>): string | undefined {
  if (!isRecord(rule)) return 'is not an object';
  const { members, kinds } = rule;
  if (members !== undefined && !Array.isArray(members)) return 'needs "members" to be a list';
  for (const info of members ?? [rule]) {
    const what = isRecord(info) ? faultOfInfo(info, taken) : 'is not an object';
    if (what !== undefined) return info === rule ? what : `has a member that ${what}`;
    taken.add(info.id);
  }
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => typeof kind === 'string'))
    return 'needs "kinds", a list of texts: apps/Deployment, Pod, GROUP/*, *';
  const method = kinds.includes('any/File') ? 'checkFile' : 'check';
  return typeof rule[method] === 'function' ? undefined : `lacks "${method}", a generator of problems`;
}

/** What is wrong with what a rule says of itself. */
function faultOfInfo(info: Readonly<Record<string, unknown>>, taken: ReadonlySet<string>): string | undefined {
  const { id } = info;
  if (typeof id !== 'string' || !/^[^/\s]+\/\S+$/.test(id)) return 'needs "id", a text of the form pack/name';
  if (taken.has(id)) return 'has the id of another rule';
  for (const name of TEXTS) if (typeof info[name] !== 'string') return `needs "${name}", a text`;
  for (const [name, choices] of Object.entries(CHOICES))
    if (!choices.some((choice) => choice === info[name])) return `needs "${name}", one of ${choices.join(', ')}`;
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
