// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as chartYaml } from './rules/chart-yaml.ts';
import { rule as dependencyHttp } from './rules/dependency-http.ts';
import { rule as dependencyLock } from './rules/dependency-lock.ts';

export const rules: readonly Rule[] = [chartYaml, dependencyHttp, dependencyLock];
