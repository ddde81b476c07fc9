import type { Finding } from '../report/finding.ts';
import { hashParts } from '../values/fingerprint.ts';

/**
 * Where there is no resource, the file's path and the finding's ordinal among those of its rule stand for identity. Of
 * findings that would share a fingerprint the second and later ones get one of their own. Needs the order.
 */
export function fingerprints(findings: readonly Finding[]): readonly Finding[] {
  const ordinals = new Map<string, number>();
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  let changed = false;
  const settled = findings.map((finding) => {
    let fingerprint = finding.fingerprint;
    if (finding.resource === null) {
      const file = finding.location?.file ?? '';
      const key = `${finding.rule}\n${file}`;
      const ordinal = ordinals.get(key) ?? 0;
      ordinals.set(key, ordinal + 1);
      fingerprint = hashParts([finding.rule, file, String(ordinal)]);
    }
    let next = fingerprint;
    // The ordinal among equals is part of the hash. Counting goes on where it stopped: a hundred thousand equals are a long way.
    for (let count = counts.get(fingerprint) ?? 2; seen.has(next); count++) {
      next = hashParts([fingerprint, String(count)]);
      counts.set(fingerprint, count + 1);
    }
    seen.add(next);
    if (next === finding.fingerprint) return finding;
    changed = true;
    return { ...finding, fingerprint: next };
  });
  return changed ? settled : findings;
}
