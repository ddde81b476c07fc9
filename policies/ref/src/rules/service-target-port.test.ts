import { testRule } from '@plumbline/testing';
import { rule } from './service-target-port.ts';

const SHOP = `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: shop}
  spec:
    template:
      metadata: {labels: {app: shop}}
      spec:
        containers:
          - {name: shop, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}
`;

testRule(rule, {
  valid: {
    'a named port, a number, and a number that is that of the Service': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 8080}, {port: 8080}, {port: 53, protocol: UDP, targetPort: dns}]
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'a number that a container without ports may listen on': `
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 9000}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: [{name: shop, ports: [{containerPort: 80}]}, {name: sidecar}]}
    `,
    'one of several workloads has the port, as a sidecar': `
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: proxy}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: [{name: shop}], initContainers: [{name: proxy, restartPolicy: Always, ports: [{name: proxy, containerPort: 1}]}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop-2, labels: {app: shop}}
      spec: {containers: [{name: shop}]}
    `,
    'a number that the container is told of': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 18080}, {port: 81, targetPort: 19090}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec:
          containers:
            - name: shop
              args: [--port, "18080", --tcp=19090]
              ports: [{containerPort: 17070}, {containerPort: 3333}]
      `,
    },
    'a further number, where each port that the pods say has its Service': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8012}, {port: 9090}, {port: 443, targetPort: 8112}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: shop, ports: [{name: http, containerPort: 8012}, {name: metrics, containerPort: 9090}]}]}
      `,
    },
    'a Service for metrics, which the pods do not say': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop-metrics}
        spec: {selector: {app: shop}, ports: [{port: 9102}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: shop, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 8080}]}
      `,
    },
    'the ports of a gateway, whose pods say only where they are scraped and probed': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: gateway}
        spec: {selector: {app: gateway}, ports: [{port: 15021}, {port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: gateway, labels: {app: gateway}}
        spec:
          containers:
            - name: proxy
              ports: [{name: metrics, containerPort: 15020}, {name: status-port, containerPort: 15021}, {name: http-envoy-prom, containerPort: 15090}]
      `,
    },
    'a port of the proxy that a mesh injects': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 4191, targetPort: linkerd-admin}]}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'pods of a folder that may go to another namespace': {
      path: 'apps/a/service.yaml',
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: web}]}
      `,
      files: { 'apps/b/deployment.yaml': SHOP },
    },
    'no pods in sight': `
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: http}]}
    `,
  },
  invalid: {
    'a name that no container has': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - port: 80
              targetPort: htpp # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [
        {
          severity: 'error',
          path: '/spec/ports/0/targetPort',
          message: 'no container of Deployment "shop" has a port named "htpp"; did you mean "http"?',
        },
      ],
    },
    'a name whose port is for another protocol': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - port: 53
              targetPort: dns # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [{ severity: 'error', message: 'target port "dns" is for UDP in the pods, the Service wants TCP' }],
    },
    'the only port of one Service, though another leads to the only port of the pods': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop-external}
        spec:
          selector: {app: shop}
          ports:
            - port: 80
              targetPort: 9000 # <-
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: shop, ports: [{containerPort: 8080}]}]}
      `,
      problems: [{ severity: 'warning' }],
    },
    'a slip of the port for metrics': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - port: 80
              targetPort: 8080
            - port: 9091 # <-
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: shop, ports: [{containerPort: 8080}, {name: metrics, containerPort: 9090}]}]}
      `,
      problems: [{ severity: 'warning' }],
    },
    'a slip of a number, though other ports stand without a Service': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - port: 80
              targetPort: 8008 # <-
            - port: 9000
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: [{name: shop, ports: [{containerPort: 8080}, {containerPort: 9000}, {containerPort: 7000}]}]}
      `,
      problems: [{ severity: 'warning' }],
    },
    'a number that no container says, where all say theirs': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:
            - port: 80
              targetPort: 8081 # <-
            - port: 3000 # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [
        { severity: 'warning', message: 'target port "8081" is not among the container ports of Deployment "shop": "8080", "53"' },
        { severity: 'warning', path: '/spec/ports/1/port' },
      ],
    },
  },
});
