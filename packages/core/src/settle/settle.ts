import type { Finding } from '../report/finding.ts';
import type { SettleContext } from './context.ts';
import { fingerprints } from './fingerprints.ts';
import { merge } from './merge.ts';
import { order } from './order.ts';
import { severity } from './severity.ts';
import { suppression } from './suppression.ts';
import { unclaimed } from './unclaimed.ts';

/** One step: pure, and giving back what it gave changes nothing. */
export type SettleStep = (findings: readonly Finding[], context: SettleContext) => readonly Finding[];

const STEPS: readonly SettleStep[] = [merge, unclaimed, severity, suppression, order, fingerprints];

/** Makes of what the rules yielded what the report holds. Idempotent. */
export function settle(findings: readonly Finding[], context: SettleContext): readonly Finding[] {
  return STEPS.reduce((settled, step) => step(settled, context), findings);
}
