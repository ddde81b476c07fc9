import { isArray, isObject, type JsonValue, member } from '@plumbline/core';
import { defaultConfig } from './default-config.ts';
import { ConflictError, type FieldSpec } from './field-spec.ts';
import { settingsOf } from './kustomization.ts';
import { TRANSFORMER_CONFIG } from './kustomization-shape.ts';
import type { Loader } from './loader.ts';
import { BuildError } from './problem.ts';
import { checkShape, type Settings } from './settings.ts';
import { byKind, EMPTY_CONFIG, mergeConfigs, SPEC_LISTS, type TransformerConfig } from './transformer-config.ts';

export function specOf(settings: Settings): FieldSpec {
  return {
    group: settings.text('group'),
    version: settings.text('version'),
    kind: settings.text('kind'),
    path: settings.text('path'),
    create: settings.flag('create'),
  };
}

export function specsOf(settings: Settings, name: string): readonly FieldSpec[] {
  return settings.items(name).map(specOf);
}

/** What is built in, with the files of `configurations`. */
export function readConfigurations(
  entries: readonly { readonly text: string; readonly at: Settings }[],
  loader: Loader,
): TransformerConfig {
  let config = EMPTY_CONFIG;
  for (const { text, at } of entries) {
    const settings = settingsOf(loader.load(text, at.mark(), 'overlay'), 'overlay', true);
    checkShape(settings, TRANSFORMER_CONFIG, 'a transformer configuration');
    const lists = Object.fromEntries(SPEC_LISTS.map((name) => [name, [...specsOf(settings, name)].sort(byKind)]));
    const nameReference = settings
      .items('nameReference')
      .map((each) => ({ ...specOf(each), fieldSpecs: specsOf(each, 'fieldSpecs') }))
      .sort(byKind);
    config = merged(config, { ...EMPTY_CONFIG, ...lists, nameReference }, at);
  }
  const [first] = entries;
  return first === undefined ? defaultConfig() : merged(defaultConfig(), config, first.at);
}

/** What the OpenAPI definitions of the files of `crds` say of the fields of their kinds. */
export function readCrds(entries: readonly { readonly text: string; readonly at: Settings }[], loader: Loader): TransformerConfig {
  let config = EMPTY_CONFIG;
  for (const { text, at } of entries) {
    const { value } = settingsOf(loader.load(text, at.mark(), 'overlay'));
    if (!isObject(value) || !Object.values(value).every((each) => isObject(each) || each === null)) {
      throw at.error(`"${text}" holds no OpenAPI definitions; a CustomResourceDefinition belongs to "resources"`);
    }
    for (const [name, definition] of Object.entries(value)) {
      const properties = propertiesOf(definition);
      if (!['kind', 'apiVersion', 'metadata'].every((field) => member(properties, field) !== undefined)) continue;
      const kind = name.slice(name.lastIndexOf('.') + 1);
      config = merged(config, new Walk(value, kind).from(name), at);
    }
  }
  return config;
}

function merged(own: TransformerConfig, other: TransformerConfig, at: Settings): TransformerConfig {
  try {
    return mergeConfigs(own, other);
  } catch (error) {
    if (error instanceof ConflictError) throw new BuildError(error.message, at.mark());
    throw error;
  }
}

function propertiesOf(definition: JsonValue | undefined): JsonValue | undefined {
  return member(member(definition, 'Schema') ?? member(definition, 'schema'), 'properties');
}

const X = 'x-kubernetes-';
const MAX_DEPTH = 50;

class Walk {
  private readonly definitions: JsonValue;
  private readonly kind: string;
  private readonly found = {
    commonAnnotations: [] as FieldSpec[],
    commonLabels: [] as FieldSpec[],
    namePrefix: [] as FieldSpec[],
    nameReference: [] as { group: string; version: string; kind: string; fieldSpecs: FieldSpec[] }[],
  };

  constructor(definitions: JsonValue, kind: string) {
    this.definitions = definitions;
    this.kind = kind;
  }

  from(name: string): TransformerConfig {
    this.visit(name, []);
    return { ...EMPTY_CONFIG, ...this.found };
  }

  private visit(name: string, path: readonly string[]): void {
    const properties = propertiesOf(member(this.definitions, name));
    if (!isObject(properties) || isArray(properties) || path.length > MAX_DEPTH) return;
    for (const [key, property] of Object.entries(properties)) {
      const says = (what: string): string | undefined => {
        const value = member(property, X + what);
        return typeof value === 'string' ? value : undefined;
      };
      const at = [...path, key];
      if (says('annotation') !== undefined) this.found.commonAnnotations.push(this.spec(at));
      if (says('label-selector') !== undefined) this.found.commonLabels.push(this.spec(at));
      if (says('identity') !== undefined) this.found.namePrefix.push(this.spec(at));
      const [version, kind] = [says('object-ref-api-version'), says('object-ref-kind')];
      if (version !== undefined && kind !== undefined) {
        const fieldSpecs = [this.spec([...at, says('object-ref-name-key') ?? 'name'])];
        this.found.nameReference.push({ group: '', version, kind, fieldSpecs });
      }
      const reference = member(property, '$ref');
      if (typeof reference === 'string') this.visit(reference, at);
    }
  }

  private spec(path: readonly string[]): FieldSpec {
    return { group: '', version: '', kind: this.kind, path: path.join('/'), create: false };
  }
}
