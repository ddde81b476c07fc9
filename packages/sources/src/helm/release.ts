import { besides, type Chart } from '@plumbline/charts';
import {
  type ApplyingObject,
  type BuildProblem,
  type BuildRequest,
  decode,
  type FieldPath,
  type InputReader,
  isArray,
  isObject,
  type JsonValue,
  member,
  type OpenChanges,
  type Place,
  parse,
  valueAt,
} from '@plumbline/core';
import { layerOfDocument, layerOfField, layerOfText, type ValuesLayer } from './values-layer.ts';

/** What one installation of a chart is given. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** The namespace that objects without one are put into, and where that was written; undefined where nobody says. */
  readonly namespacePlace?: () => Place;
  /** What the chart itself brings; undefined for its values.yaml. */
  readonly defaults?: readonly ValuesLayer[];
  readonly layers: readonly ValuesLayer[];
  /** Further flags: values one by one. */
  readonly flags: readonly string[];
  readonly kubeVersion?: string;
  readonly apiVersions: readonly string[];
  /** What is not known of the values: what Helm then complains of may be of our making. */
  readonly guess?: string;
  readonly open?: OpenChanges;
}

export type ReleaseResult = Release | { readonly notBuilt: string } | { readonly problems: readonly BuildProblem[] };

/** Works out what a chart is given: by a Flux HelmRelease, by an Argo CD Application, or by nobody. */
export function releaseOf(request: BuildRequest, chart: Chart, inputs: InputReader): ReleaseResult {
  const { deployer } = request;
  if (deployer === undefined) {
    const name = member(chart.metadata?.value, 'name');
    return {
      name: typeof name === 'string' ? name : 'release-name',
      namespace: 'default',
      layers: [],
      flags: [],
      apiVersions: [],
      open: NOBODY,
    };
  }
  const kind = member(deployer.object, 'kind');
  if (kind === 'HelmRelease') return new FluxRelease(deployer, request, inputs).result();
  if (kind === 'Application') return new ArgoRelease(deployer, inputs).result();
  return { notBuilt: `how a ${String(kind)} gives values to a chart is not worked out` };
}

/** Whoever installs it chooses the namespace, and may switch on more by values. */
const NOBODY: OpenChanges = {
  why: 'nothing in sight installs the chart, so that it was rendered with its own values alone',
  effects: { fields: false, namespace: true, resources: true },
  substitutes: false,
};
const ALL: OpenChanges['effects'] = { fields: true, namespace: false, resources: true };
const FIELDS: OpenChanges['effects'] = { fields: true, namespace: false, resources: false };

/** https://fluxcd.io/flux/components/helm/helmreleases/ */
class FluxRelease {
  readonly #deployer: ApplyingObject;
  readonly #request: BuildRequest;
  readonly #inputs: InputReader;
  readonly #layers: ValuesLayer[] = [];
  readonly #flags: string[] = [];
  #guess: string | undefined;

  constructor(deployer: ApplyingObject, request: BuildRequest, inputs: InputReader) {
    this.#deployer = deployer;
    this.#request = request;
    this.#inputs = inputs;
  }

