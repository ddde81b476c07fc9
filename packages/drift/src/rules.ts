import type { RuleInfo } from '@plumbline/core';

function info(status: string, title: string, why: string, remedy: string): RuleInfo {
  return { id: `drift/${status}`, title, why, remedy, severity: 'error', class: 'drift', set: 'core' };
}

/** What findings of drift say of themselves. */
export const DRIFT_RULES: Readonly<Record<string, RuleInfo>> = Object.fromEntries(
  [
    info(
      'missing',
      'What Git has is there',
      'The object was deleted, or never applied.',
      'Apply the source again, or remove the object from it.',
    ),
    info(
      'changed',
      'What runs is what Git says',
      'Somebody changed the object past Git: the next apply undoes it, or it stays and nobody knows.',
      'Apply the source again, or write the change back: plumbline patch --reverse.',
    ),
    info(
      'extra',
      'What Git does not have any more is gone',
      'The object was removed from Git and is still there.',
      'Prune it, or put it back.',
    ),
  ].map((one) => [one.id, one]),
);
