import { existsSync, lstatSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Config, ConfigError, type ConfigLoader, loadConfig, type SourceFile } from '@plumbline/core';
import { readBytes, WHY_UNREAD } from '@plumbline/sources';
import { parseVersions } from './kubernetes-versions.ts';
import { type Arguments, flagValue, flagValues, has } from './verb.ts';

const FILE_NAME = 'plumbline.yaml';

/** The configuration of a run, flags over file. Throws a ConfigError with file, line and column where the file is wrong. */
export function readConfig(given: Arguments, root: string, cwd: string, known: readonly string[]): Config {
  const file = has(given, 'no-config') ? {} : readFile(flagValue(given, 'config'), root, cwd);
  for (const versions of [file.kubernetesVersions, ...(file.environments ?? []).map((environment) => environment.kubernetesVersions)])
    parseVersions(versions ?? [], known, 'the configuration: ');
  const versions = parseVersions(flagValues(given, 'kubernetes-version'), known);
  const preset = flagValue(given, 'preset') as Config['preset']; // one of the flag's choices
  return {
    ...file,
    ...(versions.length === 0 ? {} : { kubernetesVersions: versions, environments: withoutVersions(file.environments) }),
    ...(preset === undefined ? {} : { preset }),
  };
}

/** Versions on the command line are those of every environment. */
function withoutVersions(environments: Config['environments']): NonNullable<Config['environments']> {
  return (environments ?? []).map(({ name, paths }) => ({ name, paths }));
}

function readFile(named: string | undefined, root: string, cwd: string): Config {
  const place = named === undefined ? join(root, FILE_NAME) : resolve(cwd, named);
  // A link that leads nowhere was meant to be a configuration.
  if (named === undefined && lstatSync(place, { throwIfNoEntry: false }) === undefined) return {};
  return loadConfig(sourceFile(place, root), loader(root));
}

/** Reads what `extends` names: a file beside the one that names it. */
function loader(root: string): ConfigLoader {
  return (name, from) => sourceFile(resolve(root, from, '..', name), root);
}

function sourceFile(place: string, root: string): SourceFile {
  const path = relative(root, place).split(sep).join('/');
  const bytes = readBytes(place);
  if (typeof bytes !== 'string') return { path, bytes };
  const reason = existsSync(place) ? `cannot be read: ${WHY_UNREAD[bytes]}` : 'does not exist';
  throw new ConfigError('config-unreadable', `configuration file "${path}" ${reason}`);
}
