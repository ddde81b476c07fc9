import type { ApplyingObject, BuildResult, Expander } from '@plumbline/core';
import { buildArgo } from '../argo/build-argo.ts';
import { buildFlux } from '../flux/build-flux.ts';
import { buildKustomization, examineKustomization } from './build.ts';
import type { BuildOptions } from './loader.ts';

/** Builds kustomizations for the engine, and what Flux and Argo CD make of them. */
export function kustomizeExpander(options: BuildOptions = {}): Expander {
  return {
    build(request, inputs): BuildResult {
      const { kind, folder, deployer } = request;
      if (kind === 'chart') return { notBuilt: 'the Helm chart was not rendered' };
      if (deployer !== undefined && isFlux(deployer)) return buildFlux(request, deployer, inputs, options);
      if (deployer !== undefined && isArgo(deployer) && kind === 'kustomization') return buildArgo(request, deployer, inputs, options);
      if (kind === 'folder') return { notBuilt: 'the folder was not built' };
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

function isArgo({ object }: ApplyingObject): boolean {
  return object.kind === 'Application' && typeof object.apiVersion === 'string' && object.apiVersion.startsWith('argoproj.io/');
}

function isFlux({ object }: ApplyingObject): boolean {
  return typeof object.apiVersion === 'string' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}
