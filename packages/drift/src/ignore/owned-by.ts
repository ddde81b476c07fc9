import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { Pair } from '../pair.ts';
import { textAt } from './argo-differences.ts';
import { globOf } from './pointer-place.ts';

/**
 * Whether an Application, or one of an ApplicationSet, applies an object: as its tracking annotation says, else its instance label, else
 * because it lies in a folder that the Application applies.
 */
export function ownedByApplication(application: JsonObject): (pair: Pair) => boolean {
  const isSet = application.kind === 'ApplicationSet';
  const template = isSet ? valueAt(application, ['spec', 'template']) : application;
  const namespace = textAt(member(application, 'metadata') ?? null, 'namespace');
  const isName = globOf(starred(textAt(member(template, 'metadata') ?? null, 'name')));
  const folders = sourcesOf(template).flatMap((source) => foldersOf(source, application));
  return ({ desired, actual }) => {
    const tracked = trackedBy(actual?.object) ?? trackedBy(desired?.object);
    // In any namespace: `NAMESPACE_NAME`.
    if (tracked !== undefined)
      return isName(tracked) || (namespace !== '' && tracked.startsWith(`${namespace}_`) && isName(tracked.slice(namespace.length + 1)));
    const instance = instanceOf(actual?.object) ?? instanceOf(desired?.object);
    if (instance !== undefined && isName(instance)) return true;
    const root = desired?.unit.root;
    return root !== undefined && folders.some((isFolder) => isFolder(root));
  };
}

/** Whether a HelmRelease or a Flux Kustomization applies the object, as its labels say; without labels of a Kustomization, as its folder does. */
export function ownedByFlux(applier: JsonObject): (pair: Pair) => boolean {
  const isKustomization = applier.kind === 'Kustomization';
  const group = isKustomization ? 'kustomize.toolkit.fluxcd.io' : 'helm.toolkit.fluxcd.io';
  const metadata = member(applier, 'metadata') ?? null;
  const [name, namespace] = [textAt(metadata, 'name'), textAt(metadata, 'namespace')];
  const path = valueAt(applier, ['spec', 'path']);
  const isFolder = isKustomization ? folderMatcher(typeof path === 'string' ? path : '', false) : undefined;
  return ({ desired, actual }) => {
    for (const resource of [actual, desired]) {
      const labels = member(resource?.object.metadata, 'labels') ?? null;
      const label = textAt(labels, `${group}/name`);
      if (label !== '') return label === name && (namespace === '' || textAt(labels, `${group}/namespace`) === namespace);
    }
    return desired !== undefined && isFolder?.(desired.unit.root) === true;
  };
}

/**
 * The folders of the repository that hold all that an Application or a Flux Kustomization applies, one for each of its sources. None for a
 * HelmRelease; undefined where that is not known: a chart, a folder that a generator fills in.
 */
export function foldersOfApplier(applier: JsonObject): readonly ((folder: string) => boolean)[] | undefined {
  if (applier.kind === 'HelmRelease') return [];
  if (applier.kind === 'Kustomization') return [folderMatcher(textAt(member(applier, 'spec') ?? null, 'path'), false)];
  if (applier.kind !== 'Application') return undefined;
  // What others take values from applies nothing.
  const sources = sourcesOf(applier).filter((source) => !(textAt(source, 'ref') !== '' && textAt(source, 'path') === ''));
  const isKnown = sources.every((source) => textAt(source, 'path') !== '' && textAt(source, 'chart') === '');
  return isKnown && sources.length > 0 ? sources.flatMap((source) => foldersOf(source, applier)) : undefined;
}

/** Whether Argo CD says that it tracks the object. */
export function isTrackedByArgo({ desired, actual }: Pair): boolean {
  return (trackedBy(actual?.object) ?? trackedBy(desired?.object)) !== undefined;
}

function trackedBy(object: JsonObject | undefined): string | undefined {
  const id = textAt(member(object?.metadata, 'annotations') ?? null, 'argocd.argoproj.io/tracking-id');
  return id === '' ? undefined : id.split(':')[0];
}

function instanceOf(object: JsonObject | undefined): string | undefined {
  const label = textAt(member(object?.metadata, 'labels') ?? null, 'app.kubernetes.io/instance');
  return label === '' ? undefined : label;
}

function sourcesOf(template: JsonValue | undefined): readonly JsonObject[] {
  const spec = member(template, 'spec');
  const sources = member(spec, 'sources');
  return (isArray(sources) && sources.length > 0 ? sources : [member(spec, 'source') ?? null]).filter(isObject);
}

const VARIABLE = /\{\{[^{}]*\}\}/g;
/** The folder that a Git generator found. */
const FOUND = /\{\{\s*-?\s*\.?(?:path|path\.path)\s*-?\s*\}\}/g;

/** The folders of a source. What a generator fills in is any text, the folder that it found one of those that it looks for. */
function foldersOf(source: JsonObject, application: JsonObject): readonly ((folder: string) => boolean)[] {
  const path = textAt(source, 'path');
  if (path === '') return [];
  const isDeep = valueAt(source, ['directory', 'recurse']) === true;
  const paths =
    path.search(FOUND) < 0 ? [path] : generated(member(application, 'spec') ?? null).map((each) => path.replaceAll(FOUND, each));
  return paths.map((each) => folderMatcher(starred(each), isDeep));
}

/** The folders that Git generators look for, however they are nested (`matrix`, `merge`). */
function generated(value: JsonValue): readonly string[] {
  const generators = member(value, 'generators');
  return (isArray(generators) ? generators : []).filter(isObject).flatMap((generator) => {
    const directories = valueAt(generator, ['git', 'directories']);
    const own = (isArray(directories) ? directories : [])
      .filter((each) => member(each, 'exclude') !== true)
      .map((each) => textAt(each, 'path'));
    const inner = [generator.matrix, generator.merge].flatMap((each) => (each === undefined ? [] : generated(each)));
    return [...own.filter((each) => each !== ''), ...inner];
  });
}

function starred(text: string): string {
  return text.replaceAll(VARIABLE, '*');
}

/** Step by step: a star stays within one folder's name. `isDeep`: the folders below count too. */
function folderMatcher(pattern: string, isDeep: boolean): (folder: string) => boolean {
  const steps = stepsOf(pattern).map(globOf);
  return (folder) => {
    const names = stepsOf(folder);
    const fits = isDeep ? names.length >= steps.length : names.length === steps.length;
    return fits && steps.every((step, index) => step(names[index] ?? ''));
  };
}

function stepsOf(path: string): readonly string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.');
}
