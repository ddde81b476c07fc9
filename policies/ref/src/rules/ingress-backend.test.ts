import { testRule } from '@plumbline/testing';
import { rule } from './ingress-backend.ts';

const SERVICE = `
  apiVersion: v1
  kind: Service
  metadata: {name: shop-front, namespace: shop}
  spec: {ports: [{name: http, port: 80}, {name: metrics, port: 9090}]}
`;

testRule(rule, {
  valid: {
    'a Service of kube-system, which the cluster brings': `
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: a, namespace: kube-system}
      spec: {defaultBackend: {service: {name: kubernetes-dashboard, port: {number: 80}}}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: oauth-proxy, namespace: kube-system}
      spec: {ports: [{port: 4180}]}
    `,
    'a port by number and by name, in both versions': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: shop}
        spec:
          rules:
            - http:
                paths:
                  - {backend: {service: {name: shop-front, port: {number: 80}}}}
                  - {backend: {service: {name: shop-front, port: {name: http}}}}
        ---
        apiVersion: extensions/v1beta1
        kind: Ingress
        metadata: {name: b, namespace: shop}
        spec: {backend: {serviceName: shop-front, servicePort: http}}
      `,
      files: { 'service.yaml': SERVICE },
    },
    'an action of the AWS controller, a resource, a Service by another name': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: shop}
        spec:
          defaultBackend: {service: {name: ssl-redirect, port: {name: use-annotation}}}
          rules:
            - http:
                paths:
                  - {backend: {resource: {kind: Bucket, name: a}}}
                  - {backend: {service: {name: outside, port: {number: 443}}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: outside, namespace: shop}
        spec: {type: ExternalName, externalName: example.com}
      `,
      files: { 'service.yaml': SERVICE },
    },
    'a Service that a custom resource may make': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: shop}
        spec: {defaultBackend: {service: {name: logs-kb-http, port: {number: 5601}}}}
        ---
        apiVersion: kibana.k8s.elastic.co/v1
        kind: Kibana
        metadata: {name: logs, namespace: shop}
      `,
      files: { 'service.yaml': SERVICE },
    },
    'no Service in sight': `
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: a}
      spec: {defaultBackend: {service: {name: shop, port: {number: 80}}}}
    `,
  },
  invalid: {
    'a near miss, and a port that is not there': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: shop}
        spec:
          rules:
            - http:
                paths:
                  - backend:
                      service:
                        name: shop-fornt # <-
                        port: {number: 80}
                  - backend:
                      service:
                        name: shop-front
                        port:
                          number: 8080 # <-
                  - backend:
                      service:
                        name: shop-front
                        port:
                          name: web # <-
      `,
      files: { 'service.yaml': SERVICE },
      problems: [
        { severity: 'error', message: 'no Service "shop-fornt" is defined here in namespace "shop"; did you mean "shop-front"?' },
        { severity: 'error', message: 'Service "shop-front" has no port "8080", only "80" (http), "9090" (metrics)' },
        { severity: 'error', message: 'Service "shop-front" has no port named "web", only "80" (http), "9090" (metrics)' },
      ],
    },
    'a Service that is in another namespace, and one that is nowhere': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: web}
        spec:
          defaultBackend:
            service:
              name: shop-front # <-
              port: {number: 80}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: web}
        spec: {}
      `,
      files: { 'service.yaml': SERVICE },
      problems: [{ severity: 'warning', message: 'no Service "shop-front" is defined here in namespace "web", only in namespace "shop"' }],
    },
    'a slip of an IngressClass': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: a, namespace: shop}
        spec:
          ingressClassName: externl # <-
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: external}
      `,
      problems: [{ severity: 'warning', message: 'no IngressClass "externl" is defined here; did you mean "external"?' }],
    },
  },
});
