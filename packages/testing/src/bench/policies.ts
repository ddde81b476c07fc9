import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// ValidatingAdmissionPolicies as organisations have them. They hold of the generated trees, so that what is measured is the asking.

interface Sort {
  readonly group: string;
  readonly version: string;
  readonly resources: string;
  readonly expressions: readonly string[];
}

const POD = 'object.spec.template.spec';
const SORTS: readonly Sort[] = [
  {
    group: 'apps',
    version: 'v1',
    resources: 'deployments',
    expressions: [
      'object.spec.replicas <= 50',
      `${POD}.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged) || !c.securityContext.privileged)`,
      `${POD}.containers.all(c, c.image.contains(':') && !c.image.endsWith(':latest'))`,
      `${POD}.containers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits)`,
      `${POD}.containers.all(c, !has(c.resources.limits.memory) || quantity(c.resources.limits.memory).isLessThan(quantity('64Gi')))`,
      `!has(${POD}.hostNetwork) || !${POD}.hostNetwork`,
    ],
  },
  {
    group: '',
    version: 'v1',
    resources: 'services',
    expressions: ["!has(object.spec.type) || object.spec.type != 'LoadBalancer'", 'object.spec.ports.all(p, p.port > 0 && p.port < 65536)'],
  },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    resources: 'ingresses',
    expressions: ["object.spec.rules.all(r, !has(r.host) || !r.host.startsWith('*'))", "object.metadata.name.matches('^[a-z0-9-]+$')"],
  },
  {
    group: '*',
    version: '*',
    resources: '*',
    expressions: [
      "has(object.metadata.labels) || object.kind == 'Namespace' || object.metadata.name != ''",
      "!has(object.metadata.annotations) || !('example.com/forbidden' in object.metadata.annotations)",
    ],
  },
];

/** Writes so many policies with a binding each into one file of a folder; gives the folder. */
export function writePolicies(folder: string, count: number): string {
  mkdirSync(folder, { recursive: true });
  const texts = Array.from({ length: count }, (_, index) => policyText(index));
  writeFileSync(join(folder, 'policies.yaml'), texts.join('---\n'));
  return folder;
}

function policyText(index: number): string {
  const sort = SORTS[index % SORTS.length];
  if (sort === undefined) throw new Error('there are no policies');
  const { group, version, resources, expressions } = sort;
  const expression = expressions[Math.floor(index / SORTS.length) % expressions.length] ?? 'true';
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: policy-${index}}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: ['${group}'], apiVersions: ['${version}'], operations: [CREATE, UPDATE], resources: ['${resources}']}]
  validations:
    - expression: ${JSON.stringify(expression)}
      message: the rule of policy ${index} is kept
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: policy-${index}}
spec: {policyName: policy-${index}, validationActions: [Deny]}
`;
}
