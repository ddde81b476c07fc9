import type { Finding } from './finding.ts';
import type { SettleContext } from './settle/context.ts';
import { fingerprints } from './settle/fingerprints.ts';
import { merge } from './settle/merge.ts';
import { order } from './settle/order.ts';
import { severity } from './settle/severity.ts';
import { suppression } from './settle/suppression.ts';
import { unclaimed } from './settle/unclaimed.ts';

/** One step: pure, and giving back what it gave changes nothing. */
export type SettleStep = (findings: readonly Finding[], context: SettleContext) => readonly Finding[];

const STEPS: readonly SettleStep[] = [merge, unclaimed, severity, suppression, order, fingerprints];

/** Makes of what the rules yielded what the report holds. Idempotent. */
export function settle(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  return STEPS.reduce((settled, step) => step(settled, context), findings);
}
