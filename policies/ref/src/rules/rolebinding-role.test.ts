import { testRule } from '@plumbline/testing';
import { rule } from './rolebinding-role.ts';

testRule(rule, {
  valid: {
    'a role of elsewhere, near one to which another binding leads': `
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: a, namespace: shop}
      roleRef: {kind: ClusterRole, name: readers}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: b}
      roleRef: {kind: ClusterRole, name: reader}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reader}
    `,
    'roles of Kubernetes, and one of elsewhere': `
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: a, namespace: shop}
      roleRef: {kind: ClusterRole, name: view}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: b}
      roleRef: {kind: ClusterRole, name: system:auth-delegator}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: c}
      roleRef: {kind: ClusterRole, name: of-a-chart}
    `,
    'accounts of other namespaces': `
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: a, namespace: shop}
      roleRef: {kind: ClusterRole, name: view}
      subjects:
        - {kind: ServiceAccount, name: prometheus, namespace: monitoring}
        - {kind: ServiceAccount, name: default, namespace: other}
        - {kind: ServiceAccount, name: ci, namespace: ci}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: prometheus, namespace: monitoring}
    `,
    'an account that may yet get its namespace': `
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: a}
      roleRef: {kind: ClusterRole, name: view}
      subjects: [{kind: ServiceAccount, name: shop, namespace: shop}]
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: shop}
    `,
  },
  invalid: {
    'slips of roles and of an account that every cluster has': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: a, namespace: shop}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: adimn # <-
        subjects:
          - kind: ServiceAccount
            name: defualt # <-
            namespace: shop
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: a}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: system:auth-delegatro # <-
      `,
      problems: [
        { severity: 'error', message: 'no ClusterRole "adimn" is defined here; did you mean "admin"?' },
        { message: 'no ServiceAccount "defualt" is defined here in namespace "shop"; did you mean "default"?' },
        { message: 'no ClusterRole "system:auth-delegatro" is defined here; did you mean "system:auth-delegator"?' },
      ],
    },
    'a role of the other kind': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: a, namespace: shop}
        roleRef:
          kind: Role # <-
          name: reader
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
      `,
      problems: [{ severity: 'error', message: 'no Role "reader" is defined here in namespace "shop", "reader" is a ClusterRole' }],
    },
    'near misses': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: a}
        roleRef:
          kind: ClusterRole
          name: shop-controler # <-
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: shop-controller}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: b}
        roleRef:
          kind: ClusterRole
          name: cluster_admin # <-
      `,
      problems: [
        { severity: 'error', message: 'no ClusterRole "shop-controler" is defined here; did you mean "shop-controller"?' },
        { severity: 'error', message: 'no ClusterRole "cluster_admin" is defined here; did you mean "cluster-admin"?' },
      ],
    },
    'a near miss that stands beside its role, whatever a chart brings': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: a, namespace: shop}
        roleRef:
          kind: Role
          name: readers # <-
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: shop}
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: cart, namespace: shop}
        spec: {chart: {spec: {chart: cart}}}
      `,
      problems: [{ severity: 'error', message: 'no Role "readers" is defined here in namespace "shop"; did you mean "reader"?' }],
    },
    'an account whose namespace was changed, but not here': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: a}
        roleRef: {kind: ClusterRole, name: view}
        subjects:
          - kind: ServiceAccount
            name: controller
            namespace: shop-system # <-
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: controller, namespace: shop}
      `,
      problems: [{ severity: 'error', message: 'ServiceAccount "controller" is not in namespace "shop-system" but in "shop"' }],
    },
  },
});
