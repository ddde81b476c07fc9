import type { BuildResult, Expander } from '@plumbline/core';
import { buildKustomization, examineKustomization } from './build.ts';
import type { BuildOptions } from './loader.ts';

/** Builds kustomizations for the engine. */
export function kustomizeExpander(options: BuildOptions = {}): Expander {
  return {
    build({ kind, folder }, inputs): BuildResult {
      if (kind !== 'kustomization') return { notBuilt: kind === 'chart' ? 'the Helm chart was not rendered' : 'the folder was not built' };
      const result = buildKustomization(folder, inputs, options);
      if ('notBuilt' in result) return result;
      if ('problems' in result) return { problems: result.problems };
      return { objects: result.resources, inputs: [...result.inputs.keys()] };
    },
    examine: (file, inputs) => examineKustomization(file, inputs, options),
  };
}
