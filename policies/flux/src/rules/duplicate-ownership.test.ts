import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-ownership.ts';

const of = (name: string, path: string, more = ''): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: ${name}, namespace: flux-system}
  spec:
    path: ${path}
    sourceRef: {kind: GitRepository, name: flux-system}${more}
`;
const release = (name: string, spec: string): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: ${name}, namespace: shop}
  spec: ${spec}
`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cart, namespace: shop}\n';
const files = {
  'apps/kustomization.yaml': 'resources: [cart]\n',
  'apps/cart/kustomization.yaml': 'resources: [map.yaml]\n',
  'apps/cart/map.yaml': map,
  'live/kustomization.yaml': 'namePrefix: live-\nresources: [../apps/cart]\n',
};
const path = 'clusters/live/apps.yaml';

testRule(rule, {
  valid: {
    'the same folder into two namespaces, and with other names': {
      yaml: [
        of('a', './apps/cart', '\n    targetNamespace: a'),
        of('b', './apps/cart', '\n    targetNamespace: b'),
        of('c', './live'),
        of('d', './apps'),
      ].join('  ---'),
      path,
      files,
    },
    'two clusters': {
      yaml: of('apps', './apps'),
      path,
      files: { ...files, 'clusters/qa/apps.yaml': of('apps', './apps'), 'clusters/other/apps.yaml': of('others', './apps') },
    },
    'a name that variables make': {
      yaml: `${of('a', './apps', '\n    postBuild: {substitute: {APP: a}}')}  ---${of('b', './apps', '\n    postBuild: {substitute: {APP: b}}')}`,
      path,
      files: { ...files, 'apps/cart/map.yaml': map.replace('cart', '${APP}') },
    },
    'releases of the same name in two namespaces': `${release('a', '{releaseName: cart, storageNamespace: a}')}  ---${release('b', '{releaseName: cart, storageNamespace: b}')}`,
  },
  invalid: {
    'a folder inside of another': {
      yaml: `${of('cart', './apps/cart')}  ---${of('apps', './apps # <-')}`,
      path,
      files,
      problems: [{ message: 'ConfigMap "cart" is applied by Kustomization "cart" too', path: '/spec/path' }],
    },
    'the same folder twice': {
      yaml: `${of('cart', './live')}  ---${of('web', './live # <-')}`,
      path,
      files,
      problems: [{ message: 'ConfigMap "cart" is applied by Kustomization "cart" too' }],
    },
    'the first of several that apply it, whatever folder it names': {
      yaml: [of('other', './live'), of('all', './apps'), of('cart', './apps/cart # <-'), of('web', './apps # <-')].join('  ---'),
      path,
      files,
      problems: [
        { message: 'ConfigMap "cart" is applied by Kustomization "all" too' },
        { message: 'ConfigMap "cart" is applied by Kustomization "all" too' },
      ],
    },
    'a folder that one applies as it is, and another into the namespace in which it is': {
      yaml: `${of('a', './apps', '\n    targetNamespace: shop')}  ---${of('b', './apps/cart')}  ---${of('c', './apps # <-', '\n    targetNamespace: shop')}`,
      path,
      files,
      problems: [{ message: 'ConfigMap "cart" is applied by Kustomization "a" too' }],
    },
    'one release of two': {
      yaml: `${release('cart', '{}')}  ---${release('web', '{releaseName: cart} # <-')}`,
      problems: [{ message: 'the Helm release "cart" in namespace "shop" belongs to HelmRelease "cart" too', path: '/spec/releaseName' }],
    },
  },
});
