import type { Finding, FindingClass, Severity } from '@plumbline/core';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const CLASSES: readonly FindingClass[] = ['refusal', 'broken', 'drift', 'server-warning', 'policy', 'quality'];

export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** 0 is what matters most: refusals, then what is broken, then by severity. */
export function importance(finding: Pick<Finding, 'class' | 'severity'>): number {
  const classRank = CLASSES.indexOf(finding.class);
  return classRank < 2 ? classRank : 10 + severityRank(finding.severity) * 10 + classRank;
}

/** Whether a finding counts: it is not suppressed, and at or above `failOn`. */
export function fails(finding: Finding, failOn: Severity): boolean {
  return finding.suppressed === undefined && severityRank(finding.severity) <= severityRank(failOn);
}

/** Code-unit order, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
