import { checkAlone } from '@plumbline/testing';
import { expect, test } from 'vitest';
import { rule } from './cel-cost.ts';

const counted = async (yaml: string): Promise<number> => {
  const report = await checkAlone(rule, [{ path: 'a.yaml', bytes: new TextEncoder().encode(yaml) }]);
  expect(report.findings).toEqual([]);
  return report.summary.notEvaluated;
};

test('a policy with expressions is counted as not evaluated', async () => {
  const policy =
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: a}\nspec: {validations: [{expression: "true"}]}\n';
  expect(await counted(policy)).toBe(1);
});

test('a definition without rules is not', async () => {
  expect(await counted('apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\nspec: {}\n')).toBe(0);
});
