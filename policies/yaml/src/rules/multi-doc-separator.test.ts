import { testRule } from '@plumbline/testing';
import { rule } from './multi-doc-separator.ts';

testRule(rule, {
  valid: {
    'separators first and last, and with comments': `
      --- # the shop
      # Written by hand
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      # apiVersion: v1
      # kind: Namespace
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: store
      ---
    `,
    'an end mark before a separator': `
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ...
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: store
      ...
    `,
    'dots and dashes inside a text': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        text: |
          ...
          --- a
          more
    `,
  },
  invalid: {
    'an end mark in place of a separator': {
      yaml: `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ... # <-
        apiVersion: v1
        kind: Namespace
        metadata:
          name: store
      `,
      problems: [{ severity: 'warning', message: 'what follows "..." is lost' }],
      fixed: `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: store
      `,
    },
    'two separators in a row': {
      yaml: `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        --- # <-

        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: store
      `,
      problems: [{ severity: 'info', message: 'nothing stands between two separators' }],
      fixed: `
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: store
      `,
    },
  },
});
