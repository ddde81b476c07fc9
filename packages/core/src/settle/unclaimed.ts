import type { Finding } from '../report/finding.ts';
import type { SettleContext } from './context.ts';

/**
 * The engine's own word about a document that cannot be read is dropped where a rule said more about the same document: it is
 * there so that such a document is never silent, whichever rules are selected.
 */
export function unclaimed(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  if (!findings.some((finding) => finding.rule === 'engine/unreadable')) return findings;
  const claimed = new Set<string>();
  for (const finding of findings) {
    if (finding.class === 'broken' && !finding.rule.startsWith('engine/')) claimed.add(documentKey(finding, context));
  }
  return findings.filter((finding) => finding.rule !== 'engine/unreadable' || !claimed.has(documentKey(finding, context)));
}

function documentKey({ location }: Finding, context: SettleContext): string {
  return location === null ? '' : `${location.file}\n${context.documentAt(location.file, location.line)}`;
}
