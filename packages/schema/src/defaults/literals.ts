import type { Defaulter, Defaulters, Literal } from './defaulter.ts';
import { type Draft, setIfAbsent, setIfZero } from './draft.ts';

// Functions of defaults.go that do nothing but set literals, and literals whose markers older minors do not carry yet.

const SELECTORS = { namespaceSelector: {}, objectSelector: {} };
const WEBHOOK = { failurePolicy: 'Fail', matchPolicy: 'Equivalent', ...SELECTORS, timeoutSeconds: 10 };
const MODE = { pointers: { defaultMode: 420 } };
const FAIL = { pointers: { failurePolicy: 'Fail' } };
const MATCH = { pointers: { matchPolicy: 'Equivalent', ...SELECTORS } };
const PORT_443 = { pointers: { port: 443 } };
const PREEMPT = { pointers: { preemptionPolicy: 'PreemptLowerPriority' } };
const STORAGE_CLASS = { pointers: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' } };
const QUEUING = { values: { handSize: 8, queues: 64, queueLengthLimit: 50 } };
const EXEMPT = { pointers: { nominalConcurrencyShares: 0, lendablePercent: 0 } };
const FLOW = { values: { matchingPrecedence: 1000 } };
const LEND = { lendablePercent: 0 };
const REPLICAS = { pointers: { replicas: 1 } };

const LITERALS: Readonly<Record<string, Literal>> = {
  'core.v1.Secret': { values: { type: 'Opaque' } },
  'core.v1.SecretVolumeSource': MODE,
  'core.v1.ConfigMapVolumeSource': MODE,
  'core.v1.DownwardAPIVolumeSource': MODE,
  'core.v1.ProjectedVolumeSource': MODE,
  'core.v1.ServiceAccountTokenProjection': { pointers: { expirationSeconds: 3600 } },
  'core.v1.HostPathVolumeSource': { pointers: { type: '' } },
  'core.v1.ISCSIVolumeSource': { values: { iscsiInterface: 'default' } },
  'core.v1.ISCSIPersistentVolumeSource': { values: { iscsiInterface: 'default' } },
  'core.v1.RBDVolumeSource': { values: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' } },
  'core.v1.RBDPersistentVolumeSource': { values: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' } },
  'core.v1.AzureDiskVolumeSource': { pointers: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' } },
  'core.v1.ScaleIOVolumeSource': { values: { storageMode: 'ThinProvisioned', fsType: 'xfs' } },
  'core.v1.ScaleIOPersistentVolumeSource': { values: { storageMode: 'ThinProvisioned', fsType: 'xfs' } },
  'core.v1.GRPCAction': { pointers: { service: '' } },
  'core.v1.ContainerPort': { values: { protocol: 'TCP' } },
  'core.v1.EndpointPort': { values: { protocol: 'TCP' } },
  'core.v1.HTTPGetAction': { values: { path: '/', scheme: 'HTTP' } },
  'core.v1.ObjectFieldSelector': { values: { apiVersion: 'v1' } },
  'core.v1.Probe': { values: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 } },
  'core.v1.PersistentVolumeClaimSpec': { pointers: { volumeMode: 'Filesystem' } },
  'core.v1.PersistentVolumeClaimStatus': { values: { phase: 'Pending' } },
  'core.v1.PersistentVolumeStatus': { values: { phase: 'Pending' } },
  'core.v1.PersistentVolumeSpec': { pointers: { volumeMode: 'Filesystem' }, values: { persistentVolumeReclaimPolicy: 'Retain' } },
  'core.v1.NamespaceStatus': { values: { phase: 'Active' } },
  'core.v1.ReplicationControllerSpec': REPLICAS,
  'apps.v1.ReplicaSetSpec': REPLICAS,
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': { values: { status: 'True' } },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': { pointers: { minReplicas: 1 } },
  'networking.v1.NetworkPolicyPort': { pointers: { protocol: 'TCP' } },
  'networking.v1.IngressClassParametersReference': { pointers: { scope: 'Cluster' } },
  'discovery.v1.EndpointPort': { pointers: { name: '', protocol: 'TCP' } },
  'discovery.v1beta1.EndpointPort': { pointers: { name: '', protocol: 'TCP' } },
  'storage.v1.StorageClass': STORAGE_CLASS,
  'storage.v1beta1.StorageClass': STORAGE_CLASS,
  'scheduling.v1.PriorityClass': PREEMPT,
  'scheduling.v1beta1.PriorityClass': PREEMPT,
  'admissionregistration.v1.ValidatingWebhook': { pointers: WEBHOOK },
  'admissionregistration.v1.MutatingWebhook': { pointers: { ...WEBHOOK, reinvocationPolicy: 'Never' } },
  'admissionregistration.v1.RuleWithOperations': { pointers: { scope: '*' } },
  'admissionregistration.v1.NamedRuleWithOperations': { pointers: { scope: '*' } },
  'admissionregistration.v1.ServiceReference': PORT_443,
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1.MutatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1.MatchResources': MATCH,
  'admissionregistration.v1beta1.NamedRuleWithOperations': { pointers: { scope: '*' } },
  'admissionregistration.v1beta1.ValidatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1beta1.MutatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1beta1.MatchResources': MATCH,
  'admissionregistration.v1alpha1.NamedRuleWithOperations': { pointers: { scope: '*' } },
  'admissionregistration.v1alpha1.ValidatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1alpha1.MutatingAdmissionPolicySpec': FAIL,
  'admissionregistration.v1alpha1.MatchResources': MATCH,
  'admissionregistration.v1alpha1.ParamRef': { pointers: { parameterNotFoundAction: 'Deny' } },
  'apiextensions.v1.ServiceReference': PORT_443,
  'apiregistration.v1.ServiceReference': PORT_443,
  'flowcontrol.v1.FlowSchemaSpec': FLOW,
  'flowcontrol.v1.ExemptPriorityLevelConfiguration': EXEMPT,
  'flowcontrol.v1.LimitedPriorityLevelConfiguration': { pointers: { nominalConcurrencyShares: 30, ...LEND } },
  'flowcontrol.v1.QueuingConfiguration': QUEUING,
  'flowcontrol.v1beta3.FlowSchemaSpec': FLOW,
  'flowcontrol.v1beta3.ExemptPriorityLevelConfiguration': EXEMPT,
  'flowcontrol.v1beta3.LimitedPriorityLevelConfiguration': { pointers: LEND },
  'flowcontrol.v1beta3.QueuingConfiguration': QUEUING,
  'flowcontrol.v1beta2.FlowSchemaSpec': FLOW,
  'flowcontrol.v1beta2.ExemptPriorityLevelConfiguration': EXEMPT,
  'flowcontrol.v1beta2.LimitedPriorityLevelConfiguration': { values: { assuredConcurrencyShares: 30 }, pointers: LEND },
  'flowcontrol.v1beta2.QueuingConfiguration': QUEUING,
  'flowcontrol.v1beta1.FlowSchemaSpec': FLOW,
  'flowcontrol.v1beta1.ExemptPriorityLevelConfiguration': EXEMPT,
  'flowcontrol.v1beta1.LimitedPriorityLevelConfiguration': { values: { assuredConcurrencyShares: 30 }, pointers: LEND },
  'flowcontrol.v1beta1.QueuingConfiguration': QUEUING,
  'resource.v1alpha3.ResourcePoolStatusRequestSpec': { pointers: { limit: 100 } },
};

/** The literals of every type, as defaulters. */
export function literalDefaulters(): Defaulters {
  return Object.fromEntries(Object.entries(LITERALS).map(([name, literal]) => [name, [asDefaulter(name, literal)]]));
}

function asDefaulter(name: string, { pointers = {}, values = {} }: Literal): Defaulter {
  return {
    by: `SetDefaults_${name.slice(name.lastIndexOf('.') + 1)}`,
    run(draft: Draft) {
      for (const [key, value] of Object.entries(pointers)) setIfAbsent(draft, key, value);
      for (const [key, value] of Object.entries(values)) setIfZero(draft, key, value);
    },
  };
}
