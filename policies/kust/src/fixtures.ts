/** Files that the tests of several rules build on. */
export const WEB = `
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
    labels: {app: web}
  spec:
    replicas: 1
    selector: {matchLabels: {app: web}}
    template:
      metadata: {labels: {app: web}}
      spec:
        containers:
          - name: web
            image: ghcr.io/acme/web:1.0
`;

const lines = WEB.split('\n').map((line) => line.slice(2));

export const BASE = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': lines.join('\n') };
