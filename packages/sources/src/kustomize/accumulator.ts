import { defaultConfig } from './default-config.ts';
import { ConflictError } from './field-spec.ts';
import type { Mark } from './mark.ts';
import type { MergeSchema } from './merge-schema.ts';
import { BuildError } from './problem.ts';
import { ResourceMap } from './resource-map.ts';
import { EMPTY_CONFIG, mergeConfigs, type TransformerConfig } from './transformer-config.ts';
import type { Variable } from './variables.ts';

/** What a kustomization and all below it have come to so far. */
export class Accumulator {
  readonly resources = new ResourceMap();
  config: TransformerConfig = EMPTY_CONFIG;
  readonly variables = new Map<string, Variable>();

  mergeConfig(config: TransformerConfig, at: Mark | undefined): void {
    try {
      this.config = mergeConfigs(this.config, config, config === defaultConfig());
    } catch (error) {
      if (error instanceof ConflictError) throw new BuildError(error.message, at);
      throw error;
    }
  }

  addVariable(variable: Variable): void {
    if (this.variables.has(variable.name)) {
      throw new BuildError(`the variable "${variable.name}" is defined twice; give one of them another name`, variable.at.mark());
    }
    this.variables.set(variable.name, variable);
  }

  absorb(other: Accumulator, at: Mark): void {
    this.resources.appendAll(other.resources.list, at);
    this.mergeConfig(other.config, at);
    for (const variable of other.variables.values()) this.addVariable(variable);
  }
}

/** What all kustomizations of a build share: the schema that merging goes by is chosen once. */
export interface Shared {
  schemaOf(apiVersion: string, kind: string): MergeSchema | undefined;
}
