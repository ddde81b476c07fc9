import type { Finding, Report } from '@plumbline/core';
import { counted, named } from './named.ts';
import { printable } from './printable.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** GitHub Actions workflow commands, one a finding: GitHub shows them on the changed lines of a pull request. */
export function renderGithub(report: Report): string {
  const lines: string[] = [];
  for (const finding of report.findings) if (finding.suppressed === undefined) lines.push(command(finding, report));
  const { findings, files } = report.summary;
  lines.push(
    `plumbline checked ${counted(files.checked, 'file')}: ${counted(findings.error, 'error')}, ${counted(findings.warning, 'warning')}, ${findings.info} info`,
  );
  return `${lines.join('\n')}\n`;
}

function command(finding: Finding, report: Report): string {
  const at = finding.location;
  const properties: string[] = [];
  if (at !== null) {
    properties.push(`file=${property(at.file)}`, `line=${at.line}`, `endLine=${Math.max(at.endLine, at.line)}`);
    // GitHub ignores columns where the lines differ.
    if (at.endLine === at.line) properties.push(`col=${at.column}`, `endColumn=${Math.max(at.endColumn - 1, at.column)}`);
  }
  properties.push(`title=${property(finding.rule)}`);
  const info = Object.hasOwn(report.rules, finding.rule) ? report.rules[finding.rule] : undefined;
  const about = finding.resource === null || finding.resource.apiVersion === '' ? '' : `${named(finding.resource)}: `;
  const remedy = info === undefined || info.remedy === '' ? '' : `\n${printable(info.remedy)}`;
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${data(`${about}${printable(finding.message)}${remedy}`)}`;
}

// The runner's own escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
