import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type JsonObject, member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import { type MeasuredRun, runMeasured } from '../measured-run.ts';
import type { CaseResult, Suite, SuiteContext } from '../suite.ts';

/** Inputs made to break a tool: the command runs in each folder, within the case's time and memory. */
export const suite: Suite = {
  name: 'hostile',
  data: 'hostile/index.json',
  async *run(folder, context) {
    const cases = join(context.scratch, 'hostile');
    mkdirSync(cases, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, 'hostile/cases.tgz'), '-C', cases]);
    for (const entry of readEntries(join(folder, suite.data))) {
      const id = textOf(entry, 'id');
      yield await guarded(id, () => judge(id, entry, join(cases, textOf(entry, 'dir')), context));
    }
  },
};

async function judge(id: string, entry: JsonObject, cwd: string, { command, scratch }: SuiteContext): Promise<CaseResult> {
  const run = await runMeasured([command, 'check'], { cwd, limitSeconds: numberOf(entry, 'limit_s', 10), scratch });
  const fault = faultOf(run, entry);
  if (fault === undefined) return { id, outcome: 'passed' };
  const cause = fault.replace(/\d+(\.\d+)?/g, 'N');
  return { id, outcome: 'failed', expected: textOf(entry, 'expect'), got: `${fault}; ${firstLine(run)}`, cause };
}

/** What is wrong with a run, or undefined. */
function faultOf(run: MeasuredRun, entry: JsonObject): string | undefined {
  const text = run.out + run.err;
  if (run.isLate) return 'did not end in time';
  if (run.code === undefined) return 'was killed';
  if (run.peakMb > numberOf(entry, 'limit_mb', 1024)) return `took ${Math.round(run.peakMb)} MB`;
  if (/^\s+at .*:\d+:\d+\)?$/m.test(text)) return 'printed a stack trace';
  if (text.includes('SUPERSECRET')) return 'printed a secret';
  const expected = textOf(entry, 'expect');
  if (expected === 'ok' && run.code !== 0) return `exit ${run.code} where all is well`;
  if (expected === 'error') {
    if (run.code !== 1 && run.code !== 2) return `exit ${run.code} where something is wrong`;
    const files = member(entry, 'files');
    const names = Array.isArray(files) ? files.map((file) => basename(String(file))) : [];
    if (!names.some((name) => text.includes(name))) return 'no line about the file';
  }
  return undefined;
}

function numberOf(entry: JsonObject, key: string, fallback: number): number {
  const value = member(entry, key);
  return typeof value === 'number' ? value : fallback;
}

function firstLine({ code, out, err }: MeasuredRun): string {
  const line = `${err}${out}`.split('\n').find((text) => text.trim() !== '') ?? '';
  return `exit ${code}: ${line.slice(0, 200)}`;
}
