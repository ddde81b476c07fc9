// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as chartYaml } from './rules/chart-yaml.ts';
import { rule as crdsPlacement } from './rules/crds-placement.ts';
import { rule as dependencyHttp } from './rules/dependency-http.ts';
import { rule as dependencyLock } from './rules/dependency-lock.ts';
import { rule as lookupCapabilities } from './rules/lookup-capabilities.ts';
import { rule as namespaceHardcoded } from './rules/namespace-hardcoded.ts';
import { rule as releaseNameLength } from './rules/release-name-length.ts';
import { rule as valueUndefined } from './rules/value-undefined.ts';
import { rule as valueUnused } from './rules/value-unused.ts';
import { rule as valuesSchema } from './rules/values-schema.ts';

export const rules: readonly Rule[] = [
  chartYaml,
  crdsPlacement,
  dependencyHttp,
  dependencyLock,
  lookupCapabilities,
  namespaceHardcoded,
  releaseNameLength,
  valueUndefined,
  valueUnused,
  valuesSchema,
];
