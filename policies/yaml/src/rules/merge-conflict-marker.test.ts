import { testRule } from '@plumbline/testing';
import { rule } from './merge-conflict-marker.ts';

testRule(rule, {
  valid: {
    'a line of equal signs in a text': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        notes: |
          Title
          =======
          <<<<<<< is what Git writes
    `,
    'markers that are content, being indented': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        example: |
          <<<<<<< HEAD
          =======
          >>>>>>> main
    `,
  },
  invalid: {
    'two conflicts': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
        <<<<<<< HEAD
          name: shop
        =======
          name: store
        >>>>>>> main
        data:
        <<<<<<< HEAD
          a: b
        ||||||| base
        =======
          a: c
        >>>>>>> main
      `,
      problems: [{ line: 4, class: 'broken', severity: 'error', message: 'a merge conflict was left in the file' }, { line: 10 }],
    },
  },
});
