// A sample of what a real API server said. The whole suite runs in the conformance command; here nothing may be refused wrongly.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, parse, type Resource } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { judgeResource, resourceOf, shared, toResource } from '../test/schemas.ts';

interface Entry {
  readonly id: string;
  readonly manifest: string;
  readonly verdict: { readonly admitted: boolean; readonly stateDependent?: boolean };
}

const suites = join(shared, 'suites/apiserver');
const linesOfFile = (name: string): string[] => readFileSync(join(suites, name), 'utf8').trimEnd().split('\n');

describe.skipIf(!existsSync(suites))('a real API server (../shared/suites/apiserver)', () => {
  test.each(['real', 'mutants'])('%s: nothing that it admits is refused', (suite) => {
    const [first] = linesOfFile('real/crds.jsonl');
    const carrier = resourceOf('apiVersion: v1\nkind: ConfigMap\n').document;
    const definitions: Resource[] =
      first === undefined
        ? []
        : linesOfFile('real/crds.jsonl').map((line) => toResource((JSON.parse(line) as { crd: JsonObject }).crd, carrier));
    const wrong: string[] = [];
    let admitted = 0;
    linesOfFile(`${suite}/${suite}.jsonl`).forEach((line, index) => {
      if (index % 3 > 0) return;
      const { id, manifest, verdict } = JSON.parse(line) as Entry;
      if (!verdict.admitted || verdict.stateDependent) return;
      const [document] = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(manifest) });
      if (!document || !isObject(document.value)) return;
      admitted++;
      for (const one of judgeResource(toResource(document.value, document), { definitions })) {
        if (!('notEvaluated' in one) && one.class === 'refusal') wrong.push(`${id} ${one.rule} ${one.message}`);
      }
    });
    expect(wrong).toEqual([]);
    expect(admitted).toBeGreaterThan(200);
  });
});
