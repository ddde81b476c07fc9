import { testRule } from '@plumbline/testing';
import { rule } from './deprecated-annotation.ts';

testRule(rule, {
  valid: {
    'what is used today': `
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: shop
      spec:
        ingressClassName: nginx
    `,
    'the old annotation beside the field, of which the server says nothing': `
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: shop
        annotations:
          kubernetes.io/ingress.class: nginx
      spec:
        ingressClassName: nginx
    `,
    'an annotation for a container that is not there': `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
        annotations:
          container.apparmor.security.beta.kubernetes.io/other: runtime/default
      spec:
        containers:
          - name: shop
            image: shop:1.0
    `,
    'a toleration for old and new nodes of the control plane': `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
      spec:
        tolerations:
          - {key: node-role.kubernetes.io/master, operator: Exists}
          - {key: node-role.kubernetes.io/control-plane, operator: Exists}
        containers: []
    `,
    'a version in which it was still right': {
      versions: ['1.29'],
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          annotations:
            container.apparmor.security.beta.kubernetes.io/shop: runtime/default
        spec:
          containers:
            - name: shop
              image: shop:1.0
      `,
    },
  },
  invalid: {
    'the class of an ingress': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
          annotations:
            kubernetes.io/ingress.class: nginx # <-
            other: x
        spec:
          rules: []
      `,
      problems: [
        {
          class: 'server-warning',
          severity: 'warning',
          message: 'annotation "kubernetes.io/ingress.class" is deprecated since Kubernetes 1.18: use the field spec.ingressClassName',
        },
      ],
    },
    'annotations of a pod template': {
      yaml: `
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          template:
            metadata:
              annotations:
                seccomp.security.alpha.kubernetes.io/pod: runtime/default # <-
                container.apparmor.security.beta.kubernetes.io/shop: runtime/default # <-
            spec:
              containers:
                - name: shop
                  image: shop:1.0
      `,
      problems: [
        {
          message:
            'annotation "seccomp.security.alpha.kubernetes.io/pod" is without effect since Kubernetes 1.27: use the field securityContext.seccompProfile',
        },
        {
          message:
            'annotation "container.apparmor.security.beta.kubernetes.io/shop" is deprecated since Kubernetes 1.30: use the container\'s field securityContext.appArmorProfile',
        },
      ],
    },
    'profiles, which move to fields': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          annotations:
            container.apparmor.security.beta.kubernetes.io/shop: localhost/strict # <-
        spec:
          containers:
            - name: shop
              image: shop:1.0
      `,
      fixed: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          containers:
            - name: shop
              image: shop:1.0
              securityContext:
                appArmorProfile:
                  type: Localhost
                  localhostProfile: strict
      `,
    },
    'labels of nodes': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          nodeSelector:
            beta.kubernetes.io/os: linux # <-
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions:
                      - key: failure-domain.beta.kubernetes.io/zone # <-
                        operator: Exists
          containers: []
      `,
      problems: [
        {
          message: 'node label "beta.kubernetes.io/os" is deprecated since Kubernetes 1.14: use the label "kubernetes.io/os"',
          class: 'server-warning',
        },
        { message: /topology.kubernetes.io\/zone/ },
      ],
      fixed: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          nodeSelector:
            kubernetes.io/os: linux
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions:
                      - key: topology.kubernetes.io/zone
                        operator: Exists
          containers: []
      `,
    },
    'a toleration of a taint that no node has, and a zone of other pods': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 1
                  podAffinityTerm:
                    topologyKey: failure-domain.beta.kubernetes.io/zone # <-
          tolerations:
            - key: node-role.kubernetes.io/master # <-
              operator: Exists
          containers: []
      `,
      problems: [
        { class: 'quality' },
        {
          class: 'quality',
          message:
            'the taint "node-role.kubernetes.io/master" is on no node since Kubernetes 1.25: tolerate "node-role.kubernetes.io/control-plane"',
        },
      ],
    },
    'the class of a claim': {
      yaml: `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: shop
          annotations:
            volume.beta.kubernetes.io/storage-class: fast # <-
        spec:
          accessModes: [ReadWriteOnce]
      `,
    },
  },
});
