import { join } from 'node:path';
import { type JsonObject, member } from '@plumbline/core';
import { readEntries, textOf } from '../json-lines.ts';
import type { Suite } from '../suite.ts';

// Suites of features that are still to come: their cases are counted, none is judged.
export const suites: readonly Suite[] = [
  notBuilt('kyverno-policies', 'kyverno-policies/index.json', 'Kyverno', confirmed),
  notBuilt('kyverno-policies/admission', 'kyverno-policies/admission.json', 'Kyverno'),
  notBuilt('kyverno-conformance', 'kyverno-conformance/admission.json', 'Kyverno'),
  notBuilt('gatekeeper-library', 'gatekeeper-library/index.json', 'Gatekeeper'),
  notBuilt('rego-cases/v0', 'rego-cases/v0.json', 'Rego'),
  notBuilt('rego-cases/v1', 'rego-cases/v1.json', 'Rego'),
];

function notBuilt(name: string, data: string, feature: string, idsIn: (path: string) => readonly string[] = allIds): Suite {
  return {
    name,
    data,
    async *run(folder) {
      for (const [index, id] of idsIn(join(folder, data)).entries())
        yield { id: id === '' ? `${name}/${index}` : id, outcome: 'not-evaluated', cause: `not built yet: ${feature}` };
    },
  };
}

function allIds(path: string): readonly string[] {
  return readEntries(path).map(idOf);
}

function confirmed(path: string): readonly string[] {
  return readEntries(path)
    .filter((entry) => textOf(member(entry, 'cli'), 'status') === 'confirmed')
    .map(idOf);
}

function idOf(entry: JsonObject): string {
  return textOf(entry, 'id');
}
