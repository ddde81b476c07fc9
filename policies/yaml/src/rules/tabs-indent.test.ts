import { testRule } from '@plumbline/testing';
import { rule } from './tabs-indent.ts';

testRule(rule, {
  valid: {
    'a tab inside a text': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  script: |\n    if true; then\n    \techo\n    fi\n',
    },
    'JSON, where tabs are fine': {
      path: 'cm.json',
      yaml: '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": {"name": "shop"}\n}\n',
    },
  },
  invalid: {
    'tabs in the indentation, said once': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: shop\n\tlabels: {}\n',
      problems: [{ line: 4, class: 'broken', severity: 'error' }],
      fixed: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  labels: {}\n',
    },
    'a tab among spaces': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n    labels:\n\t    app: shop\n    name: shop\n',
      problems: [{ line: 5 }],
    },
  },
});
