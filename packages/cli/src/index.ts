import { type Config, checkConfig, type Engine, type Pack } from '@plumbline/core';
import { parseVersions } from './kubernetes-versions.ts';
import { openSchemas, wire } from './wiring.ts';

/** How to wire the engine; everything has a default. */
export interface PlumblineOptions {
  /** In the shape of plumbline.yaml; a mistake in it throws a ConfigError. */
  readonly config?: Config;
  /** The folder of the Kubernetes schemas; the one that comes with the packages by default. */
  readonly dataDir?: string;
  /** Rules beside those that the command has. */
  readonly packs?: readonly Pack[];
}

/** The engine with the schemas and every pack that the command has. Reads schema data from disk, nothing else. */
export function createPlumbline(options: PlumblineOptions = {}): Engine {
  const schemas = openSchemas(options.dataDir);
  const { config } = options;
  if (config !== undefined) {
    checkConfig(config);
    for (const { kubernetesVersions } of [config, ...(config.environments ?? [])])
      parseVersions(kubernetesVersions ?? [], schemas.versions);
  }
  return wire(schemas, config, options.packs);
}

export { loadCelPatterns, loadPatterns } from './load-patterns.ts';
export { type PolicyTestResults, testPolicies } from './policy-tests/test-policies.ts';
export { openSchemas } from './wiring.ts';
