import { testRule } from '@plumbline/testing';
import { rule } from './configmap-missing.ts';

testRule(rule, {
  valid: {
    'one that is there, one that may be missing, one of every namespace': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, namespace: shop}
      spec:
        containers:
          - name: shop
            env:
              - {name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}
              - {name: B, valueFrom: {configMapKeyRef: {name: setings, key: a, optional: true}}}
        volumes:
          - {name: a, configMap: {name: setings, optional: true}}
          - {name: b, configMap: {name: kube-root-ca.crt}}
          - {name: c, configMap: {name: company-roots}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: shop}
      ---
      apiVersion: trust.cert-manager.io/v1alpha1
      kind: Bundle
      metadata: {name: company-roots}
    `,
    'one of a pod whose ConfigMaps are all made elsewhere': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec: {containers: [], volumes: [{name: a, configMap: {name: elsewhere}}]}
      `,
    },
    'names that numbers or short words tell apart': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec: {containers: [], volumes: [{name: a, configMap: {name: settings-2}}, {name: b, configMap: {name: app-b}}]}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings-1}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: app-a}
    `,
    'a near miss of one that another pod means': `
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec: {containers: [], volumes: [{name: a, configMap: {name: setting}}, {name: b, configMap: {name: third}}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: b}
      spec: {containers: [], volumes: [{name: a, configMap: {name: settings}}]}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
    `,
  },
  invalid: {
    'a near miss in a job': {
      yaml: `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: shop, namespace: shop}
        spec:
          jobTemplate:
            spec:
              template:
                spec:
                  containers:
                    - name: shop
                      envFrom:
                        - configMapRef:
                            name: settigns # <-
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: shop}
      `,
      problems: [
        {
          severity: 'error',
          path: '/spec/jobTemplate/spec/template/spec/containers/0/envFrom/0/configMapRef/name',
          message: 'no ConfigMap "settigns" is defined here in namespace "shop"; did you mean "settings"?',
        },
      ],
    },
    'one that was forgotten, where the others are written': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers: []
          volumes:
            - {name: a, configMap: {name: settings}}
            - name: b
              projected:
                sources:
                  - configMap:
                      name: colours # <-
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
      `,
      problems: [{ severity: 'warning', message: 'no ConfigMap "colours" is defined here' }],
    },
  },
});

testRule(
  rule,
  {
    valid: {
      'a near miss that configuration knows to exist': `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: shop}
        spec: {containers: [], volumes: [{name: a, configMap: {name: shop-setings}}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop-settings, namespace: shop}
      `,
    },
    invalid: {},
  },
  // The rule's own failing example is no near miss of these.
  { config: { external: [{ kind: 'ConfigMap', namespace: 'shop', name: 'shop-*' }] } },
);
