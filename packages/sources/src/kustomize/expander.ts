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
      const { effects, renamed } = result;
      return { objects: result.resources, inputs: [...result.inputs.keys()], effects, renamed };
    },
    // What is read beyond the folder is said, also where the build reads it.
    examine: (file, inputs) => examineKustomization(file, inputs, { ...options, isUnrestricted: false }),
  };
}
