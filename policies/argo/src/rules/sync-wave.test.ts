import { testRule } from '@plumbline/testing';
import { rule } from './sync-wave.ts';

const of = (kind: string, name: string, wave: string | undefined, more = ''): string => `
  apiVersion: v1
  kind: ${kind}
  metadata:
    name: ${name}${more}
${wave === undefined ? '' : `    annotations:\n      argocd.argoproj.io/sync-wave: ${wave}\n`}`;

testRule(rule, {
  valid: {
    'waves in order, and the same one': [
      of('Namespace', 'shop', '"-1"'),
      of('ConfigMap', 'a', '"+1"', '\n    namespace: shop'),
      of('ConfigMap', 'b', '"-1"', '\n    namespace: shop'),
      of('ConfigMap', 'c', undefined, '\n    namespace: shop'),
    ].join('  ---'),
    'a hook, which has a phase': `${of('Namespace', 'shop', '"1"')}  ---${of('ConfigMap', 'a', '"0"', '\n    namespace: shop')}      argocd.argoproj.io/hook: PreSync\n`,
    'what a template fills in': of('ConfigMap', 'a', '"{{ .Values.wave }}"'),
  },
  invalid: {
    'half a number': {
      yaml: of('ConfigMap', 'a', '"1.5" # <-'),
      problems: [{ message: 'wave "1.5" is no whole number: Argo CD takes 0' }],
    },
    'a namespace that comes last': {
      yaml: `${of('Namespace', 'shop', '"2"')}  ---${of('ConfigMap', 'a', '"1" # <-', '\n    namespace: shop')}  ---${of('ConfigMap', 'b', undefined, '\n    namespace: shop').replace('metadata:', 'metadata: # <-')}`,
      problems: [
        { message: 'wave 1 comes before wave 2 of its namespace' },
        { message: 'wave 0 comes before wave 2 of its namespace', path: '/metadata' },
      ],
    },
    'a custom resource before its definition': {
      yaml: `
        apiVersion: shop.example.org/v1
        kind: Cart
        metadata:
          name: a
          annotations:
            argocd.argoproj.io/sync-wave: "1" # <-
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: carts.shop.example.org
          annotations:
            argocd.argoproj.io/sync-wave: "5"
        spec:
          group: shop.example.org
          names: {kind: Cart, plural: carts}
      `,
      problems: [{ message: 'wave 1 comes before wave 5 of the definition of its kind' }],
    },
  },
});
