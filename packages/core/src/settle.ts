import type { Finding } from './finding.ts';
import { merge } from './settle/merge.ts';
import { order } from './settle/order.ts';

export interface SettleContext {
  readonly today?: string | undefined;
}

/** One step: the same findings and context give the same findings, and giving them back changes nothing. */
export type SettleStep = (findings: readonly Finding[], context: SettleContext) => readonly Finding[];

const STEPS: readonly SettleStep[] = [merge, order];

/** Makes of what the rules yielded what the report holds. Idempotent. */
export function settle(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  return STEPS.reduce((settled, step) => step(settled, context), findings);
}
