import { checkMutatingPolicy, checkValidatingPolicy } from './cluster/admission-policy.ts';
import { checkApiService } from './cluster/api-service.ts';
import { checkSigningRequest, checkTrustBundle } from './cluster/certificates.ts';
import { checkDefinition } from './cluster/definition.ts';
import { checkResourceClaim, checkResourceClaimTemplate } from './cluster/device-claim.ts';
import { checkDeviceClass } from './cluster/device-class.ts';
import { checkDeviceTaintRule } from './cluster/device-taint-rule.ts';
import { checkFlowSchema } from './cluster/flow-schema.ts';
import { withGeneration } from './cluster/generation.ts';
import { checkLease, checkLeaseCandidate } from './cluster/lease.ts';
import { checkPodCertificate } from './cluster/pod-certificate.ts';
import { checkMutatingBinding, checkValidatingBinding } from './cluster/policy-binding.ts';
import { checkPriorityClass } from './cluster/priority-class.ts';
import { checkPriorityLevel } from './cluster/priority-level.ts';
import { checkClusterRole, checkClusterRoleBinding, checkRole, checkRoleBinding } from './cluster/rbac.ts';
import { checkResourceSlice } from './cluster/resource-slice.ts';
import { checkAccessReview, checkLocalAccessReview, checkRulesReview, checkSelfAccessReview, checkTokenReview } from './cluster/reviews.ts';
import { checkRuntimeClass } from './cluster/runtime-class.ts';
import { checkStorageVersionMigration } from './cluster/storage-version-migration.ts';
import { checkWebhookConfiguration } from './cluster/webhook-config.ts';
import type { NativeCheck } from './native.ts';

/** RBAC, admission, API machinery, scheduling, certificates, flow control, devices, leases. */
export const CLUSTER: Readonly<Record<string, NativeCheck>> = {
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': checkMutatingPolicy,
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': checkMutatingBinding,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': checkWebhookConfiguration,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': checkValidatingPolicy,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': checkValidatingBinding,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': checkWebhookConfiguration,
  'apiextensions.k8s.io/CustomResourceDefinition': checkDefinition,
  'apiregistration.k8s.io/APIService': withGeneration(checkApiService),
  'authentication.k8s.io/TokenReview': checkTokenReview,
  'authorization.k8s.io/LocalSubjectAccessReview': checkLocalAccessReview,
  'authorization.k8s.io/SelfSubjectAccessReview': checkSelfAccessReview,
  'authorization.k8s.io/SelfSubjectRulesReview': checkRulesReview,
  'authorization.k8s.io/SubjectAccessReview': checkAccessReview,
  'certificates.k8s.io/CertificateSigningRequest': withGeneration(checkSigningRequest),
  'certificates.k8s.io/ClusterTrustBundle': withGeneration(checkTrustBundle),
  'certificates.k8s.io/PodCertificateRequest': withGeneration(checkPodCertificate),
  'coordination.k8s.io/Lease': withGeneration(checkLease),
  'coordination.k8s.io/LeaseCandidate': checkLeaseCandidate,
  'flowcontrol.apiserver.k8s.io/FlowSchema': checkFlowSchema,
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': checkPriorityLevel,
  'node.k8s.io/RuntimeClass': withGeneration(checkRuntimeClass),
  'rbac.authorization.k8s.io/ClusterRole': withGeneration(checkClusterRole),
  'rbac.authorization.k8s.io/ClusterRoleBinding': withGeneration(checkClusterRoleBinding),
  'rbac.authorization.k8s.io/Role': withGeneration(checkRole),
  'rbac.authorization.k8s.io/RoleBinding': withGeneration(checkRoleBinding),
  'resource.k8s.io/DeviceClass': checkDeviceClass,
  'resource.k8s.io/DeviceTaintRule': checkDeviceTaintRule,
  'resource.k8s.io/ResourceClaim': withGeneration(checkResourceClaim),
  'resource.k8s.io/ResourceClaimTemplate': withGeneration(checkResourceClaimTemplate),
  'resource.k8s.io/ResourceSlice': checkResourceSlice,
  'scheduling.k8s.io/PriorityClass': checkPriorityClass,
  'storagemigration.k8s.io/StorageVersionMigration': withGeneration(checkStorageVersionMigration),
};
