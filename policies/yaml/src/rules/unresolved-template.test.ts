import { testRule } from '@plumbline/testing';
import { rule } from './unresolved-template.ts';

testRule(rule, {
  valid: {
    'a blank in a template that another object fills in': `
      apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
      kind: AWSMachineTemplate
      metadata: {name: a}
      spec: {template: {spec: {instanceType: REPLACEME}}}
    `,
    'templates of other programs': `
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: shop
      spec:
        groups:
          - name: shop
            rules:
              - alert: Down
                expr: up == 0
                annotations:
                  summary: "{{ $labels.instance }} is down"
      ---
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata:
        name: shop
      spec:
        entrypoint: "{{workflow.parameters.entry}}"
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        template: "{{ .Values.image }} <your-name>"
        todo: TODO
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
        annotations:
          vault.hashicorp.com/agent-inject-template: '{{ with secret "a" }}x{{ end }}'
      spec:
        containers:
          - name: shop
            image: shop:1.0
            args: ["--format={{.ID}}", "--log=<level>"]
            env:
              - name: GREETING
                value: "Hello {{name}}"
    `,
    'a long line of braces, which is looked through once': `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
      spec:
        containers:
          - name: shop
            image: "${'{{.Values.'.repeat(200_000)}"
    `,
    'variables that Flux fills': `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
      spec:
        containers:
          - name: shop
            image: "shop:\${TAG}"
    `,
    "placeholders of Argo CD's Vault plugin": `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
        annotations:
          avp.kubernetes.io/path: secret/data/shop
      spec:
        containers:
          - name: shop
            image: <image>
    `,
  },
  invalid: {
    'what Helm would have filled': {
      yaml: `
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          template:
            spec:
              containers:
                - name: shop
                  image: "{{ .Values.image }}" # <-
                  args: ["--name={{ .Release.Name }}"] # <-
      `,
      problems: [
        {
          message: 'the placeholder "{{ .Values.image }}" was not replaced',
          path: '/spec/template/spec/containers/0/image',
          severity: 'error',
        },
        { message: 'the placeholder "{{ .Release.Name }}" was not replaced' },
      ],
    },
    'words that mean: fill me in': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          serviceAccountName: TODO # <-
          containers:
            - name: shop
              image: registry.example.com/REPLACE_ME:1.0 # <-
              env:
                - name: PROJECT
                  value: <your-project-id> # <-
      `,
    },
    'in a custom resource': {
      yaml: `
        apiVersion: cert-manager.io/v1
        kind: ClusterIssuer
        metadata:
          name: shop
        spec:
          acme:
            email: <your-email> # <-
      `,
    },
  },
});
