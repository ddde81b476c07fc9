import { applyEdits, type Finding, type Report, type Rule, type RuleInfo, type SourceFile } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { checkAlone, type RuleTestOptions } from './check-alone.ts';

export type CaseText = string | Uint8Array;

/** One case. `# <-` at the end of a line says that a problem stands there; the mark is not part of what is checked. */
export interface ValidCase {
  readonly yaml: CaseText;
  /** The file's path, `case.yaml` by default. */
  readonly path?: string;
  /** Neighbours in the same repository: path to text. */
  readonly files?: Readonly<Record<string, CaseText>>;
  readonly options?: RuleTestOptions['options'];
  readonly versions?: readonly string[];
  readonly run?: RuleTestOptions['run'];
}

export interface ExpectedProblem {
  /** The public rule it is reported under, where the rule speaks for several. */
  readonly rule?: string;
  readonly message?: string | RegExp;
  readonly line?: number;
  readonly column?: number;
  /** As a JSON pointer, `/spec/replicas`. */
  readonly path?: string;
  readonly class?: Finding['class'];
  readonly severity?: Finding['severity'];
}

export interface InvalidCase extends ValidCase {
  /** All problems of the case's own file, in order of place. Each needs a `line`, unless the text marks its lines. */
  readonly problems?: readonly ExpectedProblem[];
  /** The text once every fix is applied, suggested ones too. */
  readonly fixed?: string;
}

export interface RuleCases {
  readonly valid: Readonly<Record<string, string | ValidCase>>;
  readonly invalid: Readonly<Record<string, string | InvalidCase>>;
}

/** Registers the tests of one rule: its cases and its own examples through the real engine, where each problem stands, and that a fix is clean. */
export function testRule(rule: Rule, cases: RuleCases, options: RuleTestOptions = {}): void {
  describe(rule.id, () => {
    for (const [name, given] of Object.entries(cases.valid)) {
      test(`passes: ${name}`, async () => {
        const { report, path } = await run(rule, asCase(given), options);
        expect(own(report, path).map(summary)).toEqual([]);
      });
    }
    for (const [name, given] of Object.entries(cases.invalid)) {
      test(`finds: ${name}`, () => checkInvalid(rule, asCase(given), options));
    }
    for (const info of rule.members ?? [rule]) {
      const examples = info.examples;
      if (examples === undefined) continue;
      test(`example of ${info.id} passes`, async () => {
        const { report, path } = await run(rule, exampleCase(examples, 'pass'), options);
        expect(own(report, path).map(summary)).toEqual([]);
      });
      test(`example of ${info.id} fails`, async () => {
        const { report, path } = await run(rule, exampleCase(examples, 'fail'), options);
        expect(own(report, path).map((finding) => finding.rule)).toContain(info.id);
      });
    }
  });
}

async function checkInvalid(rule: Rule, given: InvalidCase, options: RuleTestOptions): Promise<void> {
  const { report, path, text, marks } = await run(rule, given, options);
  const found = own(report, path);
  expect(found.length, `problems of ${rule.id}`).toBeGreaterThan(0);
  if (given.problems !== undefined) {
    const wanted = given.problems.map((problem, index) => pick(problem, found[index]));
    expect(found.map((finding, index) => actual(given.problems?.[index], finding))).toEqual(wanted);
  }
  if (marks.length > 0) expect([...new Set(found.map((finding) => finding.location?.line))]).toEqual(marks);
  else if (!given.problems?.every((problem) => problem.line !== undefined)) {
    throw new Error(
      `say on which line each problem stands (\`line\`, or \`# <-\` at the line's end); found ${JSON.stringify(found.map(summary))}`,
    );
  }
  if (text !== undefined) await checkFixes(rule, given, options, found, text, path);
}

