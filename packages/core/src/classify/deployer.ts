import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '../values/json.ts';
import { type Effects, NO_EFFECTS } from './kustomization.ts';

/** A Flux Kustomization, a HelmRelease or an Argo CD Application: an object that says which folder of a repository is applied. */
export interface Deployer {
  readonly kind: 'flux' | 'argo' | 'release';
  /** The member of the object that says what is applied. */
  readonly source: FieldPath;
  /** As written, relative to the root of its source; undefined when the source is not a folder of files. */
  readonly path: string | undefined;
  /** Further folders it merges in, relative to `path`. */
  readonly components: readonly string[];
  /** Whether `path` starts at the root of a Git repository, which may be this one. */
  readonly isGit: boolean;
  readonly effects: Effects;
  readonly substitutes: boolean;
  /** Argo CD: whether folders below `path` are read too. Flux always does. */
  readonly isRecursive: boolean;
  /** Whether it creates objects that no file in sight holds. */
  readonly isOpaque: boolean;
}

const KINDS = new Set(['Kustomization', 'HelmRelease', 'HelmChart', 'Application', 'ApplicationSet']);

/** Whether an object of this kind may be a deployer: the quick look before `readDeployers`. */
export function isDeployerKind(kind: JsonValue | undefined): boolean {
  return typeof kind === 'string' && KINDS.has(kind);
}

/** The deployers that a Kubernetes object declares. */
export function readDeployers(object: JsonObject): readonly Deployer[] {
  const apiVersion = member(object, 'apiVersion');
  if (typeof apiVersion !== 'string') return [];
  const kind = member(object, 'kind');
  if (apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && kind === 'Kustomization') return [fluxKustomization(object)];
  if (apiVersion.startsWith('helm.toolkit.fluxcd.io/') && kind === 'HelmRelease') {
    const path = text(valueAt(object, ['spec', 'chart', 'spec', 'chart']));
    return [release(path?.includes('/') === true ? path : undefined)];
  }
  if (apiVersion.startsWith('helm.cattle.io/') && kind === 'HelmChart') return [release(undefined)];
  if (apiVersion.startsWith('argoproj.io/') && kind === 'Application') return argoApplication(object);
  if (apiVersion.startsWith('argoproj.io/') && kind === 'ApplicationSet') return [release(undefined)];
  return [];
}

function release(path: string | undefined): Deployer {
  return {
    kind: 'release',
    source: ['spec'],
    path,
    components: [],
    isGit: path !== undefined,
    effects: NO_EFFECTS,
    substitutes: false,
    isRecursive: false,
    isOpaque: true,
  };
}

function fluxKustomization(object: JsonObject): Deployer {
  const spec = member(object, 'spec');
  const filled = (key: string): boolean => isFilled(member(spec, key));
  const components = member(spec, 'components');
  return {
    kind: 'flux',
    source: ['spec'],
    path: text(member(spec, 'path')) ?? '.',
    components: isArray(components) ? components.filter((item) => typeof item === 'string') : [],
    isGit: valueAt(spec, ['sourceRef', 'kind']) === 'GitRepository',
    effects: {
      fields:
        filled('patches') ||
        filled('patchesStrategicMerge') ||
        filled('patchesJson6902') ||
        filled('images') ||
        filled('components') ||
        filled('namePrefix') ||
        filled('nameSuffix') ||
        filled('commonMetadata'),
      namespace: filled('targetNamespace') || filled('components'),
      resources: filled('components'),
    },
    substitutes: filled('postBuild'),
    isRecursive: true,
    isOpaque: false,
  };
}

function argoApplication(object: JsonObject): readonly Deployer[] {
  const spec = member(object, 'spec');
  const sources = member(spec, 'sources');
  const several = isArray(sources) && sources.length > 0 ? sources : undefined;
  return (several ?? [member(spec, 'source') ?? null]).flatMap((source, index) => {
    // A source that others only take values from applies nothing.
    if (!isObject(source) || (isFilled(member(source, 'ref')) && !isFilled(member(source, 'path')) && !isFilled(member(source, 'chart'))))
      return [];
    const path = text(member(source, 'path'));
    const kustomize = member(source, 'kustomize');
    return {
      kind: 'argo' as const,
      source: several === undefined ? ['spec', 'source'] : ['spec', 'sources', index],
      path,
      components: [],
      isGit: path !== undefined,
      effects: {
        fields: isFilled(kustomize),
        // Argo CD gives objects without a namespace that of the destination.
        namespace: isFilled(valueAt(spec, ['destination', 'namespace'])),
        resources:
          isFilled(valueAt(source, ['directory', 'include'])) ||
          isFilled(valueAt(source, ['directory', 'exclude'])) ||
          isFilled(member(source, 'helm')) ||
          isFilled(member(source, 'plugin')) ||
          isFilled(member(kustomize, 'components')),
      },
      substitutes: isFilled(member(source, 'plugin')),
      isRecursive: valueAt(source, ['directory', 'recurse']) === true,
      isOpaque: path === undefined,
    };
  });
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFilled(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  if (isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}
