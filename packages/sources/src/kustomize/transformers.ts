import type { Shared } from './accumulator.ts';
import { ConflictError, type FieldSpec, mergeSpecs } from './field-spec.ts';
import { setImages } from './images.ts';
import { addEntries } from './labels.ts';
import type { BuildOptions, Loader } from './loader.ts';
import { affixNames } from './names.ts';
import { setNamespaces } from './namespaces.ts';
import { operationsPatchOf, patchOf, strategicPatchOf } from './patches.ts';
import { BuildError } from './problem.ts';
import { replace, replacementsOf } from './replacements.ts';
import { setReplicas } from './replicas.ts';
import type { BuildOrigin } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import type { Settings } from './settings.ts';
import { specsOf } from './spec-files.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** A change of all objects, under the name that kustomize has for it. */
export interface Transformer {
  readonly kind: string;
  /** What is said of it where an object configures it, not a field of the kustomization. */
  readonly origin?: BuildOrigin;
  run(resources: ResourceMap): void;
}

/** The changes that the fields of a kustomization ask for, in the order in which kustomize makes them. Reads the files that they name. */
export function transformersOf(settings: Settings, config: TransformerConfig, loader: Loader, shared: Shared): Transformer[] {
  const all: Transformer[] = [];
  const add = (kind: string, run: (resources: ResourceMap) => void): void => {
    all.push({ kind, run });
  };
  const { session } = loader;
  const { options } = session;
  const strategic = strategicPatchesOf(settings, loader, shared);
  if (strategic.length > 0) add('PatchStrategicMergeTransformer', (resources) => runAll(strategic, resources));
  for (const entry of settings.items('patches')) add('PatchTransformer', patchOf(entry, loader, shared, session.effectOf(entry)));
  const namespace = settings.get('namespace');
  if (namespace !== undefined && settings.text('namespace') !== '') {
    const setting = { namespace: settings.text('namespace'), mark: namespace.mark(), specs: config.namespace };
    add('NamespaceTransformer', (resources) => setNamespaces(resources, setting));
  }
  for (const [side, field, kind] of [
    ['prefix', 'namePrefix', 'PrefixTransformer'],
    ['suffix', 'nameSuffix', 'SuffixTransformer'],
  ] as const) {
    const affix = settings.text(field);
    const mark = (settings.get(field) ?? settings).mark();
    if (affix !== '') add(kind, (resources) => affixNames(resources, side, affix, config[field], mark));
  }
  for (const label of settings.items('labels')) {
    const [pairs, specs] = [label.entries('pairs'), labelSpecs(label, config)];
    add('LabelTransformer', (resources) => addEntries(resources, pairs, specs));
  }
  const labels = settings.entries('commonLabels');
  if (labels.length > 0 || settings.items('labels').length > 0) {
    add('LabelTransformer', (resources) => addEntries(resources, labels, config.commonLabels));
  }
  const annotations = settings.entries('commonAnnotations');
  if (annotations.length > 0) add('AnnotationsTransformer', (resources) => addEntries(resources, annotations, config.commonAnnotations));
  for (const entry of settings.items('patchesJson6902'))
    add('PatchJson6902Transformer', operationsPatchOf(entry, loader, session.effectOf(entry)));
  for (const entry of settings.items('replicas'))
    add('ReplicaCountTransformer', (resources) => setReplicas(resources, entry, config.replicas));
  for (const entry of [...settings.items('images'), ...settings.items('imageTags')]) {
    add('ImageTagTransformer', (resources) => setImages(resources, entry, config.images, options, session.effectOf(entry)));
  }
  const replacements = settings.items('replacements').flatMap((entry) => replacementsOf(entry, loader).map((each) => ({ entry, each })));
  if (settings.items('replacements').length > 0) {
    add('ReplacementTransformer', (resources) => {
      // Of a file of replacements the entry that names it is said.
      for (const { entry, each } of replacements)
        replace(resources, each, options, (target) => session.effectOf(each === entry ? target : entry));
    });
  }
  return all;
}

function strategicPatchesOf(settings: Settings, loader: Loader, shared: Shared): ((resources: ResourceMap) => void)[] {
  const entries = settings.texts('patchesStrategicMerge');
  const found = entries.flatMap(({ at }) => strategicPatchOf(at, loader, shared, loader.session.effectOf(at)) ?? []);
  const [first] = entries;
  if (first !== undefined && found.length === 0) throw first.at.error('there is no patch in the files of patchesStrategicMerge');
  return found;
}

/** Makes the changes one after another. */
export function runAll(runs: readonly ((resources: ResourceMap) => void)[], resources: ResourceMap): void {
  for (const run of runs) run(resources);
}

export function replaceAll(entries: readonly Settings[], resources: ResourceMap, options: BuildOptions): void {
  for (const entry of entries) replace(resources, entry, options);
}

/** The fields that an entry of `labels` is written into. */
function labelSpecs(label: Settings, config: TransformerConfig): readonly FieldSpec[] {
  try {
    let specs = mergeSpecs(specsOf(label, 'fields'), config.labels);
    if (label.flag('includeSelectors')) return mergeSpecs(specs, config.commonLabels);
    if (label.flag('includeTemplates')) specs = mergeSpecs(specs, config.templateLabels);
    if (label.flag('includeVolumeClaimTemplates')) specs = mergeSpecs(specs, config.volumeClaimTemplateLabels);
    return mergeSpecs(specs, [{ group: '', version: '', kind: '', path: 'metadata/labels', create: true }]);
  } catch (error) {
    if (error instanceof ConflictError) throw new BuildError(error.message, label.mark());
    throw error;
  }
}
