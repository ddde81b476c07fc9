import { testRule } from '@plumbline/testing';
import { rule } from './secret-missing.ts';

function pod(...names: readonly string[]): string {
  const volumes = names.map((name) => `{name: ${name}, secret: {secretName: ${name}}}`).join(', ');
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: shop}\nspec: {containers: [], volumes: [${volumes}]}\n`;
}

const MAKERS = `
  apiVersion: bitnami.com/v1alpha1
  kind: SealedSecret
  metadata: {name: sealed, namespace: shop}
  spec: {encryptedData: {a: AgB}}
  ---
  apiVersion: external-secrets.io/v1beta1
  kind: ExternalSecret
  metadata: {name: other, namespace: shop}
  spec: {target: {name: external}}
  ---
  apiVersion: cert-manager.io/v1
  kind: Certificate
  metadata: {name: other, namespace: shop}
  spec: {secretName: tls}
  ---
  apiVersion: database.example.org/v1
  kind: PostgreSQLInstance
  metadata: {name: other}
  spec: {writeConnectionSecretToRef: {namespace: shop, name: connection}}
  ---
  apiVersion: secrets.hashicorp.com/v1beta1
  kind: VaultStaticSecret
  metadata: {name: other, namespace: shop}
  spec: {destination: {name: vault, create: true}}
  ---
  apiVersion: postgresql.cnpg.io/v1
  kind: Cluster
  metadata: {name: db, namespace: shop}
  ---
  apiVersion: v1
  kind: Secret
  metadata: {name: reflected, namespace: certificates, annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}}
`;

testRule(rule, {
  valid: {
    'what makes Secrets in the cluster': {
      yaml: pod('sealed', 'external', 'tls', 'connection', 'vault', 'db-app', 'reflected'),
      files: { 'makers.yaml': MAKERS },
    },
    'one that is made by hand': pod('by-hand'),
    'one that a job is told to make': `
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: webhook}
      spec: {template: {spec: {containers: [], volumes: [{name: a, secret: {secretName: webhook-cert}}]}}}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {name: certgen}
      spec: {template: {spec: {containers: [{name: a, args: [create, --secret-name=webhook-cert]}]}}}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: webhook-certs}
    `,
    'a pull secret, and one that may be missing': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec:
        imagePullSecrets: [{name: regcerd}]
        containers: [{name: a, envFrom: [{secretRef: {name: regcerd, optional: true}}]}]
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: regcred}
    `,
  },
  invalid: {
    'a near miss of a Secret that nobody uses': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              env:
                - name: PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: databse-login # <-
                      key: password
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: database-login}
      `,
      problems: [{ severity: 'error', message: 'no Secret "databse-login" is defined here; did you mean "database-login"?' }],
    },
    'a Secret that others use, with two letters swapped': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers: []
          volumes:
            - name: login
              secret:
                secretName: databsae-login # <-
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: other}
        spec: {containers: [], volumes: [{name: login, secret: {secretName: database-login}}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: database-login}
      `,
      problems: [{ severity: 'error', message: 'no Secret "databsae-login" is defined here; did you mean "database-login"?' }],
    },
  },
});
