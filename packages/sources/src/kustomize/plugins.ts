import type { Shared } from './accumulator.ts';
import { generate } from './generators.ts';
import { addHashes } from './hash.ts';
import { setImages } from './images.ts';
import { addEntries } from './labels.ts';
import type { Loader } from './loader.ts';
import { affixNames } from './names.ts';
import { setNamespaces } from './namespaces.ts';
import type { Node } from './node.ts';
import { operationsPatchOf, patchOf, strategicPatchOf } from './patches.ts';
import { NotBuiltError } from './problem.ts';
import { replacementsOf } from './replacements.ts';
import { setReplicas } from './replicas.ts';
import { type BuildOrigin, Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import { Settings } from './settings.ts';
import { specsOf } from './spec-files.ts';
import { fromJson, toJson } from './through-json.ts';
import { replaceAll, runAll, type Transformer } from './transformers.ts';
import { addValues } from './value-add.ts';

/** The settings of an object that configures a transformer or a generator. */
function settingsOfNode(node: Node): Settings {
  const find = (path: readonly (string | number)[], part: 'key' | 'value'): Node => {
    let at = node;
    let key = node;
    for (const step of path) {
      const index = at.kind === 'map' ? at.content.findIndex((each, place) => place % 2 === 0 && each.value === step) : -1;
      const next: Node | undefined = at.kind === 'seq' ? at.content[Number(step)] : index < 0 ? undefined : at.content[index + 1];
      if (next === undefined) return key;
      key = at.kind === 'map' ? (at.content[index] ?? next) : next;
      at = next;
    }
    return part === 'key' ? key : at;
  };
  return new Settings({ file: node.mark.file, rangeOf: (path, part) => find(path, part).mark.range() }, 'overlay', toJson(node));
}

/** The generator that an object of `generators` configures. */
export function generatorOf(resource: Resource, loader: Loader): () => Resource[] {
  const kind = builtinKind(resource);
  const settings = settingsOfNode(resource.node);
  if (kind === 'ConfigMapGenerator' || kind === 'SecretGenerator') {
    const made = kind === 'ConfigMapGenerator' ? 'ConfigMap' : 'Secret';
    return () => [generate(made, settings, undefined, loader, settings.get('metadata'))];
  }
  if (kind === 'HelmChartInflationGenerator') throw new NotBuiltError('charts are not inflated');
  if (kind === 'IAMPolicyGenerator') return () => [serviceAccountOf(settings)];
  throw settings.error(`kustomize has no generator ${kind}`);
}

/** The service account that a workload of GKE is given for its account of Google. */
function serviceAccountOf(settings: Settings): Resource {
  const text = (name: string, member: string): string => settings.get(name)?.text(member) ?? '';
  if (settings.text('cloud') !== 'gke') throw settings.error('an IAMPolicyGenerator knows the cloud gke only');
  const account = `${text('serviceAccount', 'name')}@${text('serviceAccount', 'projectId')}.iam.gserviceaccount.com`;
  const namespace = text('kubernetesService', 'namespace');
  const value = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      annotations: { 'iam.gke.io/gcp-service-account': account },
      name: text('kubernetesService', 'name'),
      ...(namespace === '' ? {} : { namespace }),
    },
  };
  return new Resource(fromJson(value, undefined, settings.mark()));
}

/** The transformer that an object of `transformers` configures. */
export function transformerOf(resource: Resource, loader: Loader, shared: Shared): Transformer {
  const kind = builtinKind(resource);
  const settings = settingsOfNode(resource.node);
  const run = runOf(kind, settings, loader, shared);
  return { kind, origin: originOfPlugin(resource), run };
}

/** What the annotations of `buildMetadata` say of an object that configures a plugin. */
export function originOfPlugin({ origin, apiVersion, kind, name, namespace }: Resource): BuildOrigin {
  return { ...(origin?.path === undefined ? {} : { configuredIn: origin.path }), configuredBy: { apiVersion, kind, name, namespace } };
}

function builtinKind(resource: Resource): string {
  if (resource.apiVersion !== 'builtin') throw new NotBuiltError(`the plugin ${resource.kind} (${resource.apiVersion}) is not run`);
  return resource.kind;
}

function runOf(kind: string, settings: Settings, loader: Loader, shared: Shared): (resources: ResourceMap) => void {
  const { options } = loader.session;
  const specs = specsOf(settings, 'fieldSpecs');
  const member = (name: string): Settings => settings.get(name) ?? settings;
  switch (kind) {
    case 'AnnotationsTransformer':
      return (resources) => addEntries(resources, settings.entries('annotations'), specs);
    case 'LabelTransformer':
      return (resources) => addEntries(resources, settings.entries('labels'), specs);
    case 'NamespaceTransformer': {
      const metadata = settings.get('metadata');
      const namespace = metadata?.text('namespace') ?? '';
      const mark = (metadata?.get('namespace') ?? settings).mark();
      const [unsetOnly, subjects] = [settings.flag('unsetOnly'), settings.text('setRoleBindingSubjects')];
      return (resources) => setNamespaces(resources, { namespace, mark, specs, unsetOnly, subjects });
    }
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer': {
      if (settings.get('fieldSpecs') === undefined) throw settings.error(`a ${kind} needs fieldSpecs`);
      const sides = (['prefix', 'suffix'] as const).filter((side) => kind.toLowerCase().includes(side));
      return (resources) => {
        for (const side of sides) affixNames(resources, side, settings.text(side), specs, member(side).mark());
      };
    }
    case 'ImageTagTransformer':
      return (resources) => setImages(resources, member('imageTag'), specs, options);
    case 'ReplicaCountTransformer':
      return (resources) => setReplicas(resources, member('replica'), specs);
    case 'PatchTransformer':
      return patchOf(settings, loader, shared);
    case 'PatchJson6902Transformer':
      return operationsPatchOf(settings, loader);
    case 'PatchStrategicMergeTransformer': {
      const inline = settings.text('patches') === '' ? [] : [member('patches')];
      const all = [...settings.texts('paths').map(({ at }) => at), ...inline].flatMap((at) => strategicPatchOf(at, loader, shared) ?? []);
      if (all.length === 0) throw settings.error('a PatchStrategicMergeTransformer needs paths or patches');
      return (resources) => runAll(all, resources);
    }
    case 'ReplacementTransformer': {
      const all = settings.items('replacements').flatMap((entry) => replacementsOf(entry, loader));
      return (resources) => replaceAll(all, resources, options);
    }
    case 'ValueAddTransformer':
      return addValues(settings, loader);
    case 'HashTransformer':
      return (resources) => addHashes(resources.list);
    default:
      throw settings.error(`kustomize has no transformer ${kind}`);
  }
}
