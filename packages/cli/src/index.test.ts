import { type Config, ConfigError, parseConfig, type SourceFile } from '@plumbline/core';
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

test('a configuration made in code is held to the schema of plumbline.yaml', () => {
  const codeAndMessage = (config: unknown): string => {
    try {
      createPlumbline({ config: config as Config });
    } catch (error) {
      if (error instanceof ConfigError) return `${error.code}: ${error.message}`;
    }
    return 'taken';
  };
  expect(codeAndMessage({ presett: 'core' })).toBe('config-invalid: unknown key "presett", did you mean "preset"?');
  expect(codeAndMessage({ kubernetesVersions: '1.34' })).toBe('config-invalid: "kubernetesVersions" must be a list, not a text');
  expect(codeAndMessage({ kubernetesVersions: ['1.20'] })).toBe(
    'unknown-version: unknown Kubernetes version "1.20"; known are 1.25 to 1.37',
  );
  expect(codeAndMessage({ waivers: [{ rule: 'api/*' }] })).toBe('config-invalid: "waivers[0]" lacks "reason"');
  const read = parseConfig(file('plumbline.yaml', 'preset: off\nwaivers: [{ rule: api/*, reason: later }]\n'));
  expect(codeAndMessage({ ...read, failOn: undefined })).toBe('taken');
});

test('the order in which files are given changes nothing', async () => {
  const files = ['b', 'a', 'd', 'c'].map((name) => file(`${name}.yaml`, BAD.replace('web', name)));
  const there = await createPlumbline().check(files, { detail: 'outcomes' });
  const back = await createPlumbline().check(files.toReversed(), { detail: 'outcomes' });
  expect(JSON.stringify(back)).toBe(JSON.stringify(there));
});

test('a check can be stopped', async () => {
  const reason = new Error('enough');
  const files = Array.from({ length: 10 }, (_, index) => file(`${index}.yaml`, BAD));
  await expect(createPlumbline().check(files, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
