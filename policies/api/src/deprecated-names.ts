import type { FindingClass } from '@plumbline/core';

export interface DeprecatedName {
  /** What to use in its place, as people write it. */
  readonly use: string;
  /** The word for its state, with the Kubernetes minor from which it holds. */
  readonly state: string;
  /** The first minor in which it holds; always when absent. */
  readonly since?: number;
  readonly class: FindingClass;
  /** The label or annotation that takes the same value. */
  readonly renamed?: string;
}

/** Labels of nodes that selectors name (pkg/api/node/util.go, from which the API server makes its warnings). */
export const NODE_LABELS: ReadonlyMap<string, DeprecatedName> = new Map(
  Object.entries({
    'beta.kubernetes.io/arch': renamed('kubernetes.io/arch', 14),
    'beta.kubernetes.io/os': renamed('kubernetes.io/os', 14),
    'failure-domain.beta.kubernetes.io/region': renamed('topology.kubernetes.io/region', 17),
    'failure-domain.beta.kubernetes.io/zone': renamed('topology.kubernetes.io/zone', 17),
    'beta.kubernetes.io/instance-type': renamed('node.kubernetes.io/instance-type', 17),
    'node-role.kubernetes.io/master': {
      use: 'the label "node-role.kubernetes.io/control-plane"',
      state: 'deprecated since Kubernetes 1.20, and nodes have not carried it since 1.24',
      class: 'server-warning',
      renamed: 'node-role.kubernetes.io/control-plane',
    },
  } satisfies Record<string, DeprecatedName>),
);

function renamed(label: string, minor: number): DeprecatedName {
  return { use: `the label "${label}"`, state: `deprecated since Kubernetes 1.${minor}`, class: 'server-warning', renamed: label };
}

/** Annotations of pods and pod templates (pkg/api/pod/warnings.go). A key that ends with `/` is a prefix. */
export const POD_ANNOTATIONS: ReadonlyMap<string, DeprecatedName> = new Map(
  Object.entries({
    'scheduler.alpha.kubernetes.io/critical-pod': without('the field priorityClassName', 16),
    'security.alpha.kubernetes.io/sysctls': without('the field securityContext.sysctls', 11),
    'security.alpha.kubernetes.io/unsafe-sysctls': without('the field securityContext.sysctls', 11),
    'seccomp.security.alpha.kubernetes.io/pod': without('the field securityContext.seccompProfile', 27),
    'container.seccomp.security.alpha.kubernetes.io/': without("the container's field securityContext.seccompProfile", 27),
    'container.apparmor.security.beta.kubernetes.io/': {
      use: "the container's field securityContext.appArmorProfile",
      state: 'deprecated since Kubernetes 1.30',
      since: 30,
      class: 'server-warning',
    },
  } satisfies Record<string, DeprecatedName>),
);

function without(use: string, minor: number): DeprecatedName {
  return { use, state: `without effect since Kubernetes 1.${minor}`, since: minor, class: 'server-warning' };
}

/** Annotations of other kinds, by kind key. */
export const KIND_ANNOTATIONS: ReadonlyMap<string, ReadonlyMap<string, DeprecatedName>> = new Map(
  Object.entries({
    'networking.k8s.io/Ingress': names({
      'kubernetes.io/ingress.class': {
        use: 'the field spec.ingressClassName',
        state: 'deprecated since Kubernetes 1.18',
        class: 'server-warning',
      },
    }),
    Service: names({
      'service.kubernetes.io/topology-aware-hints': {
        use: 'the annotation "service.kubernetes.io/topology-mode"',
        state: 'deprecated since Kubernetes 1.27',
        since: 27,
        class: 'server-warning',
        renamed: 'service.kubernetes.io/topology-mode',
      },
      'service.alpha.kubernetes.io/tolerate-unready-endpoints': {
        use: 'the field spec.publishNotReadyAddresses',
        state: 'without effect',
        since: 30,
        class: 'quality',
      },
    }),
    PersistentVolumeClaim: names({ 'volume.beta.kubernetes.io/storage-class': storageClass() }),
    PersistentVolume: names({
      'volume.beta.kubernetes.io/storage-class': storageClass(),
      'volume.beta.kubernetes.io/mount-options': {
        use: 'the field spec.mountOptions',
        state: 'deprecated since Kubernetes 1.31',
        since: 31,
        class: 'server-warning',
      },
    }),
    'storage.k8s.io/StorageClass': names({
      'storageclass.beta.kubernetes.io/is-default-class': {
        use: 'the annotation "storageclass.kubernetes.io/is-default-class"',
        state: 'deprecated since Kubernetes 1.6',
        class: 'quality',
        renamed: 'storageclass.kubernetes.io/is-default-class',
      },
    }),
  }),
);

function names(entries: Record<string, DeprecatedName>): ReadonlyMap<string, DeprecatedName> {
  return new Map(Object.entries(entries));
}

function storageClass(): DeprecatedName {
  return { use: 'the field spec.storageClassName', state: 'deprecated since Kubernetes 1.8', class: 'server-warning' };
}
