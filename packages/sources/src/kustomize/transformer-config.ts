import { type FieldSpec, mergeSpecs } from './field-spec.ts';
import type { Gvk } from './res-id.ts';

/** The fields that refer to an object of a kind by its name. */
export interface NameReference extends Gvk {
  readonly fieldSpecs: readonly FieldSpec[];
}

/** Where each transformation of a kustomization applies: what is built in, and what `configurations` and `crds` add. */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly volumeClaimTemplateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

export const SPEC_LISTS = [
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
] as const satisfies readonly (keyof TransformerConfig)[];

export const EMPTY_CONFIG: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

/**
 * Both together, in order of kinds; throws a ConflictError where they contradict each other. A spec that means every kind is not
 * added to one of the same path that means a kind: that is how configurations replace what is built in.
 */
export function mergeConfigs(own: TransformerConfig, other: TransformerConfig, isBuiltIn = false): TransformerConfig {
  if (own === other || other === EMPTY_CONFIG) return own;
  if (own === EMPTY_CONFIG && isBuiltIn) return other;
  const merged: Record<(typeof SPEC_LISTS)[number], readonly FieldSpec[]> & { nameReference: readonly NameReference[] } = { ...own };
  for (const name of SPEC_LISTS) merged[name] = [...mergeSpecs(own[name], other[name])].sort(byKind);
  merged.nameReference = [...mergeReferences(own.nameReference, other.nameReference)].sort(byKind);
  return merged;
}

function mergeReferences(own: readonly NameReference[], others: readonly NameReference[]): readonly NameReference[] {
  let merged = own;
  for (const other of others) {
    const at = merged.findIndex(({ group, version, kind }) => group === other.group && version === other.version && kind === other.kind);
    const found = merged[at];
    merged =
      found === undefined
        ? [...merged, other]
        : merged.map((each, index) => (index === at ? { ...found, fieldSpecs: mergeSpecs(found.fieldSpecs, other.fieldSpecs) } : each));
  }
  return merged;
}

const FIRST =
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget';
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
let first: readonly string[] | undefined;

/** The kinds that kustomize applies first and last. */
export function defaultOrder(): { readonly first: readonly string[]; readonly last: readonly string[] } {
  first ??= FIRST.split(' ');
  return { first, last: LAST };
}

/** The order that kustomize puts references in before it follows them. */
export function byKind(a: Gvk, b: Gvk): number {
  const rank = ({ kind }: Gvk): number => {
    const { first, last } = defaultOrder();
    const at = first.indexOf(kind);
    return at >= 0 ? at - first.length : last.indexOf(kind) + 1;
  };
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const text = ({ group, version, kind }: Gvk): string => `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}
