import type { Engine } from '@plumbline/core';
import { readConfig } from './load-config.ts';
import { loadPlugins } from './load-plugins.ts';
import { reportRoot } from './read-sources.ts';
import { type Arguments, has } from './verb.ts';
import { openSchemas, wire } from './wiring.ts';

/** Every rule that a check would know, those of the configuration among them; those of the repository's plugins only where they may be loaded. */
export async function rulesInSight(given: Arguments): Promise<Engine['rules']> {
  const schemas = openSchemas();
  const cwd = process.cwd();
  const root = reportRoot([], cwd);
  const { plugins = [], celRules } = readConfig(given, root, cwd, schemas.versions);
  const config = celRules === undefined ? undefined : { celRules };
  return wire(schemas, config, has(given, 'allow-plugins') ? await loadPlugins(plugins, root, true) : []).rules;
}
