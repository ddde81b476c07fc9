import { testRule } from '@plumbline/testing';
import { rule } from './default-namespace.ts';

const pod = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec: {containers: []}\n`;

testRule(rule, {
  valid: {
    'a folder that leaves the namespace to whoever applies it': {
      yaml: `${pod('a')}---\n${pod('b')}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: kube-system}\n`,
    },
    'a folder next to one that names its namespaces': {
      path: 'a/pod.yaml',
      yaml: pod('a'),
      files: { 'b/pod.yaml': pod('b', 'shop') },
    },
    'something else than a workload': `
      apiVersion: v1
      kind: Service
      metadata:
        name: kubernetes
        namespace: default
    `,
  },
  invalid: {
    'the namespace default in words': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
          namespace: default # <-
      `,
      problems: [{ severity: 'warning', message: 'Pod "a" is in the namespace "default"' }],
    },
    'one that was forgotten among others': {
      path: 'a/a.yaml',
      yaml: pod('a'),
      files: {
        'a/b.yaml': pod('b', 'shop'),
        'a/c.yaml': pod('c', 'shop'),
        'a/kustomization.yaml': 'resources: [a.yaml, b.yaml, c.yaml]\n',
      },
      problems: [{ line: 3, severity: 'warning', message: 'Pod "a" has no namespace, unlike most objects in its folder' }],
    },
    'one among plain files, to which a pipeline may give its namespace': {
      path: 'a/a.yaml',
      yaml: pod('a'),
      files: { 'a/b.yaml': pod('b', 'shop'), 'a/c.yaml': pod('c', 'shop') },
      problems: [{ line: 3, severity: 'info' }],
    },
  },
});
