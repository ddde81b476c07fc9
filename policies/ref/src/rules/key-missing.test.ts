import { testRule } from '@plumbline/testing';
import { rule } from './key-missing.ts';

function reads(kind: 'configMap' | 'secret', key: string, mark = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: shop}
spec:
  containers:
    - name: shop
      env:
        - name: A
          valueFrom:
            ${kind}KeyRef:
              name: settings
              key: ${key}${mark}
`;
}

testRule(rule, {
  valid: {
    'a key of binaryData': {
      yaml: reads('configMap', 'logo'),
      files: { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\nbinaryData: {logo: AA==}\n' },
    },
    'a ConfigMap that something else fills': {
      yaml: reads('configMap', 'ca-bundle.crt'),
      files: { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {}\n' },
    },
    'a Secret that a controller fills': {
      yaml: reads('secret', 'password'),
      files: {
        'a.yaml': `
          apiVersion: v1
          kind: Secret
          metadata: {name: settings, namespace: shop, annotations: {secret-generator.v1.mittwald.de/autogenerate: password}}
          stringData: {user: shop}
        `,
      },
    },
    'an ExternalSecret that takes all there is': {
      yaml: reads('secret', 'password'),
      files: {
        'a.yaml': `
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata: {name: settings, namespace: shop}
          spec: {data: [{secretKey: user}], dataFrom: [{extract: {key: shop}}]}
        `,
      },
    },
    'a Secret written by SOPS': {
      yaml: reads('secret', 'password'),
      files: {
        'a.yaml': `
          apiVersion: v1
          kind: Secret
          metadata: {name: settings, namespace: shop}
          stringData: {password: "ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]"}
          sops: {mac: "ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]", version: 3.9.0}
        `,
      },
    },
    'one of two files that make the ConfigMap has the key': {
      yaml: reads('configMap', 'a'),
      files: {
        'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {b: ""}\n',
        'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: ""}\n',
      },
    },
  },
  invalid: {
    'a key that a ConfigMap has not': {
      yaml: reads('configMap', 'colour', ' # <-'),
      files: { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {color: red}\n' },
      problems: [{ severity: 'error', message: 'ConfigMap "settings" has no key "colour"; did you mean "color"?' }],
    },
    'a key that a sealed secret has not': {
      yaml: reads('secret', 'password', ' # <-'),
      files: {
        'a.yaml': `
          apiVersion: bitnami.com/v1alpha1
          kind: SealedSecret
          metadata: {name: settings, namespace: shop}
          spec: {encryptedData: {user: AgB}}
        `,
      },
      problems: [{ severity: 'error', message: 'Secret "settings" has no key "password"' }],
    },
    'items of a volume, and a file mounted by subPath': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              volumeMounts:
                - name: all
                  mountPath: /etc/app.yaml
                  subPath: app.yml # <-
          volumes:
            - {name: all, configMap: {name: settings}}
            - name: some
              configMap:
                name: settings
                items:
                  - key: other # <-
                    path: other
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {app.yaml: ""}
      `,
      problems: [
        { severity: 'warning', message: 'ConfigMap "settings" has no key "app.yml"; did you mean "app.yaml"?' },
        { severity: 'error', message: 'ConfigMap "settings" has no key "other"' },
      ],
    },
  },
});
