import type { ResourceRule } from '@plumbline/core';
import { member } from '@plumbline/core';
import { expect, test } from 'vitest';
import { dedent, testRule } from './test-rule.ts';

const rule: ResourceRule = {
  id: 'test/replicas',
  title: 'a deployment has an odd number of replicas',
  why: 'for the test',
  remedy: 'choose an odd number',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['apps/Deployment'],
  examples: {
    pass: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 1}\n',
    fail: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n',
  },
  *check(resource) {
    const replicas = member(resource.object.spec, 'replicas');
    if (typeof replicas !== 'number' || replicas % 2 !== 0) return;
    const path = ['spec', 'replicas'];
    yield {
      path,
      message: `replicas "${replicas}" is even`,
      fix: { title: 'one more', safe: true, changes: [{ op: 'replace', path, after: replicas + 1 }] },
    };
  },
};

testRule(rule, {
  valid: {
    'an odd number': `
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: a }
      spec:
        replicas: 3
    `,
  },
  invalid: {
    'an even number': `
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: a }
      spec:
        replicas: 4 # <-
    `,
    'an even number is mended, comments stay': {
      yaml: `
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: a }
        spec:
          replicas: 4 # for now # <-
      `,
      problems: [{ message: /^replicas "4"/, severity: 'warning', column: 13 }],
      fixed: `
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: a }
        spec:
          replicas: 5 # for now
      `,
    },
    'an even number in a list': {
      yaml: `
        apiVersion: v1
        kind: List
        items:
          - apiVersion: apps/v1
            kind: Deployment
            metadata: { name: a }
            spec: { replicas: 2 }
      `,
      problems: [{ line: 7, message: 'replicas "2" is even', path: '/spec/replicas' }],
    },
  },
});

test('a text that begins with a line break loses its indentation', () => {
  expect(dedent('\n    a:\n      b: 1\n\n    c: 2\n  ')).toBe('a:\n  b: 1\n\nc: 2\n');
  expect(dedent('  a: 1\n')).toBe('  a: 1\n');
});
