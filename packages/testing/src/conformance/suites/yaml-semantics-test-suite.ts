import { join } from 'node:path';
import { guarded } from '../guarded.ts';
import { readEntries, textOf } from '../json-lines.ts';
import type { Suite } from '../suite.ts';
import { judgeReading } from '../yaml-reading.ts';

/** The public YAML test suite, with what Kubernetes' reader makes of each input. */
export const suite: Suite = {
  name: 'yaml-semantics/yaml-test-suite',
  data: 'yaml-semantics/yaml-test-suite.json',
  async *run(folder) {
    for (const entry of readEntries(join(folder, suite.data))) yield await guarded(textOf(entry, 'id'), () => judgeReading(entry));
  },
};
