import type { GroupVersionKind } from '@plumbline/core';
import type { NameForm } from './names.ts';

/** What a server of a minor wants of a name of the kind; `none`: it needs no name. */
export interface NameRule {
  readonly form: NameForm;
  readonly longest?: number;
  readonly isOptional?: true;
  /** generateName is not judged beside a name: the declarative validation of its kind looks at the name alone. */
  readonly isPrefixFree?: true;
  /** The object is answered and not stored: nobody looks at its metadata. */
  readonly isUnjudged?: true;
}

const DEFAULT: NameRule = { form: 'subdomain' };
const PATH: NameRule = { form: 'path' };
const NAMELESS: NameRule = { form: 'path', isOptional: true };
const UNJUDGED: NameRule = { ...NAMELESS, isUnjudged: true };

// pkg/apis/*/validation of kube-apiserver: what is not here is a DNS subdomain.
const RULES: Readonly<Record<string, { readonly group: string; readonly rule: NameRule | ((minor: number) => NameRule) }>> = {
  Namespace: { group: '', rule: { form: 'label' } },
  ReplicationController: { group: '', rule: { form: 'subdomain', isPrefixFree: true } },
  // KEP-5311: a Service's name may start with a digit from 1.36 on.
  Service: { group: '', rule: (minor) => (minor >= 36 ? { form: 'label' } : { form: 'rfc1035' }) },
  // A Pod's host name is made of it, so that dots are refused from 1.27 on.
  StatefulSet: { group: 'apps', rule: (minor) => (minor >= 27 ? { form: 'label' } : DEFAULT) },
  // Eleven characters are left for the name of the Job.
  CronJob: { group: 'batch', rule: { form: 'subdomain', longest: 52 } },
  // The name becomes a label of the Pods.
  Job: { group: 'batch', rule: { form: 'subdomain', longest: 63 } },
  CSIDriver: { group: 'storage.k8s.io', rule: { form: 'subdomain', longest: 63 } },
  Role: { group: 'rbac.authorization.k8s.io', rule: PATH },
  RoleBinding: { group: 'rbac.authorization.k8s.io', rule: PATH },
  ClusterRole: { group: 'rbac.authorization.k8s.io', rule: PATH },
  ClusterRoleBinding: { group: 'rbac.authorization.k8s.io', rule: PATH },
  PodDisruptionBudget: { group: 'policy', rule: PATH },
  CertificateSigningRequest: { group: 'certificates.k8s.io', rule: PATH },
  ClusterTrustBundle: { group: 'certificates.k8s.io', rule: PATH },
  IPAddress: { group: 'networking.k8s.io', rule: PATH },
  CustomResourceDefinition: { group: 'apiextensions.k8s.io', rule: PATH },
  APIService: { group: 'apiregistration.k8s.io', rule: PATH },
  LeaseCandidate: { group: 'coordination.k8s.io', rule: PATH },
  ComponentStatus: { group: '', rule: PATH },
  // The events of the core group keep to the rules of old; those of events.k8s.io do not.
  Event: { group: '', rule: PATH },
  Binding: { group: '', rule: NAMELESS },
  // The server makes a name up where there is none.
  LimitRange: { group: '', rule: { form: 'subdomain', isOptional: true } },
  TokenReview: { group: 'authentication.k8s.io', rule: UNJUDGED },
  SelfSubjectReview: { group: 'authentication.k8s.io', rule: UNJUDGED },
  SubjectAccessReview: { group: 'authorization.k8s.io', rule: NAMELESS },
  SelfSubjectAccessReview: { group: 'authorization.k8s.io', rule: NAMELESS },
  SelfSubjectRulesReview: { group: 'authorization.k8s.io', rule: NAMELESS },
  LocalSubjectAccessReview: { group: 'authorization.k8s.io', rule: NAMELESS },
};

export function nameRuleOf(gvk: GroupVersionKind, minor: number): NameRule {
  const own = Object.hasOwn(RULES, gvk.kind) ? RULES[gvk.kind] : undefined;
  if (own === undefined || own.group !== gvk.group) return DEFAULT;
  return typeof own.rule === 'function' ? own.rule(minor) : own.rule;
}
