import type { Waiver } from '../config/config.ts';
import type { Finding } from '../report/finding.ts';
import { pathMatcher } from '../values/glob.ts';
import { starMatcher } from '../values/star.ts';
import { ruleMatcher } from './suppress.ts';

/** Whether a finding is one that the waiver is about, expired or not. */
export function waiverMatcher(waiver: Waiver, aliasesOf: (rule: string) => readonly string[]): (finding: Finding) => boolean {
  const isRule = ruleMatcher([waiver.rule], aliasesOf);
  const isPath = waiver.paths === undefined ? undefined : pathMatcher(waiver.paths);
  const { resource } = waiver;
  const isKind = resource?.kind === undefined ? undefined : starMatcher(resource.kind);
  const isNamespace = resource?.namespace === undefined ? undefined : starMatcher(resource.namespace);
  const isName = resource?.name === undefined ? undefined : starMatcher(resource.name);
  return (finding) => {
    if (!isRule(finding.rule)) return false;
    if (isPath !== undefined && (finding.location === null || !isPath(finding.location.file))) return false;
    if (resource === undefined) return true;
    if (finding.resource === null) return false;
    return (
      (isKind?.(finding.resource.kind) ?? true) &&
      (isNamespace?.(finding.resource.namespace ?? '') ?? true) &&
      (isName?.(finding.resource.name) ?? true)
    );
  };
}

/** Whether its last day is over; days are compared as text (`YYYY-MM-DD`). */
export function isExpired(waiver: Waiver, today: string | undefined): boolean {
  return waiver.expires !== undefined && today !== undefined && waiver.expires < today;
}
