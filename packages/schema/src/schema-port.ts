import type { KindCatalogue, Resource, Rule } from '@plumbline/core';
import { createKindCatalogue } from './kind-catalogue.ts';
import { createSchemaRule } from './schema-rule.ts';
import { createSchemaSet, type ReadData } from './schema-set.ts';

/** What an engine needs of schemas: the rules, the versions that are known (newest first), and a catalogue of kinds. */
export interface SchemaSource {
  readonly rules: readonly Rule[];
  readonly versions: readonly string[];
  catalogue(definitions: readonly Resource[]): KindCatalogue;
}

/** `readData` gives the text of a file of `schemas/kubernetes/data` by its name (`openData` of `@plumbline/schemas-kubernetes`). */
export function createSchemaPort(readData: ReadData): SchemaSource {
  const schemas = createSchemaSet(readData);
  return {
    rules: [createSchemaRule(schemas)],
    versions: schemas.versions,
    catalogue: (definitions) => createKindCatalogue(schemas, definitions),
  };
}
