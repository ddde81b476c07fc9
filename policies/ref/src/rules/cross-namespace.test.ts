import { testRule } from '@plumbline/testing';
import { rule } from './cross-namespace.ts';

const SHOP = `
  apiVersion: v1
  kind: Service
  metadata: {name: shop, namespace: shop}
`;
const ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: web}
spec:
  rules:
    - backendRefs:
        - name: shop
          namespace: shop # <-
          port: 80
`;

testRule(rule, {
  valid: {
    'a backend that a grant allows': {
      yaml: ROUTE.replace(' # <-', ''),
      files: {
        'shop.yaml': SHOP,
        'grant.yaml': `
          apiVersion: gateway.networking.k8s.io/v1beta1
          kind: ReferenceGrant
          metadata: {name: web, namespace: shop}
          spec:
            from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web}]
            to: [{group: "", kind: Service}]
        `,
      },
    },
    'a backend whose namespace is not in sight': { yaml: ROUTE.replace(' # <-', '') },
    'a Gateway that takes routes of all namespaces at the listener': `
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: shop, namespace: web}
      spec: {parentRefs: [{name: public, namespace: infra, sectionName: https}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: public, namespace: infra}
      spec: {listeners: [{name: http}, {name: https, allowedRoutes: {namespaces: {from: All}}}]}
    `,
    'an Issuer of the same name in both namespaces, and a ClusterIssuer': `
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: a, namespace: a}
      spec: {issuerRef: {name: ca}}
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: b, namespace: a}
      spec: {issuerRef: {name: ca, kind: ClusterIssuer}}
      ---
      apiVersion: cert-manager.io/v1
      kind: Issuer
      metadata: {name: ca, namespace: a}
      ---
      apiVersion: cert-manager.io/v1
      kind: Issuer
      metadata: {name: ca, namespace: b}
    `,
  },
  invalid: {
    'a backend that no grant allows': {
      yaml: ROUTE,
      files: { 'shop.yaml': SHOP },
      problems: [{ severity: 'error', message: 'no ReferenceGrant in namespace "shop" lets a HTTPRoute of "web" use Service "shop"' }],
    },
    'a Gateway that takes routes of its own namespace': {
      yaml: `
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: web}
        spec:
          parentRefs:
            - name: public
              namespace: infra # <-
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: infra}
        spec: {listeners: [{name: http}]}
      `,
      problems: [{ message: 'Gateway "public" takes no HTTPRoute of namespace "web", only of its own "infra"' }],
    },
    'a namespace inside the name of a backend': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: web}
        spec:
          defaultBackend:
            service:
              name: shop.shop.svc.cluster.local # <-
      `,
    },
    'a ClusterIssuer that is called an Issuer': {
      yaml: `
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: {name: a, namespace: a}
        spec:
          issuerRef:
            name: ca # <-
        ---
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata: {name: ca}
      `,
    },
  },
});
