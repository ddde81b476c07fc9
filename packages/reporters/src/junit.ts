import { addTo, type Finding, type Report } from '@plumbline/core';
import { counted, dotted, named } from './named.ts';
import type { RenderOptions } from './options.ts';
import { fails } from './order.ts';
import { printable } from './printable.ts';

/**
 * JUnit XML: one suite a file, one case a finding. What fails the run is a failure (a broken file an error); the rest
 * passes with its message as output, so that the report and the exit code agree. Suppressed and not evaluated are skipped cases.
 */
export function renderJunit(report: Report, options: RenderOptions = {}): string {
  const failOn = options.failOn ?? 'error';
  const byFile = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const file = finding.location?.file ?? '';
    addTo(byFile, file, finding);
  }
  const suites = [...byFile].map(([file, findings]) =>
    suite(
      file === '' ? 'plumbline' : file,
      findings.map((finding) => toCase(finding, report, failOn)),
    ),
  );
  suites.push(suite('plumbline', runCases(report)));
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const one of suites) for (const key of ['tests', 'failures', 'errors', 'skipped'] as const) total[key] += one.counts[key];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plumbline" ${counts(total)}>`,
    ...suites.flatMap((one) => one.lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly outcome: 'passed' | 'failures' | 'errors' | 'skipped';
  readonly lines: readonly string[];
}

interface Suite {
  readonly counts: { readonly tests: number; readonly failures: number; readonly errors: number; readonly skipped: number };
  readonly lines: readonly string[];
}

function suite(name: string, cases: readonly Case[]): Suite {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  const totals = { tests: cases.length, failures: count('failures'), errors: count('errors'), skipped: count('skipped') };
  return {
    counts: totals,
    lines: [`  <testsuite name="${escaped(name)}" ${counts(totals)}>`, ...cases.flatMap((one) => one.lines), '  </testsuite>'],
  };
}

function counts(totals: Suite['counts']): string {
  return `tests="${totals.tests}" failures="${totals.failures}" errors="${totals.errors}" skipped="${totals.skipped}"`;
}

function toCase(finding: Finding, report: Report, failOn: 'error' | 'warning' | 'info'): Case {
  const at = finding.location;
  const about = [finding.resource === null ? '' : named(finding.resource), dotted(finding.path)].filter((part) => part !== '').join(' ');
  const line = at === null ? '' : ` line="${at.line}"`;
  const file = at === null ? '' : ` file="${escaped(at.file)}"`;
  const name = `${finding.rule}${about === '' ? '' : `: ${about}`}${at === null ? '' : ` (line ${at.line})`}`;
  const open = `    <testcase classname="${escaped(at?.file ?? 'plumbline')}" name="${escaped(name)}"${file}${line}>`;
  const outcome = outcomeOf(finding, failOn);
  const info = Object.hasOwn(report.rules, finding.rule) ? report.rules[finding.rule] : undefined;
  const remedy = info === undefined || info.remedy === '' ? '' : `\n${escaped(info.remedy)}`;
  const where = at === null ? '' : `${escaped(at.file)}:${at.line}:${at.column} `;
  const body = `${where}${finding.severity} ${escaped(finding.message)}${remedy}`;
  const tag = outcome === 'errors' ? 'error' : 'failure';
  const inside =
    outcome === 'skipped'
      ? `<skipped message="${escaped(`suppressed by ${finding.suppressed?.by ?? ''}: ${finding.suppressed?.reason ?? ''}`)}"/>`
      : outcome === 'passed'
        ? `<system-out>${body}</system-out>`
        : `<${tag} type="${escaped(finding.class)}" message="${escaped(finding.message)}">${body}</${tag}>`;
  return { outcome, lines: [open, `      ${inside}`, '    </testcase>'] };
}

function outcomeOf(finding: Finding, failOn: 'error' | 'warning' | 'info'): Case['outcome'] {
  if (finding.suppressed !== undefined) return 'skipped';
  if (!fails(finding, failOn)) return 'passed';
  return finding.class === 'broken' ? 'errors' : 'failures';
}

/** The run itself, so that a clean run is not an empty file, and what was not evaluated. */
function runCases(report: Report): Case[] {
  const { files, resources } = report.summary;
  const ran: Case = {
    outcome: 'passed',
    lines: [`    <testcase classname="plumbline" name="checked ${counted(files.checked, 'file')}, ${counted(resources, 'resource')}"/>`],
  };
  const skipped = report.notEvaluated.map(
    ({ rule, reason, count }): Case => ({
      outcome: 'skipped',
      lines: [
        `    <testcase classname="plumbline" name="${escaped(`not evaluated: ${rule ?? 'every rule'}, ${counted(count, 'resource')}`)}">`,
        `      <skipped message="${escaped(reason)}"/>`,
        '    </testcase>',
      ],
    }),
  );
  return [ran, ...skipped];
}

// XML 1.0 has no way to write control characters, so they are shown as escapes before the XML ones.
function escaped(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
