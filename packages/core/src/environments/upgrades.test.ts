import { expect, test } from 'vitest';
import type { Finding } from '../report/finding.ts';
import { isRehearsal, upgradesOf } from './upgrades.ts';

function finding(name: string, versions: readonly string[] | undefined, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'api/removed',
    class: 'refusal',
    severity: 'error',
    message: '',
    resource: { apiVersion: 'v1', kind: 'A', name },
    path: '/apiVersion',
    location: null,
    fingerprint: name,
    ...(versions === undefined ? {} : { versions }),
    ...more,
  };
}

test('each step says what is new in the later minor and what is gone', () => {
  const findings = [
    finding('always', undefined),
    finding('both', ['1.37', '1.34', '1.30']),
    finding('later', ['1.37', '1.34']),
    finding('last', ['1.37'], { class: 'server-warning' }),
    finding('first', ['1.30']),
    finding('suppressed', ['1.37'], { suppressed: { by: 'waiver', reason: 'x' } }),
  ];
  expect(upgradesOf(findings, ['1.37', '1.34', '1.30'])).toEqual([
    { from: '1.30', to: '1.34', findings: 1, refusals: 1, gone: 1 },
    { from: '1.34', to: '1.37', findings: 1, refusals: 0, gone: 0 },
  ]);
  expect(upgradesOf(findings, ['1.37'])).toEqual([]);
});

test('what was deprecated and is removed then does not count as gone', () => {
  const findings = [finding('a', ['1.37']), finding('a', ['1.34'], { rule: 'api/deprecated', class: 'server-warning' })];
  expect(upgradesOf(findings, ['1.37', '1.34'])).toEqual([{ from: '1.34', to: '1.37', findings: 1, refusals: 1, gone: 0 }]);
});

test('minors by environment are no upgrade', () => {
  expect(isRehearsal({}, ['1.37', '1.34'])).toBe(true);
  expect(isRehearsal({}, ['1.37'])).toBe(false);
  expect(isRehearsal({ environments: [{ name: 'DEV', paths: ['a'] }] }, ['1.37', '1.34'])).toBe(true);
  expect(isRehearsal({ environments: [{ name: 'DEV', paths: ['a'], kubernetesVersions: ['1.34'] }] }, ['1.37', '1.34'])).toBe(false);
});
