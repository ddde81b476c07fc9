import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { classify } from './classify.ts';

test('what a Chainsaw test asserts is a part of an object and no manifest, what it applies is one', () => {
  const definition = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: a.b.c\n';
  const files = {
    't/chainsaw-test.yaml':
      'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata:\n  name: a\nspec:\n  steps:\n  - try:\n    - assert: {file: ready.yaml}\n    - apply: {file: pod.yaml}\n    - assert: {file: pod.yaml}\n    catch:\n    - error: {file: ../gone.yaml}\n',
    't/ready.yaml': definition,
    't/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n',
    'gone.yaml': definition,
  };
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const found = classify(sources, { parseFile: parse, versions: ['1.37'] });
  expect(found.leftOut).toEqual([{ reason: 'test-input', count: 2, files: ['t/ready.yaml', 'gone.yaml'] }]);
  expect(found.files.find(({ file }) => file.path === 't/pod.yaml')?.role).toBe('manifest');
});

test('what a Chainsaw test applies over an object of an earlier step is a part of it', () => {
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n';
  const files = {
    't/chainsaw-test.yaml':
      'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata:\n  name: a\nspec:\n  steps:\n  - try:\n    - apply: {file: whole.yaml}\n  - try:\n    - apply: {file: update.yaml}\n    - apply: {file: other.yaml}\n',
    't/whole.yaml': deployment,
    't/update.yaml': deployment,
    't/other.yaml': deployment.replace('name: a', 'name: b'),
  };
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  expect(classify(sources, { parseFile: parse, versions: ['1.37'] }).leftOut).toEqual([
    { reason: 'test-input', count: 1, files: ['t/update.yaml'] },
  ]);
});

test('what a policy test judges is no manifest, the policy beside it is one', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';
  const files = {
    'p/plumbline-test.yaml': 'results:\n  - {resource: one.yaml, result: deny}\n',
    'p/policy.yaml': pod,
    'p/one.yaml': pod,
    'p/pass/a.yaml': pod,
    'p/fail/deep/a.yaml': pod,
    'pass/a.yaml': pod,
  };
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const found = classify(sources, { parseFile: parse, versions: ['1.37'] });
  expect(found.leftOut).toEqual([{ reason: 'test-input', count: 3, files: ['p/one.yaml', 'p/pass/a.yaml', 'p/fail/deep/a.yaml'] }]);
  expect(found.files.map(({ file, role }) => `${file.path} ${role}`)).toEqual([
    'p/plumbline-test.yaml plumbline/Test',
    'p/policy.yaml manifest',
    'pass/a.yaml manifest',
  ]);
});
