import type { CaseResult, SuiteResult } from './suite.ts';

/** Counts the cases of one suite and groups what fell short by cause. */
export async function tally(suite: string, cases: AsyncIterable<CaseResult>, onCase: (count: number) => void): Promise<SuiteResult> {
  const counts = { passed: 0, failed: 0, 'not-evaluated': 0 };
  const failures: { id: string; expected: string; got: string; cause: string }[] = [];
  const causes = new Map<string, { count: number; example: string }>();
  const parts: Record<string, { total: number; passed: number }> = {};
  let stopped: string | undefined;
  try {
    for await (const { id, outcome, expected = '', got = '', cause = 'no cause given', part } of cases) {
      counts[outcome]++;
      onCase(counts.passed + counts.failed + counts['not-evaluated']);
      if (part !== undefined) {
        parts[part] ??= { total: 0, passed: 0 };
        parts[part].total++;
        if (outcome === 'passed') parts[part].passed++;
      }
      if (outcome === 'passed') continue;
      if (outcome === 'failed') failures.push({ id, expected, got, cause });
      const group = causes.get(cause);
      if (group === undefined) causes.set(cause, { count: 1, example: id });
      else group.count++;
    }
  } catch (error) {
    stopped = error instanceof Error ? error.message : String(error);
  }
  return {
    suite,
    total: counts.passed + counts.failed + counts['not-evaluated'],
    passed: counts.passed,
    failed: counts.failed,
    notEvaluated: counts['not-evaluated'],
    failures,
    causes: [...causes].map(([cause, group]) => ({ cause, ...group })).sort((a, b) => b.count - a.count),
    ...(stopped === undefined ? {} : { error: stopped }),
    ...(Object.keys(parts).length === 0 ? {} : { parts }),
  };
}

/** The result of one suite for people: a line, then the most frequent causes, then the parts that fall short. */
export function resultText(result: SuiteResult, options: { readonly causes: number; readonly isShownByPart: boolean }): string {
  const share = result.total === 0 ? '' : ` ${((100 * result.passed) / result.total).toFixed(1)} %`;
  const open = result.notEvaluated === 0 ? '' : `, ${result.notEvaluated} not evaluated`;
  const lines = [`${result.suite.padEnd(32)} ${result.passed}/${result.total}${share}${open}`];
  for (const { cause, count, example } of result.causes.slice(0, options.causes))
    lines.push(`  ${String(count).padStart(5)}  ${cause}  (${example})`);
  const hidden = result.causes.length - options.causes;
  if (hidden > 0) lines.push(`         and ${hidden} more causes`);
  if (options.isShownByPart) {
    const short = Object.entries(result.parts ?? {}).sort(([, a], [, b]) => a.passed / a.total - b.passed / b.total);
    for (const [part, { total, passed }] of short) lines.push(`    ${part.padEnd(34)} ${passed}/${total}`);
  }
  return `${lines.join('\n')}\n`;
}
