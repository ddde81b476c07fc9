import type { GroupVersionKind, JsonObject, KindCatalogue, Resource, Rule } from '@plumbline/core';
import { changeJudge, type RefusedChange } from './custom-rules/judge-change.ts';
import { createDefaults, type Defaults } from './defaults/apply-defaults.ts';
import { createKindCatalogue } from './kind-catalogue.ts';
import { type KindType, kindTypes } from './kind-types.ts';
import type { MoreSchemas } from './more-schemas/more-schemas.ts';
import { type PatternLibrary, usePatternLibrary } from './pattern.ts';
import { provenLimits } from './proven.ts';
import { namespaceLabels } from './pss/namespace-labels.ts';
import { namespaceLevel } from './pss/namespace-level.ts';
import { relabelledKinds } from './relabelled.ts';
import { type RequestedTypes, requestedTypesOf } from './resource-types.ts';
import { createSchemaRule } from './schema-rule.ts';
import { createSchemaSet, minorOf, type ReadData } from './schema-set.ts';

/** What an engine needs of schemas: the rules, the versions that are known (newest first), and a catalogue of kinds. */
export interface SchemaSource {
  readonly rules: readonly Rule[];
  readonly versions: readonly string[];
  /** How far verdicts for some versions are proven, in words. */
  limits(versions: readonly string[]): readonly string[];
  catalogue(definitions: readonly Resource[]): KindCatalogue;
  /** What a server makes of objects by itself; `definitions`: the CustomResourceDefinitions in sight. */
  defaults(definitions?: readonly Resource[]): Defaults;
  /** The types of objects in a version. */
  types(version: string, definitions?: readonly Resource[]): (object: JsonObject) => KindType | undefined;
  /** What the definitions' rules about changes refuse a change of a custom resource for; nothing of other kinds. */
  changesRefused(version: string, definitions: readonly Resource[]): (after: JsonObject, before: JsonObject) => readonly RefusedChange[];
  /** Whether a server makes one version of a custom resource of another by its apiVersion alone. */
  relabelled(definitions: readonly Resource[]): (gvk: GroupVersionKind, version: string) => boolean;
  /** How requests name a kind; undefined for one that nothing defines. */
  requestedTypes(gvk: GroupVersionKind, minor: number, kinds: KindCatalogue): RequestedTypes | undefined;
}

/**
 * `readData` gives the text of a file of `schemas/kubernetes/data` by its name (`openData` of `@plumbline/schemas-kubernetes`),
 * `loadPatterns` RE2 (`RE2JS` of `re2js`) for the patterns of definitions; it is called at the first one that needs it.
 * `more` gives schemas of kinds that neither Kubernetes nor the repository defines.
 */
export function createSchemaPort(
  readData: ReadData,
  loadPatterns: () => PatternLibrary,
  more?: () => MoreSchemas | undefined,
): SchemaSource {
  usePatternLibrary(loadPatterns);
  const schemas = createSchemaSet(readData);
  return {
    rules: [createSchemaRule(schemas, more), namespaceLabels, namespaceLevel],
    versions: schemas.versions,
    limits: provenLimits,
    catalogue: (definitions) => createKindCatalogue(schemas, definitions, more),
    defaults: (definitions) => createDefaults(schemas, definitions),
    types: (version, definitions) => kindTypes(schemas, version, definitions),
    changesRefused: (version, definitions) => changeJudge(definitions, minorOf(version)),
    relabelled: relabelledKinds,
    requestedTypes: (gvk, minor, kinds) => requestedTypesOf(gvk, minor, schemas, kinds),
  };
}
