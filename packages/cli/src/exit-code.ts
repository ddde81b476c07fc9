import type { Report, Severity } from '@plumbline/core';
import { fails } from '@plumbline/reporters';

/** What decides the exit code beside the report. */
export interface Gate {
  readonly failOn: Severity;
  readonly failOnNotEvaluated: boolean;
  /** A SOURCE that does not exist or cannot be opened. */
  readonly sourceFailed: boolean;
}

/** 0 clean, 1 findings, 2 the job could not be done; 2 wins. */
export function exitCode(report: Report, gate: Gate): 0 | 1 | 2 {
  if (gate.sourceFailed || report.failed === true) return 2;
  if (report.findings.some((finding) => fails(finding, gate.failOn))) return 1;
  return gate.failOnNotEvaluated && report.summary.notEvaluated > 0 ? 1 : 0;
}
