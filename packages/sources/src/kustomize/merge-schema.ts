// Which lists a strategic merge patch merges by key, as kustomize 5.8 knows it: the patch strategies of Kubernetes 1.21, whatever version
// is built for (kyaml 0.21, kubernetesapi; facts only). A kind that is not here has no such list, so that a patch replaces its lists.

/** What is known of a value for merging; `keys` only of a list that is merged, empty for a list of plain values. */
export interface MergeSchema {
  readonly keys?: readonly string[];
  field(name: string): MergeSchema | undefined;
  elements(): MergeSchema | undefined;
}

// A type's fields: `name:Type`, `name[]:Type` a list that is replaced, `name(keys):Type` a list that is merged by the keys.
const TYPES: Readonly<Record<string, string>> = {
  Plain: 'metadata:ObjectMeta',
  Webhooks: 'metadata:ObjectMeta webhooks(name)',
  Workload: 'metadata:ObjectMeta spec:WorkloadSpec status:Status',
  WorkloadSpec: 'template:PodTemplateSpec',
  StatefulSet: 'metadata:ObjectMeta spec:StatefulSetSpec status:Status',
  StatefulSetSpec: 'template:PodTemplateSpec volumeClaimTemplates[]:WithStatus',
  CronJob: 'metadata:ObjectMeta spec:CronJobSpec',
  CronJobSpec: 'jobTemplate:JobTemplateSpec',
  JobTemplateSpec: 'metadata:ObjectMeta spec:WorkloadSpec',
  ComponentStatus: 'conditions(type) metadata:ObjectMeta',
  WithStatus: 'metadata:ObjectMeta status:Status',
  Status: 'conditions(type)',
  Container: 'env(name) ports(containerPort,protocol) volumeDevices(devicePath) volumeMounts(mountPath)',
  EphemeralContainer: 'env(name) volumeDevices(devicePath) volumeMounts(mountPath)',
  EphemeralVolumeSource: 'volumeClaimTemplate:Plain',
  Node: 'metadata:ObjectMeta spec:NodeSpec status:NodeStatus',
  NodeSpec: 'podCIDRs()',
  NodeStatus: 'addresses(type) conditions(type)',
  Pod: 'metadata:ObjectMeta spec:PodSpec status:PodStatus',
  PodSpec:
    'containers(name):Container ephemeralContainers(name):EphemeralContainer hostAliases(ip) imagePullSecrets(name) initContainers(name):Container topologySpreadConstraints(topologyKey,whenUnsatisfiable) volumes(name):Volume',
  PodStatus: 'conditions(type) podIPs(ip)',
  PodTemplate: 'metadata:ObjectMeta template:PodTemplateSpec',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  Service: 'metadata:ObjectMeta spec:ServiceSpec status:Status',
  ServiceSpec: 'ports(port,protocol)',
  ServiceAccount: 'metadata:ObjectMeta secrets(name)',
  Volume: 'ephemeral:EphemeralVolumeSource',
  CSINode: 'metadata:ObjectMeta spec:CSINodeSpec',
  CSINodeSpec: 'drivers(name)',
  ObjectMeta: 'finalizers() ownerReferences(uid)',
};

