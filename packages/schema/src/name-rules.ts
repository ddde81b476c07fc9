import type { GroupVersionKind } from '@plumbline/core';
import { kindKey } from '@plumbline/core';
import type { NameForm } from './names.ts';

/** What a server of a minor wants of a name of the kind; `none`: it needs no name. */
export interface NameRule {
  readonly form: NameForm;
  readonly longest?: number;
  readonly isOptional?: true;
}

const DEFAULT: NameRule = { form: 'subdomain' };
const PATH: NameRule = { form: 'path' };
const NAMELESS: NameRule = { form: 'path', isOptional: true };

// pkg/apis/*/validation of kube-apiserver: what is not here is a DNS subdomain.
const RULES: Readonly<Record<string, NameRule | ((minor: number) => NameRule)>> = {
  Namespace: { form: 'label' },
  // KEP-5311: a Service's name may start with a digit from 1.36 on.
  Service: (minor) => (minor >= 36 ? { form: 'label' } : { form: 'rfc1035' }),
  // A Pod's host name is made of it, so that dots are refused from 1.27 on.
  'apps/StatefulSet': (minor) => (minor >= 27 ? { form: 'label' } : DEFAULT),
  // Eleven characters are left for the name of the Job.
  'batch/CronJob': { form: 'subdomain', longest: 52 },
  // The name becomes a label of the Pods.
  'batch/Job': { form: 'subdomain', longest: 63 },
  'storage.k8s.io/CSIDriver': { form: 'subdomain', longest: 63 },
  'rbac.authorization.k8s.io/Role': PATH,
  'rbac.authorization.k8s.io/RoleBinding': PATH,
  'rbac.authorization.k8s.io/ClusterRole': PATH,
  'rbac.authorization.k8s.io/ClusterRoleBinding': PATH,
  'policy/PodDisruptionBudget': PATH,
  'certificates.k8s.io/CertificateSigningRequest': PATH,
  'certificates.k8s.io/ClusterTrustBundle': PATH,
  'networking.k8s.io/IPAddress': PATH,
  'apiextensions.k8s.io/CustomResourceDefinition': PATH,
  'apiregistration.k8s.io/APIService': PATH,
  'coordination.k8s.io/LeaseCandidate': PATH,
  ComponentStatus: PATH,
  Binding: NAMELESS,
  // The server makes a name up where there is none.
  LimitRange: { form: 'subdomain', isOptional: true },
  'authentication.k8s.io/TokenReview': NAMELESS,
  'authentication.k8s.io/SelfSubjectReview': NAMELESS,
  'authorization.k8s.io/SubjectAccessReview': NAMELESS,
  'authorization.k8s.io/SelfSubjectAccessReview': NAMELESS,
  'authorization.k8s.io/SelfSubjectRulesReview': NAMELESS,
  'authorization.k8s.io/LocalSubjectAccessReview': NAMELESS,
};

export function nameRuleOf(gvk: GroupVersionKind, minor: number): NameRule {
  const rule = RULES[kindKey(gvk)];
  return typeof rule === 'function' ? rule(minor) : (rule ?? DEFAULT);
}
