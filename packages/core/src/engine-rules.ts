import type { RuleInfo } from './rule.ts';

/** What the engine itself has to say: always selected, described like every other rule. */
export const ENGINE_RULES = {
  'engine/rule-threw': {
    id: 'engine/rule-threw',
    title: 'a rule judges every subject without failing',
    why: 'a rule that fails has judged nothing here, so the report is not complete',
    remedy: 'report it with the manifest; until it is mended switch the rule off or leave the file out with `exclude`',
    severity: 'error',
    class: 'broken',
    set: 'core',
  },
  'engine/unreadable': {
    id: 'engine/unreadable',
    title: 'a document can be read',
    why: 'nothing in a document that cannot be read was judged',
    remedy: 'mend the text at the place named, or leave the file out with `exclude`',
    severity: 'error',
    class: 'broken',
    set: 'core',
  },
  'engine/suppression-reason': {
    id: 'engine/suppression-reason',
    title: 'a comment that accepts findings names rules and says why',
    why: 'without a reason nobody can tell later whether the finding may still be accepted; the comment has no effect',
    remedy: 'write `# plumbline-ignore RULE: reason`',
    severity: 'warning',
    class: 'quality',
    set: 'core',
  },
  'engine/suppression-unused': {
    id: 'engine/suppression-unused',
    title: 'a comment or waiver that accepts findings has findings to accept',
    why: 'one that accepts nothing today may hide something new tomorrow',
    remedy: 'delete it',
    severity: 'info',
    class: 'quality',
    set: 'core',
  },
  'engine/waiver-expired': {
    id: 'engine/waiver-expired',
    title: 'a waiver is in force',
    why: 'an expired waiver accepts nothing any more',
    remedy: 'mend what it accepted and delete it, or agree on a new date',
    severity: 'warning',
    class: 'quality',
    set: 'core',
  },
} as const satisfies Record<string, RuleInfo>;

export type EngineRule = keyof typeof ENGINE_RULES;
