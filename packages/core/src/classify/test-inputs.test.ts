import { expect, test } from 'vitest';
import { parse } from '../parse.ts';
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