const KINDS: Readonly<Record<string, string>> = {
  CSINode: 'storage.k8s.io/v1 CSINode; storage.k8s.io/v1beta1 CSINode',
  ComponentStatus: 'v1 ComponentStatus',
  CronJob: 'batch/v1 CronJob; batch/v1beta1 CronJob',
  Workload: 'apps/v1 DaemonSet; apps/v1 Deployment; apps/v1 ReplicaSet; batch/v1 Job; v1 ReplicationController',
  Webhooks:
    'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration; admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration; admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration; admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration',
  WithStatus:
    'apiregistration.k8s.io/v1 APIService; apiregistration.k8s.io/v1beta1 APIService; policy/v1 PodDisruptionBudget; policy/v1beta1 PodDisruptionBudget; v1 Namespace; v1 PersistentVolumeClaim',
  Node: 'v1 Node',
  Pod: 'v1 Pod',
  PodTemplate: 'v1 PodTemplate',
  Plain:
    'apiextensions.k8s.io/v1 CustomResourceDefinition; apiextensions.k8s.io/v1beta1 CustomResourceDefinition; apps/v1 ControllerRevision; authentication.k8s.io/v1 TokenRequest; authentication.k8s.io/v1 TokenReview; authentication.k8s.io/v1beta1 TokenReview; authorization.k8s.io/v1 LocalSubjectAccessReview; authorization.k8s.io/v1 SelfSubjectAccessReview; authorization.k8s.io/v1 SelfSubjectRulesReview; authorization.k8s.io/v1 SubjectAccessReview; authorization.k8s.io/v1beta1 LocalSubjectAccessReview; authorization.k8s.io/v1beta1 SelfSubjectAccessReview; authorization.k8s.io/v1beta1 SelfSubjectRulesReview; authorization.k8s.io/v1beta1 SubjectAccessReview; autoscaling/v1 HorizontalPodAutoscaler; autoscaling/v1 Scale; autoscaling/v2beta1 HorizontalPodAutoscaler; autoscaling/v2beta2 HorizontalPodAutoscaler; certificates.k8s.io/v1 CertificateSigningRequest; certificates.k8s.io/v1beta1 CertificateSigningRequest; coordination.k8s.io/v1 Lease; coordination.k8s.io/v1beta1 Lease; discovery.k8s.io/v1 EndpointSlice; discovery.k8s.io/v1beta1 EndpointSlice; events.k8s.io/v1 Event; events.k8s.io/v1beta1 Event; extensions/v1beta1 Ingress; flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema; flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration; networking.k8s.io/v1 Ingress; networking.k8s.io/v1 IngressClass; networking.k8s.io/v1 NetworkPolicy; networking.k8s.io/v1beta1 Ingress; networking.k8s.io/v1beta1 IngressClass; node.k8s.io/v1 RuntimeClass; node.k8s.io/v1beta1 RuntimeClass; policy/v1beta1 Eviction; policy/v1beta1 PodSecurityPolicy; rbac.authorization.k8s.io/v1 ClusterRole; rbac.authorization.k8s.io/v1 ClusterRoleBinding; rbac.authorization.k8s.io/v1 Role; rbac.authorization.k8s.io/v1 RoleBinding; rbac.authorization.k8s.io/v1beta1 ClusterRole; rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding; rbac.authorization.k8s.io/v1beta1 Role; rbac.authorization.k8s.io/v1beta1 RoleBinding; scheduling.k8s.io/v1 PriorityClass; scheduling.k8s.io/v1beta1 PriorityClass; storage.k8s.io/v1 CSIDriver; storage.k8s.io/v1 StorageClass; storage.k8s.io/v1 VolumeAttachment; storage.k8s.io/v1beta1 CSIDriver; storage.k8s.io/v1beta1 CSIStorageCapacity; storage.k8s.io/v1beta1 StorageClass; storage.k8s.io/v1beta1 VolumeAttachment; v1 Binding; v1 ConfigMap; v1 Endpoints; v1 Event; v1 LimitRange; v1 PersistentVolume; v1 ResourceQuota; v1 Secret',
  Service: 'v1 Service',
  ServiceAccount: 'v1 ServiceAccount',
  StatefulSet: 'apps/v1 StatefulSet',
};

class TableSchema implements MergeSchema {
  readonly keys?: readonly string[];
  private readonly type: string;
  private readonly isList: boolean;

  constructor(type: string, isList: boolean, keys?: readonly string[]) {
    this.type = type;
    this.isList = isList;
    if (keys !== undefined) this.keys = keys;
  }

  field(name: string): MergeSchema | undefined {
    return this.isList ? undefined : fieldsOf(this.type).get(name);
  }

  elements(): MergeSchema | undefined {
    return this.isList && this.type !== '' ? new TableSchema(this.type, false) : undefined;
  }
}

const types = new Map<string, ReadonlyMap<string, MergeSchema>>();

function fieldsOf(type: string): ReadonlyMap<string, MergeSchema> {
  const known = types.get(type);
  if (known !== undefined) return known;
  const fields = new Map<string, MergeSchema>();
  for (const part of (TYPES[type] ?? '').split(' ')) {
    const [, name = '', list = '', target = ''] = /^(\w+)(\[\]|\([\w,]*\))?(?::(\w+))?$/.exec(part) ?? [];
    if (!list.startsWith('(')) fields.set(name, new TableSchema(target, list !== ''));
    else fields.set(name, new TableSchema(target, true, list === '()' ? [] : list.slice(1, -1).split(',')));
  }
  types.set(type, fields);
  return fields;
}

let kinds: ReadonlyMap<string, string> | undefined;

/** The schema of a kind of Kubernetes 1.21; undefined for any other. */
export function builtinSchema(apiVersion: string, kind: string): MergeSchema | undefined {
  kinds ??= new Map(Object.entries(KINDS).flatMap(([type, names]) => names.split('; ').map((name) => [name, type] as const)));
  const type = kinds.get(`${apiVersion} ${kind}`);
  return type === undefined ? undefined : new TableSchema(type, false);
}
