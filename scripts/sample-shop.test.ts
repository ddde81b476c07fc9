import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../packages/cli/src/run.ts';
import type { Report } from '../packages/core/src/report/report.ts';
import { makeSampleRepository } from './sample-repository.mjs';
import { differences } from './shop-findings.mjs';

const shop = join(import.meta.dirname, '../fixtures/repos/shop');
const expected: readonly { rule: string; file: string; line: number }[] = JSON.parse(readFileSync(join(shop, 'expected.json'), 'utf8'));
const readme = readFileSync(join(shop, 'README.md'), 'utf8');
const copy = mkdtempSync(join(tmpdir(), 'plumbline-shop-'));
let report: Report;

beforeAll(async () => {
  makeSampleRepository(shop, copy);
  const here = process.cwd();
  process.chdir(copy);
  try {
    report = await check();
  } finally {
    process.chdir(here);
  }
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

async function check(): Promise<Report> {
  let out = '';
  const code = await run(['check', '--format', 'json'], {
    out: (text) => {
      out += text;
      return true;
    },
    err: () => true,
    isOutTerminal: false,
    isErrTerminal: false,
    width: 0,
  });
  expect(code).toBe(1);
  return JSON.parse(out);
}

/** The cells of the rows of the table whose heading begins so, without backquotes. */
function tableOf(heading: string): readonly (readonly string[])[] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', '')),
  );
}

test('each planted fault is found on its line, and nothing else', () => {
  const { missing, extra } = differences(expected, report.findings);
  expect({ missing, extra }).toEqual({ missing: [], extra: [] });
});

test('the README lists the same', () => {
  const listed = tableOf('file:line').map(([place, rule]) => `${rule?.replace(' (suppressed)', '')} ${place}`);
  expect(listed.toSorted()).toEqual(expected.map(({ rule, file, line }) => `${rule} ${file}:${line}`).toSorted());
});

test('what the README says is suppressed is, and nothing else', () => {
  const listed = tableOf('file:line').flatMap(([place, rule]) => (rule?.endsWith(' (suppressed)') ? [place] : []));
  const suppressed = report.findings.filter((finding) => finding.suppressed !== undefined);
  expect(suppressed.map(({ location }) => `${location?.file}:${location?.line}`)).toEqual(listed);
});

test('what is right is there, and nothing is found in it', () => {
  const right = tableOf('file');
  expect(right.length).toBeGreaterThan(5);
  for (const [file = '', rules = ''] of right) {
    expect(existsSync(join(shop, file)), file).toBe(true);
    const families = rules.split(', ').map((rule) => rule.slice(0, rule.indexOf('/') + 1));
    const found = report.findings.filter(({ rule, location }) => location?.file === file && families.some((one) => rule.startsWith(one)));
    expect(
      found.map(({ rule, location }) => `${rule} ${location?.file}:${location?.line}`),
      file,
    ).toEqual([]);
  }
});

test('each family that has a planted fault has something that is right', () => {
  const right = new Set(tableOf('file').flatMap(([, rules = '']) => rules.split(', ').map((rule) => rule.split('/')[0])));
  const faults = new Set(expected.map(({ rule }) => rule.split('/')[0]));
  expect([...faults].filter((family) => !right.has(family))).toEqual([]);
});
