import { isArray, type JsonValue, member, type Resource } from '@plumbline/core';

/** What every namespace, or every cluster, has by itself: `KIND NAME`, by the server's and the controllers' own hand. */
const ITS_OWN = new Set([
  'ConfigMap kube-root-ca.crt',
  'Namespace default',
  'Namespace kube-node-lease',
  'Namespace kube-public',
  'Namespace kube-system',
  'PriorityClass system-cluster-critical',
  'PriorityClass system-node-critical',
  'Service kubernetes',
  'ServiceAccount default',
]);
const BOOTSTRAPPING = 'kubernetes.io/bootstrapping';

/** Whether nobody keeps the object in Git: the cluster made it by itself, or for another object that owns it. */
export function isMadeByCluster({ gvk, name, object }: Resource): boolean {
  const owners: JsonValue | undefined = member(object.metadata, 'ownerReferences');
  if (isArray(owners) && owners.length > 0) return true;
  if (ITS_OWN.has(`${gvk.kind} ${name}`)) return true;
  if (member(member(object.metadata, 'labels'), BOOTSTRAPPING) !== undefined) return true;
  return gvk.kind === 'Node' || gvk.group === 'apiregistration.k8s.io' || gvk.group === 'flowcontrol.apiserver.k8s.io';
}
