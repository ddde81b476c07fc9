import type { Config, Engine, Pack } from '@plumbline/core';
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
  return wire(openSchemas(options.dataDir), options.config, options.packs);
}
