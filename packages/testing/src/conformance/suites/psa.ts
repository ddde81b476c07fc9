import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlumbline } from '@plumbline/cli';
import { member } from '@plumbline/core';
import { readEntries, textOf } from '../json-lines.ts';
import { sourceFile } from '../judge.ts';
import { namespaceAround } from '../namespace-around.ts';
import type { CaseResult, Suite } from '../suite.ts';

const RULE = 'pss/namespace-level';

/** Pods in a Namespace that enforces a level of a version: reported exactly when denied. Nothing else counts. */
export const suite: Suite = {
  name: 'psa',
  data: 'psa/index.json',
  async *run(folder) {
    const entries = readEntries(join(folder, suite.data));
    if (!createPlumbline().rules.has(RULE)) {
      for (const entry of entries) yield { id: textOf(entry, 'id'), outcome: 'not-evaluated', cause: `not built yet: rule ${RULE}` };
      return;
    }
    const engine = createPlumbline({ config: { preset: 'off', rules: { [RULE]: {} } } });
    for (const entry of entries) {
      const files = member(entry, 'files');
      const path = Array.isArray(files) && typeof files[0] === 'string' ? files[0] : '';
      const manifest = readFileSync(join(folder, 'psa', path), 'utf8');
      const around = namespaceAround(manifest, {
        'pod-security.kubernetes.io/enforce': textOf(entry, 'level'),
        'pod-security.kubernetes.io/enforce-version': textOf(entry, 'version'),
      });
      const file = sourceFile('pod.yaml', manifest);
      const report = await engine.check([file], { around: () => [file, ...around] });
      const found = report.findings.find(({ rule }) => rule === RULE);
      const isDenied = textOf(entry, 'expect') === 'denied';
      yield compare(textOf(entry, 'id'), isDenied, found?.message, textOf(entry, 'check'));
    }
  },
};

function compare(id: string, isDenied: boolean, message: string | undefined, check: string): CaseResult {
  if (isDenied === (message !== undefined)) return { id, outcome: 'passed' };
  if (isDenied) return { id, outcome: 'failed', expected: 'denied', got: 'allowed', cause: `missed: ${check}` };
  return { id, outcome: 'failed', expected: 'allowed', got: `denied: ${message}`, cause: `denied wrongly: ${check}` };
}
