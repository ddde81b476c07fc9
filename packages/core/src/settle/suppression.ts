import { ENGINE_RULES, type EngineRule } from '../check/engine-rules.ts';
import type { Finding, Suppression } from '../report/finding.ts';
import type { Location } from '../values/range.ts';
import type { SettleContext } from './context.ts';
import { type IgnoreComment, ignoreComments, ruleMatcher } from './suppress.ts';
import { isExpired, waiverMatcher } from './waiver.ts';

/** One thing that accepts findings, and whether it did. */
interface Acceptance {
  readonly suppression: Suppression;
  matches(finding: Finding): boolean;
  used: boolean;
}

/**
 * Findings that a comment or a waiver accepts stay, marked as suppressed: comments first, then waivers in order. What
 * accepts without a reason, after its day, or nothing at all is a finding itself.
 */
export function suppression(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  const said: Finding[] = [];
  const comments = commentsByFile(context, said);
  const waivers: Acceptance[] = [];
  for (const waiver of context.waivers) {
    const matches = waiverMatcher(waiver, context.aliasesOf);
    if (isExpired(waiver, context.today)) {
      const message = `the waiver of "${waiver.rule}" expired on "${waiver.expires}"`;
      said.push(engineFinding('engine/waiver-expired', message, waiver.location ?? null));
      continue;
    }
    const { reason, owner, expires, location } = waiver;
    waivers.push({
      used: false,
      matches,
      suppression: {
        by: 'waiver',
        reason,
        ...(owner === undefined ? {} : { owner }),
        ...(expires === undefined ? {} : { expires }),
        ...(location === undefined ? {} : { location }),
      },
    });
  }
  const settled = findings.map((finding) => {
    if (isOwn(finding)) return finding;
    const file = finding.location?.file;
    let accepted = finding.suppressed;
    for (const list of [file === undefined ? undefined : comments.get(file), waivers]) {
      for (const acceptance of list ?? []) {
        if (!acceptance.matches(finding)) continue;
        acceptance.used = true;
        accepted ??= acceptance.suppression;
      }
    }
    return accepted === finding.suppressed || accepted === undefined ? finding : { ...finding, suppressed: accepted };
  });
  sayUnused(comments, waivers, context, said);
  const known = new Set(settled.filter(isOwn).map(ownKey));
  const added = said.filter((finding) => !known.has(ownKey(finding)) && context.severityOf(finding.rule, finding.location?.file) !== 'off');
  return added.length === 0 ? settled : [...settled, ...added];
}

function commentsByFile(context: SettleContext, said: Finding[]): Map<string, (Acceptance & { comment: IgnoreComment })[]> {
  const byFile = new Map<string, (Acceptance & { comment: IgnoreComment })[]>();
  for (const { path, text } of context.texts) {
    const comments = ignoreComments(text);
    if (comments.length === 0) continue;
    const list: (Acceptance & { comment: IgnoreComment })[] = [];
    for (const comment of comments) {
      const location = { file: path, ...comment.range };
      if (comment.reason === '' || comment.rules.length === 0) {
        const lacks = comment.rules.length === 0 ? 'names no rule' : 'gives no reason';
        said.push(engineFinding('engine/suppression-reason', `the comment "plumbline-ignore" ${lacks}`, location));
        continue;
      }
      const isRule = ruleMatcher(comment.rules, context.aliasesOf);
      list.push({
        comment,
        used: false,
        matches: (finding) => isRule(finding.rule) && (comment.line === undefined || finding.location?.line === comment.line),
        suppression: { by: 'waiver', reason: comment.reason, location },
      });
    }
    byFile.set(path, list);
  }
  return byFile;
}

function sayUnused(
  comments: ReadonlyMap<string, readonly (Acceptance & { comment: IgnoreComment })[]>,
  waivers: readonly Acceptance[],
  context: SettleContext,
  said: Finding[],
): void {
  for (const list of comments.values()) {
    for (const { comment, used, suppression: given } of list) {
      if (used || !comment.rules.every((rule) => context.hasJudged(rule))) continue;
      const message = `the comment "plumbline-ignore ${comment.rules.join(', ')}" accepts nothing`;
      said.push(engineFinding('engine/suppression-unused', message, given.location ?? null));
    }
  }
  if (!context.isWhole) return;
  const live = context.waivers.filter((waiver) => !isExpired(waiver, context.today));
  waivers.forEach((acceptance, index) => {
    const waiver = live[index];
    if (acceptance.used || waiver === undefined || !context.hasJudged(waiver.rule)) return;
    said.push(engineFinding('engine/suppression-unused', `the waiver of "${waiver.rule}" accepts nothing`, waiver.location ?? null));
  });
}

const OWN = new Set<string>(['engine/suppression-reason', 'engine/suppression-unused', 'engine/waiver-expired'] satisfies EngineRule[]);

function isOwn(finding: Finding): boolean {
  return OWN.has(finding.rule);
}

function ownKey(finding: Finding): string {
  return `${finding.rule} ${finding.location?.file} ${finding.location?.line} ${finding.location?.column} ${finding.message}`;
}

function engineFinding(rule: EngineRule, message: string, location: Location | null): Finding {
  const info = ENGINE_RULES[rule];
  return { rule, class: info.class, severity: info.severity, message, resource: null, path: '', location, fingerprint: '' };
}
