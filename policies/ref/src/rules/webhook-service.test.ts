import { testRule } from '@plumbline/testing';
import { rule } from './webhook-service.ts';

testRule(rule, {
  valid: {
    'an address outside, a port of its own, a Service of a chart': `
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: a}
      webhooks:
        - {name: a.example.com, clientConfig: {url: "https://example.com"}}
        - {name: b.example.com, clientConfig: {service: {name: hook, namespace: shop, port: 8443}}}
        - {name: c.example.com, clientConfig: {service: {name: of-a-chart, namespace: other}}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: hook, namespace: shop}
      spec: {ports: [{port: 8443}]}
    `,
  },
  invalid: {
    'a namespace that the Service is not in, of an API': {
      yaml: `
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1.shop.example}
        spec:
          service:
            name: api
            namespace: shop # <-
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: shop-system}
        spec: {ports: [{port: 443}]}
      `,
      problems: [{ severity: 'error', message: 'Service "api" is not in namespace "shop" but in "shop-system"' }],
    },
    'a near miss of the Service that converts': {
      yaml: `
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: baskets.shop.example}
        spec:
          conversion:
            webhook:
              clientConfig:
                service:
                  name: webhok # <-
                  namespace: shop
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: webhook, namespace: shop}
      `,
      problems: [{ severity: 'error', message: 'no Service "webhok" is defined here in namespace "shop"; did you mean "webhook"?' }],
    },
    'a port that the Service has not': {
      yaml: `
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: a}
        webhooks:
          - name: a.example.com
            clientConfig:
              service:
                name: hook
                namespace: shop
                port: 9443 # <-
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: shop}
        spec: {ports: [{port: 443, targetPort: 9443}]}
      `,
      problems: [{ severity: 'error', message: 'Service "hook" has no port "9443"' }],
    },
  },
});
