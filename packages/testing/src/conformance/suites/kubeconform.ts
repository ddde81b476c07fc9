import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import { type KubeconformCall, type KubeconformRun, lackingFolder, runAsKubeconform, translate } from '../kubeconform-flags.ts';
import type { CaseResult, Suite, SuiteContext } from '../suite.ts';

/** kubeconform's own acceptance tests: its flags mapped to ours, exit code and summary compared. */
export const suite: Suite = {
  name: 'kubeconform',
  data: 'kubeconform/index.json',
  async *run(folder, context) {
    for (const entry of readEntries(join(folder, suite.data)))
      yield await guarded(textOf(entry, 'id'), () => judge(entry, join(folder, 'kubeconform'), context));
  },
};

async function judge(entry: JsonObject, cwd: string, { command, scratch }: SuiteContext): Promise<CaseResult> {
  const id = textOf(entry, 'id');
  const translated = translate(textOf(entry, 'command'));
  if (typeof translated === 'string') return { id, outcome: 'not-evaluated', cause: translated };
  const lacking = lackingFolder(translated, cwd);
  if (lacking !== undefined) return { id, outcome: 'not-evaluated', cause: `the suite lacks ${lacking}` };
  const folder = mkdtempSync(join(scratch, 'kubeconform-'));
  const run = await runAsKubeconform(translated, { command, cwd, scratch: folder });
  rmSync(folder, { recursive: true, force: true });
  const expect = member(entry, 'expect');
  const fault = faultOf(run, expect);
  if (fault === undefined) return { id, outcome: 'passed' };
  return {
    id,
    outcome: 'failed',
    expected: fault.expected,
    got: `${fault.got}${run.detail === '' ? '' : ` (${run.detail})`}`,
    // Deliberate (docs/conformance.md).
    cause: run.hasNoManifest
      ? 'no manifest in the input: left out, not refused'
      : fetches(translated)
        ? 'a check fetches no URL'
        : fault.what,
  };
}

function fetches({ schemaLocations }: KubeconformCall): boolean {
  return schemaLocations.some((location) => /^https?:/.test(location));
}

function faultOf(run: KubeconformRun, expect: unknown): { what: string; expected: string; got: string } | undefined {
  if (!isObject(expect)) return undefined;
  const wantedExit = member(expect, 'exit') === 0 ? 0 : 1;
  if ((run.code === 0 ? 0 : 1) !== wantedExit) return { what: 'exit code', expected: `exit ${wantedExit}`, got: `exit ${run.code}` };
  const summary = member(expect, 'summary');
  if (!isObject(summary) || run.summary === undefined) return undefined;
  for (const [key, wanted] of Object.entries(summary)) {
    const got = run.summary[key];
    if (wanted !== null && wanted !== got) return { what: `summary: ${key}`, expected: `${key} ${wanted}`, got: `${key} ${got}` };
  }
  return undefined;
}
