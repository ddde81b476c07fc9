import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlumbline } from '@plumbline/cli';
import { member } from '@plumbline/core';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import { type JudgeInput, sourceFile } from '../judge.ts';
import { namespaceAround } from '../namespace-around.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { SERVER_VERSION } from './apiserver-cases.ts';

const RULE = 'pss/namespace-level';

/** Pods in a Namespace that enforces a level of a version: reported exactly when denied. Nothing else counts. */
export const suite: Suite = {
  name: 'psa',
  data: 'psa/index.json',
  async *run(folder) {
    const isBuilt = createPlumbline().rules.has(RULE);
    const engine = isBuilt ? createPlumbline({ config: { preset: 'off', rules: { [RULE]: {} } } }) : undefined;
    for (const { id, input, isDenied, check } of cases(folder)) {
      if (engine === undefined) {
        yield { id, outcome: 'not-evaluated', cause: `not built yet: rule ${RULE}` };
        continue;
      }
      yield await guarded(id, async () => {
        const report = await engine.check([input.file], { around: () => [input.file, ...input.around] });
        return compare(id, isDenied, report.findings.find(({ rule }) => rule === RULE)?.message, check);
      });
    }
  },
};

interface LevelCase {
  readonly id: string;
  readonly input: JudgeInput;
  readonly isDenied: boolean;
  /** The check that a Pod was written to break. */
  readonly check: string;
}

export function* cases(folder: string): Generator<LevelCase> {
  for (const entry of readEntries(join(folder, suite.data))) {
    const files = member(entry, 'files');
    const path = Array.isArray(files) && typeof files[0] === 'string' ? files[0] : '';
    const manifest = readFileSync(join(folder, 'psa', path), 'utf8');
    const around = namespaceAround(manifest, {
      'pod-security.kubernetes.io/enforce': textOf(entry, 'level'),
      'pod-security.kubernetes.io/enforce-version': textOf(entry, 'version'),
    });
    yield {
      id: textOf(entry, 'id'),
      input: { file: sourceFile('pod.yaml', manifest), around, version: SERVER_VERSION },
      isDenied: textOf(entry, 'expect') === 'denied',
      check: textOf(entry, 'check'),
    };
  }
}

function compare(id: string, isDenied: boolean, message: string | undefined, check: string): CaseResult {
  if (isDenied === (message !== undefined)) return { id, outcome: 'passed' };
  if (isDenied) return { id, outcome: 'failed', expected: 'denied', got: 'allowed', cause: `missed: ${check}` };
  return { id, outcome: 'failed', expected: 'allowed', got: `denied: ${message}`, cause: `denied wrongly: ${check}` };
}