  result(): ReleaseResult {
    const { object } = this.#deployer;
    const spec = member(object, 'spec');
    const own = textAt(object, ['metadata', 'namespace']);
    const target = textAt(spec, ['targetNamespace']);
    const name = textAt(object, ['metadata', 'name']) ?? 'release';
    const defaults = this.#defaults();
    if ('notBuilt' in defaults) return defaults;
    const missing = this.#valuesFrom(own);
    if (missing !== undefined) return { notBuilt: missing };
    const values = member(spec, 'values');
    if (isObject(values)) this.#layers.push(layerOfField(values, ['spec', 'values'], this.#deployer.locate));
    const open = this.#open();
    const namespace = target ?? own;
    return {
      name: textAt(spec, ['releaseName']) ?? (target === undefined ? name : `${target}-${name}`),
      namespace: namespace ?? 'default',
      ...(namespace === undefined
        ? {}
        : { namespacePlace: () => this.#deployer.locate(target === undefined ? ['metadata', 'namespace'] : ['spec', 'targetNamespace']) }),
      ...(defaults.layers === undefined ? {} : { defaults: defaults.layers }),
      layers: this.#layers,
      flags: this.#flags,
      apiVersions: [],
      ...(this.#guess === undefined ? {} : { guess: this.#guess }),
      ...(open === undefined ? {} : { open }),
    };
  }

  /** `valuesFiles` take the place of the chart's values.yaml; of a Git source their paths lead from its root. */
  #defaults(): { readonly layers?: readonly ValuesLayer[] } | { readonly notBuilt: string } {
    const spec = valueAt(this.#deployer.object, ['spec', 'chart', 'spec']);
    const files = member(spec, 'valuesFiles');
    if (!isArray(files) || files.length === 0) return {};
    const layers: ValuesLayer[] = [];
    for (const [index, entry] of files.entries()) {
      const path = typeof entry === 'string' ? besides('', entry) : undefined;
      const layer =
        path === undefined ? undefined : layerOfFile(rooted(path, this.#request.folder, this.#deployer, this.#inputs), this.#inputs);
      if (layer !== undefined) layers.push(layer);
      else if (member(spec, 'ignoreMissingValuesFiles') !== true)
        return { notBuilt: `the values file ${JSON.stringify(entry)} of ${this.#deployer.label} (valuesFiles[${index}]) is not in sight` };
    }
    return { layers };
  }

  #valuesFrom(namespace: string | undefined): string | undefined {
    const entries = valueAt(this.#deployer.object, ['spec', 'valuesFrom']);
    if (!isArray(entries)) return undefined;
    for (const entry of entries) {
      const kind = textAt(entry, ['kind']);
      const name = textAt(entry, ['name']);
      if (name === undefined || (kind !== 'ConfigMap' && kind !== 'Secret')) continue;
      const isOptional = member(entry, 'optional') === true;
      const found = this.#request.lookUp(kind, namespace, name);
      if (kind === 'Secret') {
        // What a Secret holds is never put into what is judged and shown.
        this.#guess ??= `values from Secret ${name} are not looked at`;
        const target = textAt(entry, ['targetPath']);
        if (target !== undefined) this.#flags.push('--set-string', `${target}=placeholder`);
        continue;
      }
      if (found === undefined) {
        if (isOptional) continue;
        return `ConfigMap ${name}, which gives values to ${this.#deployer.label}, is not in sight`;
      }
      const key = textAt(entry, ['valuesKey']) ?? 'values.yaml';
      const text = valueAt(found.object, ['data', key]);
      if (typeof text !== 'string') {
        if (isOptional) continue;
        return `ConfigMap ${name} has no key ${key} with values for ${this.#deployer.label}`;
      }
      const target = textAt(entry, ['targetPath']);
      if (target !== undefined) {
        const quoted = /^(['"])([\s\S]*)\1$/.exec(text);
        this.#flags.push(...(quoted === null ? ['--set', `${target}=${text}`] : ['--set-string', `${target}=${quoted[2]}`]));
        continue;
      }
      this.#layers.push(layerOfText(text, valueOfText(text), () => found.locate(['data', key])));
    }
    return undefined;
  }

  #open(): OpenChanges | undefined {
    const renderers = valueAt(this.#deployer.object, ['spec', 'postRenderers']);
    if (isArray(renderers) && renderers.length > 0)
      return { why: `what the post renderers of ${this.#deployer.label} change was not worked out`, effects: FIELDS, substitutes: false };
    return this.#guess === undefined ? undefined : { why: this.#guess, effects: ALL, substitutes: false };
  }
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
class ArgoRelease {
  readonly #deployer: ApplyingObject;
  readonly #inputs: InputReader;
  readonly #layers: ValuesLayer[] = [];
  readonly #flags: string[] = [];

  constructor(deployer: ApplyingObject, inputs: InputReader) {
    this.#deployer = deployer;
    this.#inputs = inputs;
  }

  result(): ReleaseResult {
    const { object, source, locate } = this.#deployer;
    const at: FieldPath = [...source, 'helm'];
    const helm = valueAt(object, at);
    const missing = this.#files(helm, at) ?? this.#inline(helm, at) ?? this.#parameters(helm);
    if (missing !== undefined) return { notBuilt: missing };
    const destination = textAt(object, ['spec', 'destination', 'namespace']);
    const own = textAt(helm, ['namespace']);
    const namespace = own ?? destination;
    const kubeVersion = textAt(helm, ['kubeVersion']);
    const apiVersions = member(helm, 'apiVersions');
    return {
      name: textAt(helm, ['releaseName']) ?? textAt(object, ['metadata', 'name']) ?? 'release',
      namespace: namespace ?? 'default',
      ...(destination === undefined ? {} : { namespacePlace: () => locate(['spec', 'destination', 'namespace']) }),
      layers: this.#layers,
      flags: this.#flags,
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
      apiVersions: isArray(apiVersions) ? apiVersions.filter((each) => typeof each === 'string') : [],
    };
  }

  /** Relative to the chart, from the root of the repository with a leading `/`, from that of another source with `$name/`. */
  #files(helm: JsonValue | undefined, at: FieldPath): string | undefined {
    const files = member(helm, 'valueFiles');
    if (!isArray(files)) return undefined;
    const mayMiss = member(helm, 'ignoreMissingValueFiles') === true;
    const { label } = this.#deployer;
    for (const [index, entry] of files.entries()) {
      if (typeof entry !== 'string') continue;
      if (/^[a-z]+:\/\//i.test(entry)) return `the values file ${entry} of ${label} is not in the repository`;
      const path = this.#pathOf(entry, at);
      const layer = path === undefined ? undefined : layerOfFile(path, this.#inputs);
      if (layer !== undefined) this.#layers.push(layer);
      else if (!mayMiss) return `the values file ${JSON.stringify(entry)} of ${label} (valueFiles[${index}]) is not in sight`;
    }
    return undefined;
  }

  #pathOf(entry: string, at: FieldPath): string | undefined {
    const { object } = this.#deployer;
    const referred = /^\$([^/]+)\/(.*)$/.exec(entry);
    if (referred !== null) {
      const sources = valueAt(object, ['spec', 'sources']);
      const source = isArray(sources) ? sources.find((each) => member(each, 'ref') === referred[1]) : undefined;
      return source === undefined ? undefined : this.#inRepository(referred[2] ?? '');
    }
    const folder = textAt(valueAt(object, at.slice(0, -1)), ['path']);
    if (entry.startsWith('/')) return this.#inRepository(entry.slice(1));
    const place = folder === undefined ? undefined : this.#deployer.folderOf(folder);
    return place === undefined ? undefined : besides(place, entry);
  }

  /** A file whose path leads from the root of the repository, or of the folder that stands for one. */
  #inRepository(path: string): string | undefined {
    const slash = path.lastIndexOf('/');
    const folder = this.#deployer.folderOf(slash < 0 ? '.' : path.slice(0, slash));
    return folder === undefined ? undefined : besides(folder, path.slice(slash + 1));
  }

  #inline(helm: JsonValue | undefined, at: FieldPath): string | undefined {
    const { locate } = this.#deployer;
    const object = member(helm, 'valuesObject');
    const text = member(helm, 'values');
    if (isObject(object) && Object.keys(object).length > 0) this.#layers.push(layerOfField(object, [...at, 'valuesObject'], locate));
    else if (typeof text === 'string' && text !== '')
      this.#layers.push(layerOfText(text, valueOfText(text), () => locate([...at, 'values'])));
    return undefined;
  }

  #parameters(helm: JsonValue | undefined): string | undefined {
    const parameters = member(helm, 'parameters');
    for (const each of isArray(parameters) ? parameters : []) {
      const name = textAt(each, ['name']);
      const value = member(each, 'value');
      if (name === undefined) continue;
      if (typeof value === 'string' && value.includes('$ARGOCD_'))
        return `the parameter ${name} of ${this.#deployer.label} is filled in by Argo CD`;
      this.#flags.push(member(each, 'forceString') === true ? '--set-string' : '--set', `${name}=${withoutCommas(String(value ?? ''))}`);
    }
    const files = member(helm, 'fileParameters');
    if (isArray(files) && files.length > 0) return `the fileParameters of ${this.#deployer.label} are not worked out`;
    return undefined;
  }
}

/** Argo CD escapes commas that are not escaped yet: one parameter is one value. */
function withoutCommas(value: string): string {
  return /^\{.*\}$/.test(value) ? value : value.replace(/(?<!\\),/g, '\\,');
}

/** A path from the root of the source that a chart is of. */
function rooted(path: string, folder: string, deployer: ApplyingObject, inputs: InputReader): string {
  const slash = path.lastIndexOf('/');
  const place = slash < 0 ? '' : deployer.folderOf(path.slice(0, slash));
  if (place !== undefined) {
    const found = besides(place, path.slice(slash + 1));
    if (found !== undefined && inputs.read(found) !== undefined) return found;
  }
  return besides(folder, path) ?? path;
}

function layerOfFile(path: string, inputs: InputReader): ValuesLayer | undefined {
  const file = inputs.read(path);
  if (file === undefined) return undefined;
  const [document] = parse(file);
  return document === undefined ? undefined : layerOfDocument(document, decode(file.bytes).text);
}

function valueOfText(text: string): JsonValue {
  return parse({ path: '', bytes: new TextEncoder().encode(text) })[0]?.value ?? {};
}

function textAt(value: JsonValue | undefined, path: FieldPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
