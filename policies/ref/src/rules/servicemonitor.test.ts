import { testRule } from '@plumbline/testing';
import { rule } from './servicemonitor.ts';

const SERVICE = `
  apiVersion: v1
  kind: Service
  metadata: {name: shop, namespace: shop, labels: {app: shop}}
  spec: {ports: [{name: http, port: 80}, {name: metrics, port: 9090}]}
`;

testRule(rule, {
  valid: {
    'a Service of a namespace that is named': {
      yaml: `
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: shop, namespace: monitoring}
        spec: {namespaceSelector: {matchNames: [shop]}, selector: {matchLabels: {app: shop}}, endpoints: [{port: metrics}]}
      `,
      files: { 'service.yaml': SERVICE },
    },
    'a Service of a chart': {
      yaml: `
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: redis, namespace: shop}
        spec: {selector: {matchLabels: {app.kubernetes.io/name: redis}}, endpoints: [{port: metrics}]}
      `,
      files: { 'service.yaml': SERVICE },
    },
    'a port of the pods': `
      apiVersion: monitoring.coreos.com/v1
      kind: PodMonitor
      metadata: {name: shop}
      spec: {selector: {matchLabels: {app: shop}}, podMetricsEndpoints: [{port: metrics}, {targetPort: 9}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: [{name: a, ports: [{name: metrics, containerPort: 9090}]}]}
    `,
  },
  invalid: {
    'labels of the pods instead of those of the Service': {
      yaml: `
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: shop, namespace: shop}
        spec:
          selector: {matchLabels: {run: shop}} # <-
          endpoints: [{port: metrics}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: shop, labels: {run: shop}}
        spec: {containers: []}
      `,
      files: { 'service.yaml': SERVICE },
      problems: [{ severity: 'warning', message: 'the selector matches no Service, only pods; nearest is Service "shop"' }],
    },
    'a port that the pods have not': {
      yaml: `
        apiVersion: monitoring.coreos.com/v1
        kind: PodMonitor
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          podMetricsEndpoints:
            - port: metric # <-
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: a, ports: [{name: metrics, containerPort: 9090}]}]}
      `,
      problems: [{ message: 'Pod "shop" has no port named "metric"; did you mean "metrics"?' }],
    },
  },
});
