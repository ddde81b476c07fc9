import { join } from 'node:path';
import { openSchemas, testPolicies } from '@plumbline/cli';
import { type JsonObject, member } from '@plumbline/core';
import { readEntries, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

const ADMISSION = /^(?:Validating|Mutating)AdmissionPolicy$/;

/** Tests of the Kyverno command: those of admission policies are run, those of Kyverno's own policies wait for their engine. */
export const suite: Suite = {
  name: 'kyverno-cli',
  data: 'kyverno-cli/index.json',
  async *run(folder) {
    const root = join(folder, 'kyverno-cli');
    const schemas = openSchemas();
    const entries = readEntries(join(folder, suite.data)).filter((entry) => textOf(member(entry, 'cli'), 'status') === 'confirmed');
    const files = new Set(entries.filter(isAdmission).map((entry) => textOf(entry, 'test')));
    const { results, problems } = await testPolicies([...files], root, schemas);
    for (const entry of entries) {
      const id = textOf(entry, 'id');
      if (isAdmission(entry)) yield judge(id, entry, results, problems);
      else yield { id, outcome: 'not-evaluated', cause: 'not built yet: Kyverno' };
    }
  },
};

function isAdmission(entry: JsonObject): boolean {
  return ADMISSION.test(textOf(entry, 'policyKind'));
}

type Results = Awaited<ReturnType<typeof testPolicies>>['results'];

/** The result of the same test, policy, resource and expectation. */
function judge(id: string, entry: JsonObject, results: Results, problems: readonly string[]): CaseResult {
  const test = textOf(entry, 'test');
  const expected = `${textOf(entry, 'policy')}: ${textOf(entry, 'resourceKind')} `;
  const name = textOf(entry, 'resource').replace(/^.*\//, '');
  const end = `${name} (${textOf(entry, 'expect')})`;
  const found = results.filter(
    (one) => one.test === test && one.name.startsWith(expected) && (one.name === `${expected}${end}` || one.name.endsWith(`/${end}`)),
  );
  const [result] = found;
  if (result === undefined)
    return { id, outcome: 'failed', expected: `${expected}${end}`, got: problems.join('; '), cause: 'no such case was read' };
  if (result.outcome === 'not-evaluated')
    return { id, outcome: 'failed', expected: 'a verdict', got: result.reason ?? '', cause: 'not evaluated' };
  const isInverted = textOf(entry, 'metaExpect') !== '';
  if ((result.outcome === 'passed') !== isInverted) return { id, outcome: 'passed' };
  return {
    id,
    outcome: 'failed',
    expected: isInverted ? 'a failure' : textOf(entry, 'expect'),
    got: result.reason ?? 'passed',
    cause: result.outcome,
  };
}
