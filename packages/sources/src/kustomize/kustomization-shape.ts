import type { Shape } from './settings.ts';

const list = (item: Shape): Shape => ({ list: item });
const members = (fields: Readonly<Record<string, Shape>>): Shape => ({ members: fields });

const GVK = { group: 'text', version: 'text', kind: 'text' } as const;
export const FIELD_SPEC = members({ ...GVK, path: 'text', create: 'flag' });
const RES_ID = { ...GVK, name: 'text', namespace: 'text' } as const;
const SELECTOR = members({ ...RES_ID, annotationSelector: 'text', labelSelector: 'text' });
const OPTIONS = members({ delimiter: 'text', index: 'integer', encoding: 'text', create: 'flag' });
const OBJECT_META = members({ name: 'text', namespace: 'text', labels: 'map', annotations: 'map' });
const PATCH = members({
  path: 'text',
  patch: 'text',
  target: SELECTOR,
  options: members({ allowNameChange: 'flag', allowKindChange: 'flag' }),
});
const IMAGE = members({ name: 'text', newName: 'text', tagSuffix: 'text', newTag: 'text', digest: 'text' });
const REPLACEMENT_FIELDS = {
  source: members({ ...RES_ID, fieldPath: 'text', options: OPTIONS }),
  sourceValue: 'text',
  targets: list(members({ select: SELECTOR, reject: list(SELECTOR), fieldPaths: 'texts', options: OPTIONS })),
} as const satisfies Readonly<Record<string, Shape>>;

export const REPLACEMENT = members(REPLACEMENT_FIELDS);

export const GENERATOR_OPTIONS = members({ labels: 'map', annotations: 'map', disableNameSuffixHash: 'flag', immutable: 'flag' });
const GENERATOR_FIELDS = {
  namespace: 'text',
  name: 'text',
  behavior: 'text',
  literals: 'texts',
  files: 'texts',
  envs: 'texts',
  env: 'text',
  options: GENERATOR_OPTIONS,
} as const satisfies Readonly<Record<string, Shape>>;

/** kustomize.config.k8s.io Kustomization and Component: api 0.21, types/kustomization.go. */
export const KUSTOMIZATION: Shape = members({
  apiVersion: 'text',
  kind: 'text',
  metadata: OBJECT_META,
  openapi: 'map',
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: 'map',
  labels: list(
    members({
      pairs: 'map',
      includeSelectors: 'flag',
      includeTemplates: 'flag',
      includeVolumeClaimTemplates: 'flag',
      fields: list(FIELD_SPEC),
    }),
  ),
  commonAnnotations: 'map',
  patchesStrategicMerge: 'texts',
  patchesJson6902: list(PATCH),
  patches: list(PATCH),
  images: list(IMAGE),
  imageTags: list(IMAGE),
  replacements: list(members({ ...REPLACEMENT_FIELDS, path: 'text' })),
  replicas: list(members({ name: 'text', count: 'integer' })),
  vars: list(
    members({
      name: 'text',
      objref: members({ apiVersion: 'text', ...RES_ID }),
      fieldref: members({ fieldPath: 'text' }),
    }),
  ),
  sortOptions: members({ order: 'text', legacySortOptions: members({ orderFirst: 'texts', orderLast: 'texts' }) }),
  resources: 'texts',
  components: 'texts',
  crds: 'texts',
  bases: 'texts',
  configMapGenerator: list(members(GENERATOR_FIELDS)),
  secretGenerator: list(members({ ...GENERATOR_FIELDS, type: 'text' })),
  helmGlobals: 'any',
  helmCharts: list('any'),
  helmChartInflationGenerator: list('any'),
  generatorOptions: GENERATOR_OPTIONS,
  configurations: 'texts',
  generators: 'texts',
  transformers: 'texts',
  validators: 'texts',
  buildMetadata: 'texts',
});

/** A file of `configurations`. */
export const TRANSFORMER_CONFIG: Shape = members({
  ...Object.fromEntries(
    [
      'namePrefix',
      'nameSuffix',
      'namespace',
      'commonLabels',
      'labels',
      'templateLabels',
      'volumeClaimTemplateLabels',
      'commonAnnotations',
      'varReference',
      'images',
      'replicas',
    ].map((name) => [name, list(FIELD_SPEC)]),
  ),
  nameReference: list(members({ ...GVK, fieldSpecs: list(FIELD_SPEC) })),
});