/** Each fix alone, and all of them together, leave nothing of what they mend, and a second round has nothing to do. */
async function checkFixes(
  rule: Rule,
  given: InvalidCase,
  options: RuleTestOptions,
  found: readonly Finding[],
  text: string,
  path: string,
): Promise<void> {
  const fixable = found.filter((finding) => finding.fix !== undefined);
  for (const finding of fixable) {
    const once = applyEdits(text, finding.fix?.edits ?? []);
    expect(once, `the fix "${finding.fix?.title}" changes the text`).not.toBe(text);
    const after = own((await run(rule, { ...given, yaml: once }, options)).report, path);
    expect(after.filter((other) => isSame(other, finding)).map(summary), `left after the fix "${finding.fix?.title}"`).toEqual([]);
  }
  if (given.fixed === undefined) return;
  const all = applyEdits(
    text,
    fixable.flatMap((finding) => finding.fix?.edits ?? []),
  );
  expect(all).toBe(dedent(given.fixed));
  const again = own((await run(rule, { ...given, yaml: all }, options)).report, path);
  expect(
    applyEdits(
      all,
      again.filter((finding) => finding.fix?.safe).flatMap((finding) => finding.fix?.edits ?? []),
    ),
  ).toBe(all);
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.path === b.path && a.message === b.message && a.location?.line === b.location?.line;
}

interface Run {
  readonly report: Report;
  readonly path: string;
  /** Undefined where the case is bytes. */
  readonly text: string | undefined;
  readonly marks: readonly number[];
}

async function run(rule: Rule, given: ValidCase, options: RuleTestOptions): Promise<Run> {
  const path = given.path ?? 'case.yaml';
  const text = typeof given.yaml === 'string' ? dedent(given.yaml) : undefined;
  const marks: number[] = [];
  const clean = text?.split('\n').map((line, index) => {
    if (!MARK.test(line)) return line;
    marks.push(index + 1);
    return line.replace(MARK, '');
  });
  const files: SourceFile[] = [{ path, bytes: toBytes(clean?.join('\n') ?? given.yaml) }];
  for (const [other, content] of Object.entries(given.files ?? {})) {
    files.push({ path: other, bytes: toBytes(typeof content === 'string' ? dedent(content) : content) });
  }
  const merged: RuleTestOptions = { ...options };
  if (given.options !== undefined) Object.assign(merged, { options: given.options });
  if (given.versions !== undefined) Object.assign(merged, { versions: given.versions });
  if (given.run !== undefined) Object.assign(merged, { run: given.run });
  const report = await checkAlone(rule, files, merged);
  const threw = report.findings.find((finding) => finding.rule === 'engine/rule-threw');
  expect(threw?.message).toBeUndefined();
  return { report, path, text: clean?.join('\n'), marks };
}

const MARK = /[ \t]*# <-[ \t]*(?=\r?$)/;

function own(report: Report, path: string): readonly Finding[] {
  return report.findings.filter((finding) => finding.location?.file === path && !finding.rule.startsWith('engine/'));
}

function exampleCase(examples: NonNullable<RuleInfo['examples']>, which: 'pass' | 'fail'): InvalidCase {
  return { yaml: examples[which], ...(examples.path === undefined ? {} : { path: examples.path }) };
}

function asCase(given: string | InvalidCase): InvalidCase {
  return typeof given === 'string' ? { yaml: given } : given;
}

function toBytes(text: CaseText): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

function summary(finding: Finding): string {
  return `${finding.location?.file}:${finding.location?.line}:${finding.location?.column} ${finding.rule}: ${finding.message}`;
}

// What is compared is what the case states, shown as one object for each problem.
function actual(problem: ExpectedProblem | undefined, finding: Finding): unknown {
  if (problem === undefined) return summary(finding);
  const shown: Record<string, unknown> = {};
  for (const key of Object.keys(problem) as (keyof ExpectedProblem)[]) shown[key] = shownOf(key, finding);
  return shown;
}

function pick(problem: ExpectedProblem, finding: Finding | undefined): unknown {
  const wanted: Record<string, unknown> = { ...problem };
  if (problem.message instanceof RegExp && finding !== undefined && problem.message.test(finding.message)) wanted.message = finding.message;
  return wanted;
}

function shownOf(key: keyof ExpectedProblem, finding: Finding): unknown {
  if (key === 'line') return finding.location?.line;
  if (key === 'column') return finding.location?.column;
  return finding[key];
}

/** A text that begins with a line break loses that break and the indentation that all its lines share; any other stays as it is. */
export function dedent(text: string): string {
  if (!text.startsWith('\n')) return text;
  const lines = text.slice(1).split('\n');
  const last = lines[lines.length - 1];
  if (last !== undefined && last.trim() === '') lines[lines.length - 1] = '';
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(shared)).join('\n');
}
