import {
  type CheckOptions,
  type Config,
  createEngine,
  type GroupVersionKind,
  type JsonObject,
  type KindCatalogue,
  type Report,
  type Resource,
  type Rule,
  type SchemaPort,
  type SourceFile,
} from '@plumbline/core';
import { kustomizeExpander } from '@plumbline/sources';

export interface RuleTestOptions {
  /** The rule's `options`, as configuration would give them. */
  readonly options?: JsonObject;
  /** Kubernetes minors, `['1.37']` by default. */
  readonly versions?: readonly string[];
  /** More configuration (`external` …). */
  readonly config?: Config;
  /** Kustomizations are built, as the command does; by default they are judged as they lie. */
  readonly builds?: true;
  /** Gives the kind catalogue; by default the kinds that ship with Kubernetes are known by their scope only. */
  readonly schemas?: SchemaPort;
  /** What the rule may ask of the repository beyond its files. */
  readonly run?: Pick<CheckOptions, 'history' | 'today' | 'readInput' | 'listInputs' | 'pathKind'>;
}

/** Runs one rule, and no other, over the files. */
export function checkAlone(rule: Rule, files: readonly SourceFile[], options: RuleTestOptions = {}): Promise<Report> {
  const setting = { options: options.options ?? {} };
  const rules: Record<string, typeof setting> = {};
  for (const info of rule.members ?? [rule]) rules[info.id] = setting;
  const engine = createEngine({
    schemas: { ...(options.schemas ?? SCOPES), rules: [] },
    packs: [{ name: 'alone', rules: [rule] }],
    ...(options.builds === true ? { expander: kustomizeExpander() } : {}),
    config: { kubernetesVersions: options.versions ?? ['1.37'], ...options.config, preset: 'off', rules },
  });
  return engine.check(files, options.run);
}

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ComponentStatus',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'CSIDriver',
  'CSINode',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'CustomResourceDefinition',
  'APIService',
  'PriorityClass',
  'RuntimeClass',
  'IngressClass',
  'PriorityLevelConfiguration',
  'FlowSchema',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'CertificateSigningRequest',
  'ClusterTrustBundle',
  'ResourceSlice',
  'DeviceClass',
  'IPAddress',
  'ServiceCIDR',
]);

const BUILTIN_GROUPS = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions']);

// Enough for a rule that asks whether a kind is namespaced; the schemas themselves are not loaded for a test of one rule.
const SCOPES: SchemaPort = {
  rules: [],
  versions: ['1.37'],
  catalogue: (crds) => scopes(crds),
};

function scopes(crds: readonly Resource[]): KindCatalogue {
  const isBuiltinGroup = (group: string): boolean =>
    BUILTIN_GROUPS.has(group) || (group.endsWith('.k8s.io') && !group.includes('.x-k8s.io') && group !== 'gateway.networking.k8s.io');
  const custom = new Map<string, 'Namespaced' | 'Cluster'>();
  for (const crd of crds) {
    const spec = crd.object.spec as { group?: string; scope?: string; names?: { kind?: string } } | undefined;
    custom.set(`${spec?.group}/${spec?.names?.kind}`, spec?.scope === 'Cluster' ? 'Cluster' : 'Namespaced');
  }
  return {
    isBuiltinGroup,
    scopeOf: (gvk: GroupVersionKind) =>
      isBuiltinGroup(gvk.group) ? (CLUSTER_SCOPED.has(gvk.kind) ? 'Cluster' : 'Namespaced') : custom.get(`${gvk.group}/${gvk.kind}`),
  };
}
