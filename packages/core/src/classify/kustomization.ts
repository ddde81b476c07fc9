import { isArray, isObject, type JsonObject, type JsonValue, member } from '../values/json.ts';
import { type PatchSource, patchedKinds } from './patched-kinds.ts';
import { resolvePath } from './repository-path.ts';

/** What a build may change in the raw files. */
export interface Effects {
  readonly fields: boolean;
  readonly namespace: boolean;
  readonly resources: boolean;
  /** Where `fields`: the kinds of the objects that may gain fields; undefined for any. */
  readonly kinds?: readonly string[];
}

export const NO_EFFECTS: Effects = { fields: false, namespace: false, resources: false };
export const ALL_EFFECTS: Effects = { fields: true, namespace: true, resources: true };

/** What a kustomization file says of the files around it; paths are repository paths. */
export interface Kustomization {
  readonly folder: string;
  readonly file: string;
  readonly isComponent: boolean;
  /** Files or folders it applies. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  /** Files or folders that feed the build: patches, generator inputs, transformers. */
  readonly inputs: readonly string[];
  readonly remote: readonly string[];
  /** What it may change in what it includes and lists. */
  readonly effects: Effects;
}

/** The values of a kustomization file; one that could not be read may do anything. */
export function readKustomization(file: string, folder: string, value: JsonValue | undefined, patches: PatchSource): Kustomization {
  const resources: string[] = [];
  const components: string[] = [];
  const inputs: string[] = [];
  const remote: string[] = [];
  const put = (into: string[], entry: JsonValue | undefined): void => {
    if (typeof entry !== 'string' || entry === '' || entry.includes('\n')) return;
    if (isRemote(entry)) {
      remote.push(entry);
      return;
    }
    const path = resolvePath(folder, entry);
    if (path !== undefined) into.push(path);
  };
  if (!isObject(value)) {
    return { folder, file, isComponent: false, resources, components, inputs, remote, effects: value === null ? NO_EFFECTS : ALL_EFFECTS };
  }
  for (const key of ['resources', 'bases', 'crds']) for (const entry of list(value, key)) put(resources, entry);
  for (const entry of list(value, 'components')) put(components, entry);
  for (const key of ['patchesStrategicMerge', 'transformers', 'generators', 'validators', 'configurations']) {
    for (const entry of list(value, key)) put(inputs, entry);
  }
  for (const key of ['patches', 'patchesJson6902', 'replacements']) {
    for (const entry of list(value, key)) put(inputs, member(entry, 'path'));
  }
  put(inputs, member(member(value, 'openapi'), 'path'));
  for (const key of ['configMapGenerator', 'secretGenerator']) {
    for (const generator of list(value, key)) {
      for (const entry of list(generator, 'files'))
        put(inputs, typeof entry === 'string' ? entry.slice(entry.indexOf('=') + 1) : undefined);
      for (const entry of list(generator, 'envs')) put(inputs, entry);
      put(inputs, member(generator, 'env'));
    }
  }
  for (const chart of list(value, 'helmCharts')) {
    put(inputs, member(chart, 'valuesFile'));
    for (const entry of list(chart, 'additionalValuesFiles')) put(inputs, entry);
  }
  for (const chart of list(value, 'helmChartInflationGenerator')) put(inputs, member(chart, 'values'));
  return {
    folder,
    file,
    isComponent: member(value, 'kind') === 'Component',
    resources,
    components,
    inputs,
    remote,
    effects: effectsOf(value, remote.length > 0, patches),
  };
}

const FIELD_KEYS = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'transformers',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'imageTags',
  'replicas',
  'vars',
  'namePrefix',
  'nameSuffix',
  'components',
];
const RESOURCE_KEYS = ['generators', 'configMapGenerator', 'secretGenerator', 'helmCharts', 'helmChartInflationGenerator', 'components'];

function effectsOf(value: JsonObject, hasRemote: boolean, patches: PatchSource): Effects {
  const fields = FIELD_KEYS.some((key) => isFilled(value, key));
  const kinds = fields ? patchedKinds(value, patches) : undefined;
  return {
    fields,
    ...(kinds === undefined ? {} : { kinds }),
    namespace: isFilled(value, 'namespace') || isFilled(value, 'transformers') || isFilled(value, 'components'),
    resources: hasRemote || RESOURCE_KEYS.some((key) => isFilled(value, key)),
  };
}

function isFilled(value: JsonObject, key: string): boolean {
  const entry = member(value, key);
  if (entry === undefined || entry === null || entry === '') return false;
  return isArray(entry) ? entry.length > 0 : !isObject(entry) || Object.keys(entry).length > 0;
}

function list(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const entry = member(value, key);
  return isArray(entry) ? entry : [];
}

/** Whether kustomize would fetch the entry: a URL, an SSH address, or a host with a path in it. */
function isRemote(entry: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:(\/\/|:)/i.test(entry) || /^[\w.-]+@[\w.-]+:/.test(entry)) return true;
  if (/[?&](ref|version|timeout|submodules)=/.test(entry)) return true;
  return /^(github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[/:]/.test(entry);
}
