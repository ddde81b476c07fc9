import { join } from 'node:path';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { Suite } from '../suite.ts';
import { judgeReading } from '../yaml-reading.ts';

/** Inputs written to probe Kubernetes' YAML reader. */
export const suite: Suite = {
  name: 'yaml-semantics/table',
  data: 'yaml-semantics/table.json',
  async *run(folder) {
    for (const entry of readEntries(join(folder, suite.data))) yield await guarded(textOf(entry, 'id'), () => judgeReading(entry));
  },
};
