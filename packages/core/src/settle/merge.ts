import { newerFirst } from '../environments/environments.ts';
import type { Finding } from '../report/finding.ts';
import type { SettleContext } from './context.ts';

/**
 * One finding for what is one thing to mend: the same rule and message on the same text, found in several versions,
 * units or environments. `resource` and `path` are those of the first unit.
 */
export function merge(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = placeKey(finding);
    const before = kept.get(key);
    kept.set(key, before === undefined ? finding : join(before, finding, context));
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

function join(a: Finding, b: Finding, context: SettleContext): Finding {
  const versions = union(a.versions, b.versions, newerFirst);
  const units = union(a.units, b.units, compareText);
  const rank = (name: string): number => {
    const index = context.environments?.indexOf(name) ?? -1;
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  const environments = union(a.environments, b.environments, (x, y) => rank(x) - rank(y) || compareText(x, y));
  return {
    // The first by unit is kept, whichever rule or file came first.
    ...(compareText(b.units?.[0] ?? '', a.units?.[0] ?? '') < 0 ? b : a),
    ...(versions === undefined ? {} : { versions }),
    ...(units === undefined ? {} : { units }),
    ...(environments === undefined ? {} : { environments }),
  };
}

function union(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
  compare: (x: string, y: string) => number,
): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const added = b.filter((item) => !a.includes(item));
  return added.length === 0 ? a : [...a, ...added].sort(compare);
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
