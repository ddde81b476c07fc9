import { refOf } from '../check/judged.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { ResourceRef } from './finding.ts';
import type { Outcome, Report } from './report.ts';

/** Counts what could not be judged, by rule and reason, with a few examples. */
export interface Tally {
  add(rule: string, reason: string, resource: Resource): void;
  addFile(rule: string, reason: string, file: ParsedFile): void;
  /** Counts again what was noted before. */
  replay(notes: readonly Note[]): void;
  /** What was noted since they were last cleared, one after another; the counts stay. */
  readonly notes: readonly Note[];
  clearNotes(): void;
  has(rule: string): boolean;
  /** In order of rule and reason. */
  groups(): Report['notEvaluated'];
}

/** One resource, or file, that one rule could not judge. */
export interface Note {
  readonly rule: string;
  readonly reason: string;
  readonly subject: Resource | ParsedFile;
}

const EXAMPLES = 3;

export function createTally(): Tally {
  const reasons = new Map<string, Map<string, { count: number; examples: ResourceRef[] }>>();
  const entryOf = (rule: string, reason: string): { count: number; examples: ResourceRef[] } => {
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
    return entry;
  };
  const groups = (): Report['notEvaluated'] => {
    const list: Report['notEvaluated'][number][] = [];
    for (const [reason, byRule] of reasons) for (const [rule, entry] of byRule) list.push({ rule, reason, ...entry });
    return list.sort((a, b) => compare(a.rule ?? '', b.rule ?? '') || compare(a.reason, b.reason));
  };
  const notes: Note[] = [];
  const note = (one: Note): void => {
    notes.push(one);
    const entry = entryOf(one.rule, one.reason);
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(refOfSubject(one.subject));
  };
  return {
    notes,
    add: (rule, reason, subject) => note({ rule, reason, subject }),
    addFile: (rule, reason, subject) => note({ rule, reason, subject }),
    clearNotes() {
      notes.length = 0;
    },
    replay(known) {
      for (const one of known) note(one);
    },
    has: (rule) => [...reasons.values()].some((byRule) => byRule.has(rule)),
    groups,
  };
}

function refOfSubject(subject: Resource | ParsedFile): ResourceRef {
  return 'gvk' in subject ? refOf(subject) : { apiVersion: '', kind: 'any/File', name: subject.file.path };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every resource × rule with what became of it, for `--detail outcomes`. */
export interface OutcomeList {
  add(rule: string, resource: Resource, outcome: Outcome['outcome'], message?: string): void;
  readonly list: readonly Outcome[];
}

export function createOutcomes(): OutcomeList {
  const list: Outcome[] = [];
  let last: Resource | undefined;
  let ref: ResourceRef | undefined;
  return {
    list,
    add(rule, resource, outcome, message) {
      if (ref === undefined || last !== resource) {
        last = resource;
        ref = refOf(resource);
      }
      const slash = rule.indexOf('/');
      const policy = slash < 0 ? rule : rule.slice(0, slash);
      list.push(message === undefined ? { policy, rule, resource: ref, outcome } : { policy, rule, resource: ref, outcome, message });
    },
  };
}
