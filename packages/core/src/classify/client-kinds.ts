import type { FileRole } from '../read/parsed-file.ts';

// File formats that borrow `apiVersion` and `kind` but are read by a program on a workstation or node, and are never sent
// to a cluster. By API group (what stands before the slash), or by whole apiVersion and kind where there is no group.

const GROUPS: Readonly<Record<string, string>> = {
  'kustomize.config.k8s.io': 'kustomize',
  builtin: 'kustomize',
  'viaduct.ai': 'kustomize',
  'goabout.com': 'kustomize',
  skaffold: 'skaffold',
  'kind.x-k8s.io': 'kind',
  'kind.sigs.k8s.io': 'kind',
  'k3d.io': 'k3d',
  'ctlptl.dev': 'ctlptl',
  'eksctl.io': 'eksctl',
  'kubeadm.k8s.io': 'kubeadm',
  'apiserver.k8s.io': 'kubernetes-config',
  'kops.k8s.io': 'kops',
  'audit.k8s.io': 'kubernetes-config',
  'client.authentication.k8s.io': 'kubernetes-config',
  'config.kubernetes.io': 'kpt',
  'kpt.dev': 'kpt',
  'fn.kpt.dev': 'kpt',
  'config.kio.kubernetes.io': 'kpt',
  'cli.kyverno.io': 'kyverno-cli',
  'test.gatekeeper.sh': 'gator',
  'apidiscovery.k8s.io': 'kubernetes-config',
  'krew.googlecontainertools.github.com': 'krew',
  'k0sctl.k0sproject.io': 'k0s',
  'backstage.io': 'backstage',
  'scaffolder.backstage.io': 'backstage',
  'garden.io': 'garden',
  'pipecd.dev': 'pipecd',
  'tanka.dev': 'tanka',
  'score.dev': 'score',
  'openslo.com': 'openslo',
  'kuttl.dev': 'kuttl',
  'chainsaw.kyverno.io': 'chainsaw',
  'plumbline.dev': 'plumbline',
};

/** Groups that have custom resources beside one kind of file. */
const ONE_OF_GROUP: Readonly<Record<string, FileRole>> = {
  'clusterctl.cluster.x-k8s.io/Metadata': 'clusterctl/Metadata',
  // As the test files of the Kyverno command were written before `cli.kyverno.io`.
  'kyverno.io/Test': 'kyverno-cli/Test',
};

/** What an API server says of itself. */
const DISCOVERY = /^API(?:Versions|GroupList|Group|ResourceList)$/;

const WITHOUT_GROUP: readonly (readonly [apiVersion: RegExp, kind: RegExp, role: FileRole])[] = [
  [/^v1$/, /^Config$/, 'kubernetes-config/Kubeconfig'],
  [/^v1$/, DISCOVERY, 'kubernetes-config/Discovery'],
  [/^v1(alpha1|beta1)?$/, /^(EncryptionConfig|AdmissionConfiguration)$/, 'kubernetes-config/Configuration'],
  [/^v1beta1$/, /^AgentConfig$/, 'openshift/AgentConfig'],
  // Talos machine configuration documents: `v1alpha1` without a group, which no API server serves.
  [/^v1alpha1$/, /Config$|^KubeSpanEndpoints$/, 'talos/Config'],
  [/^v1(alpha|beta)\d+$/, /^Kptfile$/, 'kpt/Kptfile'],
];

// The quick way out for the core group's own kinds.
const V1_KINDS = /^(?:Config|EncryptionConfig|AdmissionConfiguration|API[VGR][A-Za-z]+)$/;

/** Whether a document of the kind is an answer of an API server about what it serves; some of them bear no apiVersion. */
export function isDiscoveryKind(kind: string): boolean {
  return DISCOVERY.test(kind);
}

/** The pseudo kind of a document whose apiVersion and kind belong to a program's own file format; undefined for what a cluster may serve. */
export function roleOfClientKind(apiVersion: string, kind: string): FileRole | undefined {
  const slash = apiVersion.indexOf('/');
  if (slash < 0 && apiVersion !== 'builtin') {
    if (apiVersion === 'v1' && !V1_KINDS.test(kind)) return undefined;
    for (const [version, name, role] of WITHOUT_GROUP) if (version.test(apiVersion) && name.test(kind)) return role;
    return undefined;
  }
  const group = slash < 0 ? apiVersion : apiVersion.slice(0, slash);
  // `kubelet.config.k8s.io`, `pod-security.admission.config.k8s.io`, `eventratelimit.admission.k8s.io`: files of Kubernetes' own programs.
  const isComponent = group.endsWith('.config.k8s.io') || group.endsWith('.admission.k8s.io');
  const one = `${group}/${kind}`;
  if (Object.hasOwn(ONE_OF_GROUP, one)) return ONE_OF_GROUP[one];
  const program = Object.hasOwn(GROUPS, group) ? GROUPS[group] : isComponent ? 'kubernetes-config' : undefined;
  return program === undefined ? undefined : `${program}/${kind}`;
}
