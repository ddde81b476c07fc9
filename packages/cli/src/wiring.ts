import { type Config, createEngine, type Engine, type Pack } from '@plumbline/core';
import { pack as api } from '@plumbline/policy-api';
import { pack as meta } from '@plumbline/policy-meta';
import { pack as ref } from '@plumbline/policy-ref';
import { pack as yaml } from '@plumbline/policy-yaml';
import { createSchemaPort, type SchemaSource } from '@plumbline/schema';
import { openData } from '@plumbline/schemas-kubernetes';
import { dataDirectory } from './data-directory.ts';
import { VERSION } from './version.ts';

/** The packs that the command has. */
export const PACKS: readonly Pack[] = [yaml, api, meta, ref];

/** The Kubernetes schemas; `dataDir` defaults to the data that come with the packages. */
export function openSchemas(dataDir: string = dataDirectory()): SchemaSource {
  return createSchemaPort(openData(dataDir));
}

export function wire(schemas: SchemaSource, config: Config | undefined, packs: readonly Pack[] = []): Engine {
  return createEngine({
    schemas,
    packs: [...PACKS, ...packs],
    toolVersion: VERSION,
    ...(config === undefined ? {} : { config }),
  });
}
