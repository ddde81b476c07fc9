import { type Defaulters, defaulter } from './defaulter.ts';
import { at, type Draft, ensure, fillFrom, get, isZero, listAt, setIfAbsent, setIfZero } from './draft.ts';

// pkg/apis/core/v1/defaults.go: the kinds that hold no pod.

export const CORE: Defaulters = {
  'core.v1.ReplicationController': defaulter('ReplicationController', setReplicationController),
  'core.v1.Service': defaulter('Service', setService),
  'core.v1.Namespace': defaulter('Namespace', setNamespace),
  'core.v1.NodeStatus': defaulter('NodeStatus', setNodeStatus),
  'core.v1.LimitRangeItem': defaulter('LimitRangeItem', setLimitRangeItem),
};

function setReplicationController(controller: Draft): void {
  const labels = at(controller, 'spec', 'template', 'metadata', 'labels');
  if (labels === undefined) return;
  setIfZero(ensure(controller, 'spec'), 'selector', labels);
  setIfZero(ensure(controller, 'metadata'), 'labels', labels);
}

function setService(service: Draft): void {
  const spec = ensure(service, 'spec');
  setIfZero(spec, 'sessionAffinity', 'None');
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP' && get(at(spec, 'sessionAffinityConfig', 'clientIP'), 'timeoutSeconds') === undefined)
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10800 } };
  setIfZero(spec, 'type', 'ClusterIP');
  for (const port of listAt(spec, 'ports')) {
    setIfZero(port, 'protocol', 'TCP');
    setIfZero(port, 'targetPort', get(port, 'port') ?? 0);
  }
  const { type } = spec;
  const isOutside = type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && !isZero(get(spec, 'externalIPs')));
  if (isOutside) setIfZero(spec, 'externalTrafficPolicy', 'Cluster');
  if (type === 'NodePort' || type === 'LoadBalancer' || type === 'ClusterIP') setIfAbsent(spec, 'internalTrafficPolicy', 'Cluster');
  if (type !== 'LoadBalancer') return;
  setIfAbsent(spec, 'allocateLoadBalancerNodePorts', true);
  for (const ingress of listAt(at(service, 'status', 'loadBalancer'), 'ingress'))
    if (!isZero(get(ingress, 'ip'))) setIfAbsent(ingress, 'ipMode', 'VIP');
}

function setNamespace(namespace: Draft): void {
  const metadata = ensure(namespace, 'metadata');
  const name = get(metadata, 'name');
  if (typeof name === 'string' && name !== '') ensure(metadata, 'labels')['kubernetes.io/metadata.name'] = name;
}

function setNodeStatus(status: Draft): void {
  const capacity = at(status, 'capacity');
  if (capacity !== undefined) setIfAbsent(status, 'allocatable', capacity);
}

function setLimitRangeItem(item: Draft): void {
  if (get(item, 'type') !== 'Container') return;
  const limits = ensure(item, 'default');
  const requests = ensure(item, 'defaultRequest');
  fillFrom(limits, at(item, 'max'));
  fillFrom(requests, limits);
  fillFrom(requests, at(item, 'min'));
}
