import { ConfigError, closest } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { readConfig } from '../load-config.ts';
import { reportRoot } from '../read-sources.ts';
import { addSchema, removeSchema } from '../schemas/add-schema.ts';
import { DEFAULT_FOLDER, faultsOf, type LockedSchema, lockPath, readLock } from '../schemas/lock.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue } from '../verb.ts';
import { openSchemas } from '../wiring.ts';

const ACTIONS = ['add', 'list', 'remove', 'verify'];

/** Adds, lists, removes and verifies the schemas that a repository brings. */
export async function runSchema(given: Arguments, terminal: Terminal): Promise<number> {
  const [action = '', operand, ...others] = given.operands;
  if (!ACTIONS.includes(action)) throw new ConfigError('usage', unknownAction(action));
  const needsOne = action === 'add' || action === 'remove';
  if (others.length > 0 || (operand !== undefined) !== needsOne)
    throw new ConfigError(
      'usage',
      `plumbline schema ${action} takes ${needsOne ? (action === 'add' ? 'one file, folder or URL' : 'one name') : 'no operand'}`,
    );
  const cwd = process.cwd();
  const root = reportRoot([], cwd);
  const folder = readConfig(given, root, cwd, openSchemas().versions).schemaFolder ?? DEFAULT_FOLDER;
  switch (action) {
    case 'add': {
      const addition = { source: operand ?? '', name: flagValue(given, 'name'), kind: flagValue(given, 'kind') };
      const schema = await addSchema(addition, root, folder, cwd);
      terminal.out(`Added ${printable(schema.name)} from ${printable(schema.source)}: ${countOf(schema)}\n${listed(schema)}`);
      return 0;
    }
    case 'remove': {
      const schema = removeSchema(operand ?? '', root, folder);
      terminal.out(`Removed ${printable(schema.name)}: ${countOf(schema)}\n`);
      return 0;
    }
    case 'list':
      return list(given, root, folder, terminal);
    default:
      return verify(root, folder, terminal);
  }
}

function list(given: Arguments, root: string, folder: string, terminal: Terminal): number {
  const { schemas } = readLock(root, folder);
  if (flagValue(given, 'format') === 'json') {
    terminal.out(`${JSON.stringify({ schemas }, null, 2)}\n`);
    return 0;
  }
  if (schemas.length === 0) terminal.out('No schema was added: plumbline schema add FILE, FOLDER or URL\n');
  for (const schema of schemas) terminal.out(`${printable(schema.name)}  from ${printable(schema.source)}\n${listed(schema)}`);
  return 0;
}

function verify(root: string, folder: string, terminal: Terminal): number {
  const lock = readLock(root, folder);
  const faults = faultsOf(root, folder, lock);
  if (faults.length > 0) throw new ConfigError('config-invalid', faults.join('\n'));
  const count = lock.schemas.reduce((sum, { files }) => sum + files.length, 0);
  terminal.out(
    count === 0
      ? `Nothing to verify: ${lockPath(folder)} names no file\n`
      : `${count === 1 ? 'One file is' : `All ${count} files are`} as added\n`,
  );
  return 0;
}

function listed({ files }: LockedSchema): string {
  const kinds = files.flatMap((file) => file.kinds);
  return [...new Set(kinds)]
    .sort()
    .map((kind) => `  ${printable(kind.replace(/^\//, ''))}\n`)
    .join('');
}

function countOf({ files }: LockedSchema): string {
  const kinds = new Set(files.flatMap((file) => file.kinds)).size;
  return `${kinds} ${kinds === 1 ? 'kind' : 'kinds'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
}

function unknownAction(action: string): string {
  if (action === '') return `plumbline schema takes one of ${ACTIONS.join(', ')}`;
  const near = closest(action, ACTIONS);
  return `plumbline schema takes one of ${ACTIONS.join(', ')}, not ${JSON.stringify(action)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
