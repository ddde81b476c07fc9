import { addTo, type Finding, type Severity } from '@plumbline/core';
import { compareText, importance, severityRank } from './order.ts';

/** The findings of one rule and class, in the report's order. */
export interface Section {
  readonly rule: string;
  /** Of the class: what its findings mean to whoever applies the manifests. */
  readonly title: string;
  readonly severity: Severity;
  readonly importance: number;
  readonly findings: readonly Finding[];
}

/** One thing that is wrong, wherever it is wrong. */
export interface Cause {
  readonly message: string;
  readonly findings: readonly Finding[];
}

/** One section a rule and class, what matters most first: refusals, what is broken, then by severity and by number. */
export function sectionsOf(findings: readonly Finding[]): Section[] {
  const sections = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${titleOf(finding)}\n${finding.severity}\n${finding.rule}`;
    addTo(sections, key, finding);
  }
  return [...sections.values()].map(toSection).sort(compareSections);
}

function compareSections(a: Section, b: Section): number {
  return a.importance - b.importance || b.findings.length - a.findings.length || compareText(a.rule, b.rule);
}

function toSection(findings: Finding[]): Section {
  const [first] = findings;
  // A section is made with its first finding.
  if (first === undefined) throw new Error('a section without findings');
  return { rule: first.rule, title: titleOf(first), severity: first.severity, importance: importanceOf(first), findings };
}

// Sections under one title stay together.
function importanceOf(finding: Finding): number {
  return finding.class === 'refusal' || finding.class === 'broken' ? importance(finding) : 10 + severityRank(finding.severity);
}

function titleOf(finding: Finding): string {
  if (finding.class === 'refusal') return 'Refused: the API server will not take these';
  if (finding.class === 'broken') return 'Broken: these cannot be read or judged';
  return finding.severity === 'error' ? 'Errors' : finding.severity === 'warning' ? 'Warnings' : 'Worth knowing';
}

/** Findings with the same message are one cause; the most widespread first, then in the report's order. */
export function causesOf(findings: readonly Finding[]): Cause[] {
  const causes = new Map<string, Finding[]>();
  for (const finding of findings) {
    addTo(causes, finding.message, finding);
  }
  return [...causes].map(([message, same]) => ({ message, findings: same })).sort((a, b) => b.findings.length - a.findings.length);
}
