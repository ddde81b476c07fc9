import { ConfigError, type SourceFile } from '@plumbline/core';
import { expect, test } from 'vitest';
import { createPlumbline } from './index.ts';

const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });
const BAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  selectors: {}\n  ports:\n    - port: 80\n';

test('the wired engine judges files that are in memory', async () => {
  const report = await createPlumbline().check([file('web.yaml', BAD)]);
  expect(
    report.findings.map(({ rule, class: kind, path, location }) => [rule, kind, path, location?.line, location?.column]),
  ).toContainEqual(['schema/unknown-field', 'refusal', '/spec/selectors', 7, 3]);
});

test('one changed file', async () => {
  const engine = createPlumbline({ config: { preset: 'core' } });
  const other = file('other.yaml', BAD.replace('web', 'other'));
  const before = await engine.check([file('web.yaml', BAD), other]);
  const after = await engine.check([file('web.yaml', BAD.replace('selectors', 'selector')), other]);
  const refusals = (report: typeof before): number => report.findings.filter((finding) => finding.class === 'refusal').length;
  expect([refusals(before), refusals(after)]).toEqual([2, 1]);
});

test('a wrong configuration throws with a code, before anything is judged', () => {
  const wrong = (): unknown => createPlumbline({ config: { rules: { 'schema/nothing': 'off' } } });
  expect(wrong).toThrow(ConfigError);
  expect(wrong).toThrow(expect.objectContaining({ code: 'unknown-rule' }));
});

test('a check can be stopped', async () => {
  const reason = new Error('enough');
  const files = Array.from({ length: 10 }, (_, index) => file(`${index}.yaml`, BAD));
  await expect(createPlumbline().check(files, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
