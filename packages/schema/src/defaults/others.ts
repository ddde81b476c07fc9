import type { JsonObject } from '@plumbline/core';
import { type Defaulters, defaulter } from './defaulter.ts';
import { at, copyOfObject, type Draft, ensure, get, isZero, listAt, setIfAbsent, setIfZero } from './draft.ts';

// defaults.go of autoscaling, networking, rbac, storage, flowcontrol, resource and apiextensions, where it is more than literals.
// Not among it: the time at which a taint of a device was added, which is that of the request.

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const FIRST_WITH_SELINUX_MOUNT = 28;
const FIRST_WITH_VOLUME_LIMITS = 37;
/** Says that a zero of the object is meant. */
const KEEP_ZERO_SHARES = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

export const OTHERS: Defaulters = {
  'autoscaling.v2.HorizontalPodAutoscaler': defaulter('HorizontalPodAutoscaler', setAutoscaler),
  'autoscaling.v2beta2.HorizontalPodAutoscaler': defaulter('HorizontalPodAutoscaler', setAutoscaler),
  'networking.v1.NetworkPolicy': defaulter('NetworkPolicy', setNetworkPolicy),
  'rbac.v1.ClusterRoleBinding': defaulter('ClusterRoleBinding', setRoleRef),
  'rbac.v1.RoleBinding': defaulter('RoleBinding', setRoleRef),
  'rbac.v1.Subject': defaulter('Subject', setSubject),
  'storage.v1.CSIDriver': defaulter('CSIDriver', setDriver),
  'flowcontrol.v1beta3.PriorityLevelConfiguration': defaulter('PriorityLevelConfiguration', setShares),
  'resource.v1.ExactDeviceRequest': defaulter('ExactDeviceRequest', setCount),
  'resource.v1.DeviceSubRequest': defaulter('DeviceSubRequest', setCount),
  'resource.v1beta2.ExactDeviceRequest': defaulter('ExactDeviceRequest', setCount),
  'resource.v1beta2.DeviceSubRequest': defaulter('DeviceSubRequest', setCount),
  'resource.v1beta1.DeviceSubRequest': defaulter('DeviceSubRequest', setCount),
  'resource.v1beta1.DeviceRequest': defaulter('DeviceRequest', setDeviceRequest),
  'apiextensions.v1.CustomResourceDefinition': defaulter('CustomResourceDefinition', setDefinition),
};

const PERCENT = { type: 'Percent', value: 100, periodSeconds: 15 };
const UP: JsonObject = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, PERCENT],
};
const DOWN: JsonObject = { selectPolicy: 'Max', policies: [PERCENT] };
const CPU: JsonObject = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };

function setAutoscaler(autoscaler: Draft): void {
  const spec = ensure(autoscaler, 'spec');
  setIfAbsent(spec, 'minReplicas', 1);
  setIfZero(spec, 'metrics', [CPU]);
  const behavior = at(spec, 'behavior');
  if (behavior === undefined) return;
  behavior.scaleUp = { ...copyOfObject(UP), ...at(behavior, 'scaleUp') };
  behavior.scaleDown = { ...copyOfObject(DOWN), ...at(behavior, 'scaleDown') };
}

function setNetworkPolicy(policy: Draft): void {
  const spec = ensure(policy, 'spec');
  setIfZero(spec, 'policyTypes', isZero(get(spec, 'egress')) ? ['Ingress'] : ['Ingress', 'Egress']);
}

function setRoleRef(binding: Draft): void {
  setIfZero(ensure(binding, 'roleRef'), 'apiGroup', RBAC_GROUP);
}

function setSubject(subject: Draft): void {
  const kind = get(subject, 'kind');
  if (kind === 'User' || kind === 'Group') setIfZero(subject, 'apiGroup', RBAC_GROUP);
}

function setDriver(driver: Draft, minor: number): void {
  const spec = ensure(driver, 'spec');
  setIfAbsent(spec, 'attachRequired', true);
  setIfAbsent(spec, 'podInfoOnMount', false);
  setIfAbsent(spec, 'storageCapacity', false);
  setIfAbsent(spec, 'fsGroupPolicy', 'ReadWriteOnceWithFSType');
  setIfZero(spec, 'volumeLifecycleModes', ['Persistent']);
  setIfAbsent(spec, 'requiresRepublish', false);
  if (minor >= FIRST_WITH_SELINUX_MOUNT) setIfAbsent(spec, 'seLinuxMount', false);
  if (minor >= FIRST_WITH_VOLUME_LIMITS) setIfAbsent(spec, 'preventPodSchedulingIfMissing', false);
}

function setShares(level: Draft): void {
  const limited = at(level, 'spec', 'limited');
  if (limited === undefined || get(at(level, 'metadata', 'annotations'), KEEP_ZERO_SHARES) !== undefined) return;
  setIfZero(limited, 'nominalConcurrencyShares', 30);
}

function setCount(request: Draft): void {
  setIfZero(request, 'allocationMode', 'ExactCount');
  if (request.allocationMode === 'ExactCount') setIfZero(request, 'count', 1);
}

function setDeviceRequest(request: Draft): void {
  if (!isZero(get(request, 'deviceClassName'))) setCount(request);
}

function setDefinition(definition: Draft): void {
  const spec = ensure(definition, 'spec');
  const names = ensure(spec, 'names');
  const kind = get(names, 'kind');
  if (typeof kind === 'string' && kind !== '') {
    setIfZero(names, 'singular', kind.toLowerCase());
    setIfZero(names, 'listKind', `${kind}List`);
  }
  setIfAbsent(spec, 'conversion', { strategy: 'None' });
  const status = ensure(definition, 'status');
  const stored = listAt(spec, 'versions').find((version) => get(version, 'storage') === true);
  if (stored?.name !== undefined) setIfZero(status, 'storedVersions', [stored.name]);
}
