import { join } from 'node:path';
import { isObject, type JsonObject, member, stringify } from '@plumbline/core';
import { healthOf } from '@plumbline/drift';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

/** The health of live objects, built-in kinds and those of projects: the status, not its message. */
export const suite: Suite = {
  name: 'drift/health',
  data: 'drift/health',
  isShownByPart: true,
  async *run(folder) {
    for (const part of ['builtin', 'crd']) {
      for (const [index, entry] of readEntries(join(folder, suite.data, `${part}.json`), 'cases').entries()) {
        const id = `${part}/${textOf(entry, 'name')}/${index}`;
        yield { ...(await guarded(id, () => judge(id, entry))), part };
      }
    }
  },
};

function judge(id: string, entry: JsonObject): CaseResult {
  const written = member(entry, 'expected');
  const expected = typeof written === 'string' ? written : textOf(written, 'status');
  const object = member(entry, 'object');
  const said = isObject(object) ? healthOf(object) : undefined;
  const got = said?.status ?? 'none';
  if (got === expected) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected, got: said === undefined ? got : stringify({ ...said }), cause: `${expected}, not ${got}` };
}
