import type { Finding } from '../report/finding.ts';

/** By file, line, column, rule; what stands nowhere comes last. */
export function order(findings: readonly Finding[]): readonly Finding[] {
  for (let index = 1; index < findings.length; index++) {
    const before = findings[index - 1];
    const here = findings[index];
    if (before !== undefined && here !== undefined && compareFindings(before, here) > 0) return [...findings].sort(compareFindings);
  }
  return findings;
}

function compareFindings(a: Finding, b: Finding): number {
  const left = a.location;
  const right = b.location;
  if (left === null || right === null) {
    if (left !== right) return left === null ? 1 : -1;
  } else {
    const place = compareText(left.file, right.file) || left.line - right.line || left.column - right.column;
    if (place !== 0) return place;
  }
  return compareText(a.rule, b.rule) || compareText(a.path, b.path) || compareText(a.message, b.message);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
