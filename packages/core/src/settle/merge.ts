import type { Finding } from '../finding.ts';

/**
 * One finding for what is one thing to mend: the same rule and message on the same text, found in several versions,
 * units or environments. `resource` and `path` stay those of the first.
 */
export function merge(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = placeKey(finding);
    const before = kept.get(key);
    kept.set(key, before === undefined ? finding : join(before, finding));
  }
  return kept.size === findings.length ? findings : [...kept.values()];
}

function placeKey(finding: Finding): string {
  const { location, resource } = finding;
  const place =
    location === null
      ? `${resource?.apiVersion} ${resource?.kind} ${resource?.namespace} ${resource?.name} ${finding.path}`
      : `${location.file}:${location.line}:${location.column}:${location.endLine}:${location.endColumn}`;
  return `${finding.rule}\n${place}\n${finding.message}`;
}

function join(a: Finding, b: Finding): Finding {
  const versions = union(a.versions, b.versions);
  const units = union(a.units, b.units);
  const environments = union(a.environments, b.environments);
  return {
    ...a,
    ...(versions === undefined ? {} : { versions }),
    ...(units === undefined ? {} : { units }),
    ...(environments === undefined ? {} : { environments }),
  };
}

function union(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const added = b.filter((item) => !a.includes(item));
  return added.length === 0 ? a : [...a, ...added];
}
