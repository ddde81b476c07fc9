import type { Config } from '@plumbline/core';
import { repositoryRoot } from './repository-root.ts';
import { type Arguments, flagValue, flagValues } from './verb.ts';

/** The configuration of a run, flags over file, and the repository it belongs to. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path of the repository's root. */
  readonly root: string;
}

export async function loadConfig(
  given: Arguments,
  parseVersions: (values: readonly string[], known: readonly string[]) => readonly string[],
): Promise<LoadedConfig> {
  const root = repositoryRoot(process.cwd());
  const versions = parseVersions(flagValues(given, 'kubernetes-version'), []);
  const preset = flagValue(given, 'preset') as Config['preset']; // one of the flag's choices
  const config: Config = {
    ...(versions.length === 0 ? {} : { kubernetesVersions: versions }),
    ...(preset === undefined ? {} : { preset }),
  };
  return { config, root };
}
