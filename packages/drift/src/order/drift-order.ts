import type { Drift } from '../drift.ts';
import { applyOrder } from './apply-order.ts';

/** Comparisons in the order in which their objects are to be applied; what is to be deleted comes last, the other way round. */
export function inApplyOrder(drifts: readonly Drift[]): readonly Drift[] {
  const keyed = drifts.flatMap((drift) => {
    const resource = drift.desired ?? drift.actual;
    if (resource === undefined) return [];
    const { gvk, namespace, name, object } = resource;
    return [{ gvk, namespace, name, object, drift }];
  });
  const kept = applyOrder(keyed.filter(({ drift }) => drift.status !== 'extra'));
  const gone = applyOrder(keyed.filter(({ drift }) => drift.status === 'extra'));
  return [...kept, ...gone.toReversed()].map(({ drift }) => drift);
}
