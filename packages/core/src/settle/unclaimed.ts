import type { Finding } from '../finding.ts';

/**
 * The engine's own word about a document that cannot be read is dropped where a rule said more about the same text: it is
 * there so that such a document is never silent, whichever rules are selected.
 */
export function unclaimed(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some((finding) => finding.rule === 'engine/unreadable')) return findings;
  const claimed = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.class !== 'broken' || finding.rule.startsWith('engine/') || finding.location === null) continue;
    const list = claimed.get(finding.location.file);
    if (list === undefined) claimed.set(finding.location.file, [finding]);
    else list.push(finding);
  }
  return findings.filter((finding) => {
    const location = finding.location;
    if (finding.rule !== 'engine/unreadable' || location === null) return true;
    return !claimed.get(location.file)?.some((other) => other.location?.line === location.line);
  });
}
