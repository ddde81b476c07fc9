import type { Finding, Report } from '@plumbline/core';
import { maskedEdits } from './masked-edits.ts';
import type { RenderOptions } from './options.ts';
import { printableJson } from './printable.ts';

/** The contract (docs/json.md): named members only, in the order of the contract, so that the same run gives the same bytes. */
export function renderJson(report: Report, options: RenderOptions = {}): string {
  const value = {
    schemaVersion: report.schemaVersion,
    tool: { name: report.tool.name, version: report.tool.version },
    run: report.run,
    summary: report.summary,
    findings: report.findings.map((finding) => toContract(finding, report, options)),
    notEvaluated: report.notEvaluated.map(({ rule, reason, count, examples }) => ({ rule, reason, count, examples })),
    leftOut: report.leftOut.map(({ reason, count, files }) => ({ reason, count, files })),
    outcomes: report.outcomes,
    drift: report.drift,
  };
  return `${printableJson(JSON.stringify(value, null, 2))}\n`;
}

// JSON.stringify leaves out the members that are undefined.
function toContract(finding: Finding, report: Report, { sources }: RenderOptions): unknown {
  return {
    rule: finding.rule,
    class: finding.class,
    severity: finding.severity,
    message: finding.message,
    versions: finding.versions,
    units: finding.units,
    environments: finding.environments,
    resource: finding.resource,
    path: finding.path,
    location: finding.location && {
      file: finding.location.file,
      line: finding.location.line,
      column: finding.location.column,
      endLine: finding.location.endLine,
      endColumn: finding.location.endColumn,
    },
    origin: finding.origin,
    related: finding.related,
    fix: finding.fix && { title: finding.fix.title, safe: finding.fix.safe, edits: maskedEdits(finding, report, sources) },
    policy: finding.policy,
    suppressed: finding.suppressed,
    fingerprint: finding.fingerprint,
  };
}
