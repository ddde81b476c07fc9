import type { ResourceRef } from './finding.ts';
import { refOf } from './judged.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Report } from './report.ts';
import type { Resource } from './resource.ts';

/** Counts what could not be judged, by rule and reason, with a few examples. */
export interface NotEvaluatedTally {
  add(rule: string, reason: string, resource: Resource): void;
  addFile(rule: string, reason: string, file: ParsedFile): void;
  /** In order of rule and reason. */
  groups(): Report['notEvaluated'];
}

const EXAMPLES = 3;

export function createTally(): NotEvaluatedTally {
  const reasons = new Map<string, Map<string, { count: number; examples: ResourceRef[] }>>();
  const count = (rule: string, reason: string, example: () => ResourceRef): void => {
    let byRule = reasons.get(reason);
    if (byRule === undefined) {
      byRule = new Map();
      reasons.set(reason, byRule);
    }
    let entry = byRule.get(rule);
    if (entry === undefined) {
      entry = { count: 0, examples: [] };
      byRule.set(rule, entry);
    }
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(example());
  };
  return {
    add: (rule, reason, resource) => count(rule, reason, () => refOf(resource)),
    addFile: (rule, reason, file) => count(rule, reason, () => ({ apiVersion: '', kind: 'any/File', name: file.file.path })),
    groups() {
      const groups: Report['notEvaluated'][number][] = [];
      for (const [reason, byRule] of reasons) for (const [rule, entry] of byRule) groups.push({ rule, reason, ...entry });
      return groups.sort((a, b) => compare(a.rule ?? '', b.rule ?? '') || compare(a.reason, b.reason));
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
