import type { Finding, Report, RuleInfo, Severity } from '@plumbline/core';
import { causesOf, type Section, sectionsOf } from './causes.ts';
import { columnWidth } from './column-width.ts';
import { createExcerpts } from './excerpt.ts';
import { counted, dotted, named } from './named.ts';
import type { RenderOptions } from './options.ts';
import { fails } from './order.ts';
import { createPaint, type Paint } from './paint.ts';
import { printable } from './printable.ts';
import { summaryLines } from './text-summary.ts';
import { wrap } from './wrap.ts';

const DEFAULT_LIMIT = 50;
/** Places shown of one cause; the same thing over many files is one thing to mend. */
const PLACES_OF_A_CAUSE = 5;
/** Places shown of one rule where not everything can be shown, so that one loud rule does not hide the others. */
const PLACES_OF_A_RULE = 10;

/** For people: refusals first, one cause over many files once, a remedy once per rule, and at the end what was and was not judged. */
export function renderText(report: Report, options: RenderOptions = {}): string {
  const paint = createPaint(options.color === true);
  const failOn = options.failOn ?? 'error';
  const live = report.findings.filter((finding) => finding.suppressed === undefined && (options.quiet !== true || fails(finding, failOn)));
  if (options.quiet === true && live.length === 0) return '';
  const sections = sectionsOf(live);
  const printer = createPrinter(report, options, paint, live.length);
  const lines: string[] = [];
  let hidden = 0;
  let hiddenRules = 0;
  let title = '';
  for (const section of sections) {
    if (printer.isFull()) {
      hidden += section.findings.length;
      hiddenRules++;
      continue;
    }
    if (section.title !== title) lines.push(...(title === '' ? [] : ['']), paint.bold(section.title));
    title = section.title;
    lines.push('', ...printer.section(section));
  }
  if (hidden > 0)
    lines.push(
      '',
      paint.bold(`${counted(hidden, 'more finding')} of ${counted(hiddenRules, 'more rule')} not shown; --all shows every one`),
    );
  if (options.quiet !== true) lines.push(...(lines.length > 0 ? [''] : []), ...summaryLines(report, sections, options, paint));
  return `${lines.join('\n')}\n`;
}

interface Printer {
  isFull(): boolean;
  section(section: Section): string[];
}

function createPrinter(report: Report, options: RenderOptions, paint: Paint, total: number): Printer {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const excerptOf = createExcerpts(report, options);
  const width = options.width ?? 0;
  let left = limit;

  function heading(section: Section, info: RuleInfo | undefined): string {
    const { severity } = section;
    const count = section.findings.length > 1 ? `  ${counted(section.findings.length, 'finding')}` : '';
    const title = info === undefined ? '' : `  ${printable(info.title)}`;
    const plain = `${severity} ${section.rule}${title}${count}`;
    const showTitle = width <= 0 || plain.length <= width;
    return `${colorOf(paint, severity)(severity)} ${paint.bold(printable(section.rule))}${showTitle ? paint.dim(title) : ''}${paint.dim(count)}`;
  }

  function place(finding: Finding, withExcerpt: boolean): string[] {
    const lines: string[] = [];
    const where = finding.location;
    const at = where === null ? '(no file)' : `${shownFile(where.file)}:${where.line}:${where.column}`;
    const about = [
      finding.resource === null ? '' : named(finding.resource),
      dotted(finding.path),
      versionsOf(finding, report),
      (finding.environments ?? []).length > 0 ? `in ${printable((finding.environments ?? []).join(', '))}` : '',
    ].filter((part) => part !== '');
    const rest = about.join('  ');
    // Where both do not fit a line, what it is about stands below where it is.
    const fits = width <= 0 || columnWidth(at) + columnWidth(rest) + 6 <= width;
    lines.push(`    ${paint.cyan(at)}${fits && rest !== '' ? paint.dim(`  ${rest}`) : ''}`);
    if (!fits && rest !== '') lines.push(`      ${paint.dim(rest)}`);
    if (!withExcerpt) return lines;
    const excerpt = excerptOf(finding);
    if (excerpt !== undefined) {
      const gutter = ' '.repeat(excerpt.number.length);
      lines.push(`      ${paint.dim(`${excerpt.number} |`)} ${excerpt.line}`);
      lines.push(`      ${paint.dim(`${gutter} |`)} ${colorOf(paint, finding.severity)(excerpt.carets)}`);
    }
    for (const related of finding.related ?? [])
      lines.push(
        `      ${paint.dim('see')} ${paint.cyan(`${shownFile(related.file)}:${related.line}:${related.column}`)} ${printable(related.message)}`,
      );
    if (finding.fix !== undefined) {
      const certainty = finding.fix.safe ? '' : paint.dim(' (a suggestion)');
      lines.push(`      ${paint.green('fix:')} ${printable(finding.fix.title)}${certainty}`);
    }
    return lines;
  }

  function section(section: Section): string[] {
    const info = Object.hasOwn(report.rules, section.rule) ? report.rules[section.rule] : undefined;
    const lines = [heading(section, info)];
    const isShort = total <= limit;
    let ofRule = limit === Number.POSITIVE_INFINITY || isShort ? Number.POSITIVE_INFINITY : PLACES_OF_A_RULE;
    let shown = 0;
    for (const cause of causesOf(section.findings)) {
      const ofCause = limit === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : PLACES_OF_A_CAUSE;
      const room = Math.min(left, ofRule, ofCause);
      if (Math.min(left, ofRule) <= 0) break;
      lines.push(...wrap(printable(cause.message), width, '  ', '    '));
      cause.findings.slice(0, room).forEach((finding, index) => {
        lines.push(...place(finding, index === 0));
      });
      const taken = Math.min(room, cause.findings.length);
      const rest = cause.findings.slice(taken);
      if (rest.length > 0) lines.push(paint.dim(`    and ${counted(rest.length, 'more place')} in ${counted(filesOf(rest), 'file')}`));
      left -= taken;
      ofRule -= taken;
      shown += cause.findings.length;
    }
    const rest = section.findings.length - shown;
    if (rest > 0) lines.push(paint.dim(`  and ${counted(rest, 'more finding')} of this rule`));
    if (info !== undefined && info.remedy !== '')
      lines.push(...wrap(printable(info.remedy), width, `  ${paint.green('help:')} `, '        '));
    return lines;
  }

  return { isFull: () => left <= 0, section };
}

/** In a log of GitHub Actions a line that begins with `::` is a command. */
function shownFile(file: string): string {
  return printable(file.startsWith('::') ? `./${file}` : file);
}

function colorOf(paint: Paint, severity: Severity): (text: string) => string {
  return severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue;
}

/** Said only where it is not all of the versions that were asked for. */
function versionsOf(finding: Finding, report: Report): string {
  const versions = finding.versions ?? [];
  const asked = report.run.kubernetesVersions;
  return versions.length === 0 || versions.length >= asked.length ? '' : `only ${versions.join(', ')}`;
}

function filesOf(findings: readonly Finding[]): number {
  return new Set(findings.map((finding) => finding.location?.file)).size;
}
