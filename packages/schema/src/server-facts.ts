// Facts about a real API server (1.37, create with strict field validation) that the published schemas do not say.
// Each entry was seen: the field removed from, or the item repeated in, an object that the server admits otherwise.

/** Fields that schemas call required and whose absence the server admits: it goes on with the zero value or a default. `Type.field`, of any API version. */
const TOLERATED: ReadonlySet<string> = new Set([
  'HTTPHeader.value',
  'LimitRangeSpec.limits',
  'ISCSIVolumeSource.lun',
  'ScaleIOVolumeSource.secretRef',
  'ScaleIOPersistentVolumeSource.secretRef',
  'ISCSIPersistentVolumeSource.lun',
  'CustomResourceDefinitionVersion.served',
  'CustomResourceDefinitionVersion.storage',
  'Sysctl.value',
  'PreferredSchedulingTerm.preference',
  'SleepAction.seconds',
  'StatefulSetSpec.serviceName',
  'ControllerRevision.revision',
  'PodFailurePolicy.rules',
  'PodFailurePolicyRule.onPodConditions',
  'PodFailurePolicyOnPodConditionsPattern.status',
  'EndpointSlice.endpoints',
  'NetworkPolicySpec.podSelector',
  'RoleRef.apiGroup',
  'PriorityClass.value',
  'CSIDriver.spec',
  'CSINode.spec',
  'CSINodeSpec.drivers',
  'TokenRequest.audience',
  'DeviceClass.spec',
  'ResourceClaim.spec',
  'ResourceClaimTemplate.spec',
  'ResourceClaimTemplateSpec.spec',
  'DeviceCapacity.value',
  'Counter.value',
  'CapacityRequestPolicyRange.min',
  'ResourcePool.generation',
  'EvictionResponder.name',
  'EvictionResponder.priority',
  'ForNode.name',
  'ForZone.name',
  'TopologyConstraint.key',
  'WorkloadPodGroupResourceClaim.name',
  'DeviceDerivedAttribute.expression',
  'DeviceDerivedAttribute.name',
  // Dropped from a node that is created.
  'ConfigMapNodeConfigSource.kubeletConfigKey',
  'ConfigMapNodeConfigSource.name',
  'ConfigMapNodeConfigSource.namespace',
  'Event.involvedObject',
  'EventSeries.count',
  'EventSeries.lastObservedTime',
  'GroupResource.group',
  'ModifyVolumeStatus.status',
  'PersistentVolumeClaimCondition.status',
  'PersistentVolumeClaimCondition.type',
  'VolumeHealthCondition.reason',
  'VolumeHealthCondition.status',
  'TypedLocalObjectReference.kind',
  // Filled in from the claim template of the same name.
  'PersistentVolumeClaimVolumeSource.claimName',
]);

/**
 * Fields that schemas call optional and whose absence the server always refuses: they are structures, no pointers, so that
 * an absent one is an empty one, which lacks what it must have.
 */
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  APIService: ['spec'],
  CronJob: ['spec'],
  DaemonSet: ['spec'],
  Deployment: ['spec'],
  FlowSchema: ['spec'],
  HorizontalPodAutoscaler: ['spec'],
  IPAddress: ['spec'],
  Ingress: ['spec'],
  IngressClass: ['spec'],
  Job: ['spec'],
  JobTemplateSpec: ['spec'],
  MutatingAdmissionPolicy: ['spec'],
  MutatingAdmissionPolicyBinding: ['spec'],
  PersistentVolume: ['spec'],
  Pod: ['spec'],
  PodTemplate: ['template'],
  PodTemplateSpec: ['spec'],
  PriorityLevelConfiguration: ['spec'],
  ReplicaSet: ['spec'],
  ReplicaSetSpec: ['template'],
  ReplicationController: ['spec'],
  ReplicationControllerSpec: ['template'],
  Service: ['spec'],
  ServiceCIDR: ['spec'],
  StatefulSet: ['spec'],
  ValidatingAdmissionPolicy: ['spec'],
  ValidatingAdmissionPolicyBinding: ['spec'],
};

/** Lists whose repeated items the server refuses; in any other list of built-in types a repetition is admitted, and only server-side apply refuses it. */
const UNIQUE: ReadonlySet<string> = new Set([
  'CSINodeSpec.drivers',
  'PodSpec.containers',
  'PodSpec.initContainers',
  'PodSpec.ephemeralContainers',
  'PodSpec.volumes',
  'PodSpec.topologySpreadConstraints',
  'PodSpec.schedulingGates',
  'PodSpec.resourceClaims',
  'Container.volumeMounts',
  'Container.volumeDevices',
  'ServiceSpec.ports',
  'ValidatingWebhookConfiguration.webhooks',
  'MutatingWebhookConfiguration.webhooks',
  'ValidatingWebhook.matchConditions',
  'MutatingWebhook.matchConditions',
  'ValidatingAdmissionPolicySpec.matchConditions',
  'MutatingAdmissionPolicySpec.matchConditions',
  'ValidatingAdmissionPolicyBindingSpec.validationActions',
  'EndpointSlice.ports',
]);

/** Fields whose choices the server does not compare: it drops the field while its feature is off. */
const UNENFORCED: ReadonlySet<string> = new Set([
  'Lifecycle.stopSignal',
  'HTTPGetAction.protocol',
  'GRPCAction.mode',
  // The status of a claim template is dropped.
  'PersistentVolumeClaimStatus.accessModes',
  'PersistentVolumeClaimStatus.phase',
  'ModifyVolumeStatus.status',
  'VolumeHealthCondition.status',
]);

/** `core.v1.Container` + `ports` → `Container.ports`. */
const keyOf = (typeName: string, field: string): string => `${typeName.slice(typeName.lastIndexOf('.') + 1)}.${field}`;

export function isAbsenceTolerated(typeName: string, field: string): boolean {
  return TOLERATED.has(keyOf(typeName, field));
}

/** Fields of a built-in structure that must be there though its schema does not say so. */
export function demandedOf(typeName: string): readonly string[] {
  const name = typeName.slice(typeName.lastIndexOf('.') + 1);
  return (Object.hasOwn(DEMANDED, name) ? DEMANDED[name] : undefined) ?? [];
}

export function isRepetitionRefused(typeName: string, field: string): boolean {
  return UNIQUE.has(keyOf(typeName, field));
}

export function isChoiceEnforced(typeName: string, field: string): boolean {
  return !UNENFORCED.has(keyOf(typeName, field));
}

/** Whether the server looks at what is in a label selector; that of an autoscaler's metric it hands on as it is. */
export function isSelectorJudged(typeName: string, field: string): boolean {
  return keyOf(typeName, field) !== 'MetricIdentifier.selector';
}
