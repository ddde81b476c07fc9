import { addTo } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { createPainter } from '../painter.ts';
import { VERSION } from '../version.ts';
import type { CaseResult } from './policy-test.ts';

export const TEST_FORMATS = ['text', 'json', 'junit'] as const;
export type TestFormat = (typeof TEST_FORMATS)[number];

/** What became of the cases, as one of the formats says it. */
export function renderTests(
  format: TestFormat,
  results: readonly CaseResult[],
  options: { readonly color: boolean; readonly all: boolean },
): string {
  if (format === 'json') return json(results);
  return format === 'junit' ? junit(results) : text(results, options.color, options.all);
}

function countsOf(results: readonly CaseResult[]): { readonly passed: number; readonly failed: number; readonly notEvaluated: number } {
  const count = (outcome: CaseResult['outcome']): number => results.filter((one) => one.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), notEvaluated: count('not-evaluated') };
}

function json(results: readonly CaseResult[]): string {
  const cases = results.map(({ test, name, outcome, reason, file, line, column }) => ({
    test,
    name,
    outcome,
    reason,
    location: { file, line, column },
  }));
  return `${JSON.stringify({ schemaVersion: 1, tool: { name: 'plumbline', version: VERSION }, summary: countsOf(results), cases }, null, 2)}\n`;
}

function text(results: readonly CaseResult[], color: boolean, all: boolean): string {
  const paint = createPainter(color);
  const lines: string[] = [];
  for (const [test, cases] of byTest(results)) {
    const shown = all ? cases : cases.filter(({ outcome }) => outcome === 'failed');
    if (shown.length > 0) lines.push(paint.bold(printable(test)));
    for (const { name, outcome, reason, file, line, column } of shown) {
      const word =
        outcome === 'failed'
          ? paint.severity('error', 'failed')
          : outcome === 'passed'
            ? 'passed'
            : paint.severity('warning', 'not evaluated');
      lines.push(`  ${word} ${printable(name)}`);
      if (outcome !== 'passed') lines.push(`    ${paint.dim(`${printable(file)}:${line}:${column}`)} ${printable(reason ?? '')}`);
    }
  }
  const { passed, failed, notEvaluated } = countsOf(results);
  const reasons = new Map<string, number>();
  for (const { outcome, reason = '' } of results) if (outcome === 'not-evaluated') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (lines.length > 0) lines.push('');
  lines.push(`${passed} passed, ${failed} failed${notEvaluated === 0 ? '' : `, ${notEvaluated} not evaluated`}`);
  for (const [reason, count] of reasons) lines.push(`  ${count} × ${printable(reason)}`);
  return `${lines.join('\n')}\n`;
}

function junit(results: readonly CaseResult[]): string {
  const lines: string[] = [];
  for (const [test, cases] of byTest(results)) {
    lines.push(`  <testsuite name="${escaped(test)}" ${attributes(cases)}>`);
    for (const { name, outcome, reason = '', file, line, column } of cases) {
      const open = `    <testcase classname="${escaped(test)}" name="${escaped(name)}" file="${escaped(file)}" line="${line}"`;
      if (outcome === 'passed') lines.push(`${open}/>`);
      else if (outcome === 'failed')
        lines.push(
          `${open}>`,
          `      <failure message="${escaped(reason)}">${escaped(`${file}:${line}:${column} ${reason}`)}</failure>`,
          '    </testcase>',
        );
      else lines.push(`${open}>`, `      <skipped message="${escaped(reason)}"/>`, '    </testcase>');
    }
    lines.push('  </testsuite>');
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plumbline test" ${attributes(results)}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n');
}

function attributes(results: readonly CaseResult[]): string {
  const { failed, notEvaluated } = countsOf(results);
  return `tests="${results.length}" failures="${failed}" errors="0" skipped="${notEvaluated}"`;
}

function byTest(results: readonly CaseResult[]): ReadonlyMap<string, readonly CaseResult[]> {
  const found = new Map<string, CaseResult[]>();
  for (const result of results) {
    addTo(found, result.test, result);
  }
  return found;
}

function escaped(value: string): string {
  return printable(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
