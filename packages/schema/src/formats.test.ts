import { expect, test } from 'vitest';
import { hasFormat, isKnownFormat } from './formats.ts';

// Each verdict is that of a real API server, 1.37, or of the Go functions that it calls.
const CASES: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  ipv4: { good: ['10.0.0.1', '010.0.0.1', '::ffff:1.2.3.4'], bad: ['10.0.0', '10.0.0.256', '::1', ''] },
  ipv6: {
    good: ['::', '::1', '1::', '2001:db8::ff', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4'],
    bad: ['1:2', '1::2::3', ':::', '12345::', '10.0.0.1', '1:2:3:4:5:6:7::8:9'],
  },
  cidr: { good: ['10.0.0.0/8', '10.1.2.3/8', '::/0'], bad: ['10.0.0.0', '10.0.0.0/33', '::/129', '/8'] },
  mac: { good: ['00:11:22:33:44:55', '00-11-22-33-44-55-66-77', '0011.2233.4455'], bad: ['00:11:22:33:44', '00:11-22:33:44:55', 'x'] },
  uuid: { good: ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', '6BA7B8109DAD11D180B400C04FD430C8'], bad: ['6ba7b810', ''] },
  uuid4: { good: ['6ba7b810-9dad-41d1-80b4-00c04fd430c8'], bad: ['6ba7b810-9dad-11d1-80b4-00c04fd430c8'] },
  hostname: { good: ['a', 'a-b', 'example.com', '1a.example'], bad: ['a.b.c', 'a_b', '-a', ''] },
  date: { good: ['2026-01-31', '2024-02-29'], bad: ['2026-02-29', '2026-1-31', '2026-01-31T00:00:00Z'] },
  'date-time': {
    good: ['2026-01-31T12:00:00Z', '2026-01-31t12:00:00.5z', '2026-01-31T12:00:00+99:99'],
    bad: ['2026-01-31 12:00:00Z', '2026-01-31T12:00:00', '2026-01-31T24:00:00Z', '2026-01-31'],
  },
  duration: { good: ['1h', '1h30m', '0', '-1.5s', '2 days', 'about 3 weeks', '1d'], bad: ['1', 'h', '', '5 apples'] },
  byte: { good: ['YWJj', 'YQ=='], bad: ['', 'YQ', 'YW-_', 'YWJj\n'] },
  uri: { good: ['https://a.b/c', '/a', 'a:b'], bad: ['', 'a', 'a/b'] },
  email: { good: ['a@b.co'], bad: ['a'] },
  hexcolor: { good: ['#fff', 'ABCDEF'], bad: ['#ffff'] },
  rgbcolor: { good: ['rgb(1, 2,255)'], bad: ['rgb(1,2)', 'rgb(256,0,0)'] },
};

test.each(Object.entries(CASES))('%s', (format, { good, bad }) => {
  expect(good.filter((text) => !hasFormat(text, format))).toEqual([]);
  expect(bad.filter((text) => hasFormat(text, format))).toEqual([]);
});

test('a format that no server knows says nothing', () => {
  expect(isKnownFormat('datetime')).toBe(true);
  expect(isKnownFormat('int-or-string')).toBe(false);
  expect(hasFormat('anything', 'int-or-string')).toBe(true);
});
