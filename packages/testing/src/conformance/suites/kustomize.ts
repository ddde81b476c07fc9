import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, readStream } from '@plumbline/core';
import { buildKustomization, folderReader } from '@plumbline/sources';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

/** Kustomizations of real repositories, with what `kustomize build` printed for each. */
export const suite: Suite = {
  name: 'kustomize',
  data: 'kustomize/index.json',
  async *run(folder) {
    const root = join(folder, 'kustomize');
    for (const entry of readEntries(join(folder, suite.data))) {
      const isCounted = textOf(entry, 'expect') === 'built' || textOf(entry, 'errorKind') === 'genuine';
      if (isCounted) yield await guarded(textOf(entry, 'id'), () => judge(root, entry));
    }
  },
};

function judge(root: string, entry: JsonObject): CaseResult {
  const id = textOf(entry, 'id');
  // A case sees the files of its repository, as `kustomize build` does.
  const [, repository = '', path = ''] = /^(src\/[^/]+)(?:\/(.*))?$/.exec(textOf(entry, 'dir')) ?? [];
  const result = buildKustomization(path, folderReader(join(root, repository)));
  if (textOf(entry, 'expect') !== 'built') {
    if ('problems' in result && result.problems.every(({ location }) => location.line > 0)) return { id, outcome: 'passed' };
    return { id, outcome: 'failed', expected: 'an error', got: 'notBuilt' in result ? result.notBuilt : 'built', cause: 'no error' };
  }
  if ('notBuilt' in result) return { id, outcome: 'not-evaluated', cause: `not built: ${result.notBuilt}` };
  if ('problems' in result) {
    const [problem] = result.problems;
    const got = `${problem?.location.file}:${problem?.location.line} ${problem?.message}`;
    return { id, outcome: 'failed', expected: 'built', got, cause: `does not build: ${problem?.message}` };
  }
  const expected = readStream(readFileSync(join(root, textOf(entry, 'output')), 'utf8'));
  const got = result.resources.map(({ object }) => canonicalJson(object));
  const wanted = expected.map((each) => ('value' in each ? canonicalJson(each.value) : each.error)).filter((text) => text !== 'null');
  if (got.length !== wanted.length) {
    return {
      id,
      outcome: 'failed',
      expected: `${wanted.length} objects`,
      got: `${got.length} objects`,
      cause: 'another number of objects',
    };
  }
  const at = wanted.findIndex((text, index) => text !== got[index]);
  if (at < 0) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', ...difference(wanted[at] ?? '', got[at] ?? ''), cause: 'an object differs' };
}

/** The stretch in which two texts begin to differ. */
function difference(expected: string, got: string): { readonly expected: string; readonly got: string } {
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at++;
  const from = Math.max(0, at - 60);
  return { expected: expected.slice(from, at + 100), got: got.slice(from, at + 100) };
}
