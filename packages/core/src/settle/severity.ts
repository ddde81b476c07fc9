import type { FindingClass, Severity } from '../check/rule.ts';
import type { Finding } from '../report/finding.ts';
import type { SettleContext } from './context.ts';

/** Refusal, broken and drift are errors, server-warning a warning, whatever anybody says; policy and quality as configured. */
export function severity(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  return findings.map((finding) => {
    const configured = context.severityOf(finding.rule, finding.location?.file);
    const settled = severityFor(finding.class, configured === undefined || configured === 'off' ? finding.severity : configured);
    return settled === finding.severity ? finding : { ...finding, severity: settled };
  });
}

function severityFor(findingClass: FindingClass, wanted: Severity): Severity {
  switch (findingClass) {
    case 'refusal':
    case 'broken':
    case 'drift':
      return 'error';
    case 'server-warning':
      return 'warning';
    default:
      return wanted;
  }
}
