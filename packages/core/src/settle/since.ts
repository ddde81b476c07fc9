import type { Severity } from '../check/rule.ts';
import { upgradesOf } from '../environments/upgrades.ts';
import type { Finding } from '../report/finding.ts';
import type { Report } from '../report/report.ts';
import { secretMaskOf, setSecretMask } from './mask.ts';

/** What a report is measured against. */
export interface Since {
  /** As it was asked for. */
  readonly revision: string;
  /** The commit that was judged in its place. */
  readonly commit: string;
}

/**
 * A report without the findings that there were before: only what got worse stays. Suppressed findings stay as they are; one that
 * was suppressed before and no longer is counts as new. Pure; the counts are those of what is left, `summary.known` says how many went.
 */
export function onlyWorse(now: Report, before: Report, since: Since): Report {
  const known = new Set(before.findings.filter(isOpen).map(({ fingerprint }) => fingerprint));
  const findings = now.findings.filter((finding) => !isOpen(finding) || !known.has(finding.fingerprint));
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  let fixable = 0;
  for (const finding of findings.filter(isOpen)) {
    counts[finding.severity]++;
    if (finding.fix?.safe === true) fixable++;
  }
  const worse: Report = {
    ...now,
    run: { ...now.run, since },
    summary: {
      ...now.summary,
      findings: counts,
      fixable,
      ...(now.summary.upgrades === undefined ? {} : { upgrades: upgradesOf(findings, now.run.kubernetesVersions) }),
      known: now.findings.length - findings.length,
    },
    findings,
  };
  setSecretMask(worse, secretMaskOf(now));
  return worse;
}

function isOpen({ suppressed }: Finding): boolean {
  return suppressed === undefined;
}
