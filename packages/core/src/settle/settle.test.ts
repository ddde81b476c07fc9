import { expect, test } from 'vitest';
import type { Finding } from '../report/finding.ts';
import type { SettleContext } from './context.ts';
import { settle } from './settle.ts';

function finding(given: Partial<Finding>): Finding {
  return {
    rule: 'a/b',
    class: 'quality',
    severity: 'warning',
    message: 'm',
    resource: { apiVersion: 'v1', kind: 'Pod', name: 'a' },
    path: '/spec',
    location: { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 5 },
    fingerprint: 'f',
    ...given,
  };
}

const CONTEXT: SettleContext = {
  today: '2026-06-01',
  waivers: [
    { rule: 'a/*', paths: ['w.yaml'], reason: 'r' },
    { rule: 'a/b', reason: 'r', expires: '2026-05-31' },
    { rule: 'x/y', reason: 'r' },
  ],
  texts: [{ path: 'c.yaml', text: 'a: 1 # plumbline-ignore a/b: r\nb: 2 # plumbline-ignore\n' }],
  documentAt: () => 0,
  severityOf: (rule) => (rule === 'a/c' ? 'info' : undefined),
  aliasesOf: () => [],
  hasJudged: () => true,
  isWhole: true,
};

const at = (file: string, line = 1) => ({ file, line, column: 1, endLine: line, endColumn: 5 });

const MANY: readonly Finding[] = [
  finding({ location: at('w.yaml') }),
  finding({ location: at('c.yaml'), versions: ['1.37'], units: ['a'], environments: ['DEV'] }),
  finding({ location: at('c.yaml'), versions: ['1.36'], units: ['b'], environments: ['LIVE'], resource: null }),
  finding({ location: at('c.yaml', 2), rule: 'a/c' }),
  finding({ location: at('b.yaml'), class: 'refusal', severity: 'info', fingerprint: 'g' }),
  finding({ location: at('b.yaml'), class: 'server-warning', severity: 'error', message: 'other', fingerprint: 'g' }),
  finding({ location: at('d.yaml', 3), rule: 'engine/unreadable', class: 'broken', resource: null }),
  finding({ location: at('d.yaml', 4), rule: 'yaml/parse', class: 'broken', resource: null }),
  finding({ location: at('e.yaml', 3), rule: 'engine/unreadable', class: 'broken', resource: null }),
  finding({ location: null }),
];

test('what settles is settled', () => {
  const once = settle(MANY, CONTEXT);
  expect(settle(once, CONTEXT)).toEqual(once);
  expect(
    once.map(
      ({ rule, location, severity, suppressed }) =>
        `${location?.file}:${location?.line} ${severity} ${rule}${suppressed ? ' suppressed' : ''}`,
    ),
  ).toEqual([
    'b.yaml:1 error a/b',
    'b.yaml:1 warning a/b',
    'c.yaml:1 warning a/b suppressed',
    'c.yaml:2 info a/c',
    'c.yaml:2 warning engine/suppression-reason',
    'd.yaml:4 error yaml/parse',
    'e.yaml:3 error engine/unreadable',
    'w.yaml:1 warning a/b suppressed',
    'undefined:undefined warning a/b',
    'undefined:undefined info engine/suppression-unused',
    'undefined:undefined warning engine/waiver-expired',
  ]);
});

test('one finding for one written field, with all versions, units and environments', () => {
  const merged = settle(MANY, CONTEXT).find((each) => each.location?.file === 'c.yaml' && each.rule === 'a/b');
  expect(merged).toMatchObject({ versions: ['1.37', '1.36'], units: ['a', 'b'], environments: ['DEV', 'LIVE'], resource: { name: 'a' } });
});

test('no two findings share a fingerprint', () => {
  const settled = settle(MANY, CONTEXT);
  expect(new Set(settled.map((each) => each.fingerprint)).size).toBe(settled.length);
});

test('the order in which rules spoke does not count', () => {
  const shown = (findings: readonly Finding[]) => settle(findings, CONTEXT).map(({ rule, location, message }) => [rule, location, message]);
  expect(shown([...MANY].reverse())).toEqual(shown(MANY));
});

test('fifty thousand equals have a fingerprint each, soon', () => {
  const equals = Array.from({ length: 50_000 }, (_, index) => finding({ location: at('a.yaml', index + 1) }));
  const settled = settle(equals, { ...CONTEXT, waivers: [], texts: [] });
  expect(new Set(settled.map((each) => each.fingerprint)).size).toBe(50_000);
  expect(settled.slice(0, 3).map((each) => each.fingerprint)).toEqual(['f', 'c175c19cc35d34a9', '61e9a9c45dc0708e']);
});
