import type { Finding, Report, Upgrade } from '@plumbline/core';
import type { Section } from './causes.ts';
import { counted, grouped } from './named.ts';
import type { RenderOptions } from './options.ts';
import { compareText } from './order.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { wrap } from './wrap.ts';

const REASONS_SHOWN = 6;
const WORDS_SHOWN = 3;

/** The end of the text: what was judged, what was not and why, what was found, and where to begin. */
export function summaryLines(report: Report, sections: readonly Section[], options: RenderOptions, paint: Paint): string[] {
  const { summary, run } = report;
  const width = options.width ?? 0;
  const lines: string[] = [];
  const say = (text: string): void => {
    lines.push(...wrap(text, width, '', '  '));
  };
  const versions = run.kubernetesVersions.length > 0 ? ` for Kubernetes ${run.kubernetesVersions.join(', ')}` : '';
  say(
    `Checked ${counted(summary.files.checked, 'file')}${versions}: ${counted(summary.documents, 'document')}, ${counted(summary.resources, 'resource')}`,
  );
  for (const limit of run.limits ?? []) say(limit);
  if (summary.files.leftOut > 0)
    say(`Left out ${counted(summary.files.leftOut, 'file')}: ${reasons(report.leftOut.map(({ reason, count }) => ({ reason, count })))}`);
  if (summary.notEvaluated > 0) say(`Not evaluated ${grouped(summary.notEvaluated)} (resource × rule): ${reasons(byReason(report))}`);
  if (summary.drift !== undefined) say(driftLine(summary.drift));
  say(foundLine(report, paint));
  for (const upgrade of summary.upgrades ?? []) say(upgradeLine(upgrade, paint));
  return [...lines, ...topRules(report, sections, width, paint)];
}

function upgradeLine({ from, to, findings, refusals, gone }: Upgrade, paint: Paint): string {
  const less = gone > 0 ? `, ${grouped(gone)} of before ${gone === 1 ? 'goes' : 'go'} away` : '';
  if (findings === 0) return `Upgrade from ${from} to ${to}: nothing new breaks${less}`;
  const what = `${counted(findings, 'finding')} new${refusals > 0 ? ` (${grouped(refusals)} refused by the API server)` : ''}`;
  return `Upgrade from ${from} to ${to}: ${refusals > 0 ? paint.red(what) : paint.yellow(what)}${less}`;
}

function driftLine({ inSync, changed, missing, extra, notEvaluated }: NonNullable<Report['summary']['drift']>): string {
  const parts = [`${grouped(inSync)} in sync`, `${grouped(changed)} changed`, `${grouped(missing)} missing`, `${grouped(extra)} extra`];
  if (notEvaluated > 0) parts.push(`${grouped(notEvaluated)} not evaluated`);
  return `Compared ${counted(inSync + changed + missing + extra + notEvaluated, 'object')}: ${parts.join(', ')}`;
}

function foundLine(report: Report, paint: Paint): string {
  const { findings, suppressed, fixable, known = 0 } = report.summary;
  const { since } = report.run;
  const tail = [
    suppressed > 0 ? `${grouped(suppressed)} suppressed` : '',
    fixable > 0 ? `${grouped(fixable)} with a safe fix` : '',
    since === undefined
      ? ''
      : `${known === 0 ? 'none' : grouped(known)} left from before ${printable(since.revision)} (${since.commit.slice(0, 12)})`,
  ].filter((part) => part !== '');
  const total = findings.error + findings.warning + findings.info;
  if (report.summary.files.checked === 0 && report.summary.resources === 0 && total === 0)
    return paint.yellow('Nothing was checked: no manifest was found');
  if (total === 0) return [paint.green('No findings'), ...tail].join(', ');
  const refusals = report.findings.filter((finding) => finding.class === 'refusal' && finding.suppressed === undefined).length;
  const errors = counted(findings.error, 'error');
  const counts = [
    findings.error > 0 ? `${paint.red(errors)}${refusals > 0 ? ` (${grouped(refusals)} refused by the API server)` : ''}` : errors,
    findings.warning > 0 ? paint.yellow(counted(findings.warning, 'warning')) : counted(0, 'warning'),
    findings.info > 0 ? paint.blue(`${grouped(findings.info)} info`) : '0 info',
  ];
  return `Found ${[...counts, ...tail].join(', ')}`;
}

/** Counts by reason; reasons that differ in one quoted word are one, with the words after it. */
function byReason(report: Report): { reason: string; count: number }[] {
  const groups = new Map<string, { count: number; words: Map<string, number>; reason: string }>();
  for (const { reason, count } of report.notEvaluated) {
    const word = /"([^"]*)"/.exec(reason)?.[1];
    const key = word === undefined ? reason : reason.replace(`"${word}"`, '""');
    const group = groups.get(key) ?? { count: 0, words: new Map(), reason };
    group.count += count;
    if (word !== undefined) group.words.set(word, (group.words.get(word) ?? 0) + count);
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ reason: group.words.size < 2 ? group.reason : joined(key, group.words), count: group.count }))
    .sort((a, b) => b.count - a.count || compareText(a.reason, b.reason));
}

function joined(key: string, words: ReadonlyMap<string, number>): string {
  const sorted = [...words].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([word]) => word);
  const shown = sorted.slice(0, WORDS_SHOWN).map((word) => `"${word}"`);
  const more = sorted.length - shown.length;
  return key.replace('""', more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', '));
}

function reasons(all: readonly { readonly reason: string; readonly count: number }[]): string {
  const shown = all.slice(0, REASONS_SHOWN).map(({ reason, count }) => `${printable(reason)} (${grouped(count)})`);
  const rest = all.slice(REASONS_SHOWN).reduce((sum, { count }) => sum + count, 0);
  return rest > 0 ? `${shown.join('; ')}; other reasons (${grouped(rest)}), which --format json lists` : shown.join('; ');
}

const MANY = 6;

/** Where to begin: by what the findings mean, then by how many there are. A rule whose findings differ in severity counts once. */
function topRules(report: Report, sections: readonly Section[], width: number, paint: Paint): string[] {
  const byRule = new Map<string, Finding[]>();
  for (const { rule, findings } of sections) {
    const all = byRule.get(rule);
    if (all === undefined) byRule.set(rule, [...findings]);
    else all.push(...findings);
  }
  // Where few things were found, they are all in sight.
  if (byRule.size < 2 || [...byRule.values()].reduce((sum, findings) => sum + findings.length, 0) < MANY) return [];
  const lines = ['', paint.bold('The rules that matter most')];
  for (const [index, [rule, findings]] of [...byRule].slice(0, 3).entries()) {
    const files = new Set(findings.map((finding) => finding.location?.file)).size;
    const info = Object.hasOwn(report.rules, rule) ? report.rules[rule] : undefined;
    const title = info === undefined ? '' : `: ${printable(info.title)}`;
    const text = `${printable(rule)}, ${counted(findings.length, 'finding')} in ${counted(files, 'file')}${title}`;
    lines.push(...wrap(text, width, `  ${index + 1}. `, '     '));
  }
  return lines;
}
