import { testRule } from '@plumbline/testing';
import { rule } from './crd-storage-served.ts';

const crd = (v1alpha1: string, v1: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - {name: v1alpha1, ${v1alpha1}}
    - {name: v1, ${v1}}
`;
const widget = 'apiVersion: example.com/v1alpha1\nkind: Widget\nmetadata: {name: shop}\n';

testRule(rule, {
  valid: {
    'an old version that nobody uses': crd('served: false, storage: false', 'served: true, storage: true'),
    'an old version that is used and served': {
      yaml: crd('served: true, storage: false', 'served: true, storage: true'),
      files: { 'widget.yaml': widget },
    },
  },
  invalid: {
    'no storage version': {
      yaml: crd('served: true, storage: false', 'served: true, storage: false'),
      problems: [{ line: 8, class: 'refusal', severity: 'error', message: 'no version is marked as the storage version' }],
    },
    'two storage versions': {
      yaml: crd('served: true, storage: true', 'served: true, storage: true'),
      problems: [{ line: 10, class: 'refusal', message: 'a second version is marked as the storage version' }],
    },
    'a version that a manifest uses': {
      yaml: crd('served: false, storage: false', 'served: true, storage: true'),
      files: { 'widget.yaml': widget },
      problems: [{ line: 9, severity: 'error', message: 'version "v1alpha1" is not served, but manifests use it' }],
    },
    'a storage version that nobody can read': {
      yaml: crd('served: false, storage: true', 'served: true, storage: false'),
      problems: [{ line: 9, severity: 'warning', message: 'the storage version "v1alpha1" is not served' }],
    },
  },
});
