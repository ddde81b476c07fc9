import { besides, joinValues } from '@plumbline/charts';
import {
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parse,
  type Repository,
  type Resource,
  valueAt,
} from '@plumbline/core';
import { fieldLayer, fileLayer, type GivenLayer, textLayer } from './given-layer.ts';

// What every JavaScript runtime has.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** What an object gives to a chart of this repository, or why that is not known. */
export type GivenValues = { readonly folder: string } & (
  | { readonly values: JsonObject; readonly layers: readonly GivenLayer[]; readonly around: FieldPath }
  | { readonly why: string }
);

/** The installations of charts that lie in this repository; not those for which the schema is switched off. */
export function givenTo(resource: Resource, repository: Repository): readonly GivenValues[] {
  return resource.gvk.kind === 'HelmRelease' ? byRelease(resource, repository) : byApplication(resource, repository);
}

function byRelease({ object, document }: Resource, repository: Repository): readonly GivenValues[] {
  const spec = member(object, 'spec');
  const chart = valueAt(spec, ['chart', 'spec']);
  const path = member(chart, 'chart');
  if (valueAt(chart, ['sourceRef', 'kind']) !== 'GitRepository' || typeof path !== 'string') return [];
  const folder = repository.locate(path, document.file.path);
  if (folder === undefined) return [];
  if (['install', 'upgrade'].some((action) => valueAt(spec, [action, 'disableSchemaValidation']) === true)) return [];
  if (hasEntries(member(spec, 'valuesFrom')))
    return [{ folder, why: 'values that valuesFrom names are not held against the schema of the chart' }];
  if (hasEntries(member(chart, 'valuesFiles')) || member(chart, 'valuesFile') !== undefined)
    return [{ folder, why: 'values of valuesFiles are not held against the schema of the chart' }];
  const values = member(spec, 'values');
  const layers = isObject(values) ? [fieldLayer(values, ['spec', 'values'])] : [];
  return [{ folder, values: joinValues(layers.map(({ value }) => value)), layers, around: ['spec', 'chart', 'spec', 'chart'] }];
}

function byApplication({ object, document }: Resource, repository: Repository): readonly GivenValues[] {
  const several = valueAt(object, ['spec', 'sources']);
  const places: FieldPath[] = isArray(several) ? several.map((_, index) => ['spec', 'sources', index]) : [['spec', 'source']];
  return places.flatMap((at): readonly GivenValues[] => {
    const source = valueAt(object, at);
    const path = member(source, 'path');
    const folder = typeof path === 'string' ? repository.locate(path, document.file.path) : undefined;
    const helm = member(source, 'helm');
    if (folder === undefined || member(helm, 'skipSchemaValidation') === true) return [];
    for (const field of ['parameters', 'fileParameters'])
      if (hasEntries(member(helm, field)))
        return [{ folder, why: `values that ${field} set are not held against the schema of the chart` }];
    const layers: GivenLayer[] = [];
    const files = member(helm, 'valueFiles');
    for (const file of isArray(files) ? files : []) {
      const place = typeof file === 'string' && /^[^$/]/.test(file) && !file.includes('://') ? besides(folder, file) : undefined;
      const layer = place === undefined ? undefined : fileLayer(place, repository.inputs);
      if (layer !== undefined) layers.push(layer);
      else if (member(helm, 'ignoreMissingValueFiles') !== true || place === undefined)
        return [{ folder, why: `the values of ${String(file)} are not held against the schema of the chart` }];
    }
    const inline = inlineLayer(helm, [...at, 'helm']);
    if (inline !== undefined) layers.push(inline);
    return [{ folder, values: joinValues(layers.map(({ value }) => value)), layers, around: [...at, 'path'] }];
  });
}

/** `valuesObject` wins over `values`. */
function inlineLayer(helm: JsonValue | undefined, at: FieldPath): GivenLayer | undefined {
  const object = member(helm, 'valuesObject');
  if (isObject(object)) return fieldLayer(object, [...at, 'valuesObject']);
  const text = member(helm, 'values');
  if (typeof text !== 'string' || text === '') return undefined;
  const value = parse({ path: '', bytes: new TextEncoder().encode(text) })[0]?.value;
  return value === undefined ? undefined : textLayer(value, [...at, 'values']);
}

function hasEntries(value: JsonValue | undefined): boolean {
  return isArray(value) && value.length > 0;
}
