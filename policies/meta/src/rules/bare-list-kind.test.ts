import { testRule } from '@plumbline/testing';
import { rule } from './bare-list-kind.ts';

testRule(rule, {
  valid: {
    'a kind whose name ends so, without items': `
      apiVersion: example.com/v1
      kind: AllowList
      metadata:
        name: shop
      spec:
        items: []
    `,
  },
  invalid: {
    'a list of one kind': {
      yaml: `
        apiVersion: v1
        kind: ConfigMapList # <-
        items:
          - metadata: {name: a}
          - metadata: {name: b}
      `,
      problems: [{ severity: 'info', message: 'the kind "ConfigMapList" wraps 2 objects' }],
    },
  },
});
