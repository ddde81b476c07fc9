import { isCertainlyClusterScoped } from '../kustomize/scopes.ts';

/** Kinds that have a namespace in every version, by group: those of Kubernetes, and of projects that most clusters have. */
const NAMESPACED: Readonly<Record<string, string>> = {
  '': 'ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  'cert-manager.io': 'Certificate CertificateRequest Issuer',
  'coordination.k8s.io': 'Lease',
  'discovery.k8s.io': 'EndpointSlice',
  'external-secrets.io': 'ExternalSecret PushSecret SecretStore',
  'gateway.networking.k8s.io': 'GRPCRoute Gateway HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute',
  'argoproj.io':
    'AnalysisRun AnalysisTemplate AppProject Application ApplicationSet CronWorkflow Experiment Rollout Workflow WorkflowTemplate',
  'bitnami.com': 'SealedSecret',
  'helm.toolkit.fluxcd.io': 'HelmRelease',
  'kustomize.toolkit.fluxcd.io': 'Kustomization',
  'monitoring.coreos.com': 'Alertmanager AlertmanagerConfig PodMonitor Probe Prometheus PrometheusRule ServiceMonitor ThanosRuler',
  'networking.k8s.io': 'Ingress NetworkPolicy',
  policy: 'PodDisruptionBudget',
  'rbac.authorization.k8s.io': 'Role RoleBinding',
  'source.toolkit.fluxcd.io': 'Bucket GitRepository HelmChart HelmRepository OCIRepository',
};

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Whether objects of a kind have a namespace; undefined where that hangs on a definition. */
export function hasNamespace(apiVersion: string, kind: string): boolean | undefined {
  known ??= new Map(Object.entries(NAMESPACED).map(([group, kinds]) => [group, new Set(kinds.split(' '))]));
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (known.get(group)?.has(kind) === true) return true;
  return isCertainlyClusterScoped(apiVersion, kind) || group === 'admissionregistration.k8s.io' ? false : undefined;
}
